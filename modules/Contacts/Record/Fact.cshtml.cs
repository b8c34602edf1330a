using Liaison.Contacts.Form;
using Liaison.Contacts.Record;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Pages;

/// <summary>GET, POST /contacts/{id}/facts/{fact}: one fact of a contact, changed in place; a page of its own without script.</summary>
[Permission("contacts.edit")]
public sealed class FactPage(LiaisonDb db, EditContact edit, LostContact lost, ContactWords words, Localizer texts) : ContactFormPage(db, words, texts)
{
    /// <summary>Facts that can be changed alone.</summary>
    public static readonly IReadOnlyList<string> All =
        ["identity", "emails", "phones", "websites", "socials", "addresses", "type", "temperature", "tags", "responsibles", "access", "currency", "industry", "description"];

    /// <summary>Which fact.</summary>
    public string Fact { get; private set; } = "";
    /// <summary>Whether only the frame is wanted.</summary>
    public bool IsFrame => Request.Headers.ContainsKey("Turbo-Frame");

    public async Task<IActionResult> OnGetAsync(long id, string fact, CancellationToken cancel)
    {
        if (!All.Contains(fact) || await edit.FindAsync(id, cancel) is not { } contact) return NotFound();
        if (!Db.MayEdit(contact)) return StatusCode(403);
        (Id, Name, Fact, Input) = (id, contact.Name, fact, await edit.InputAsync(contact, cancel));
        Original = ContactForm.Snapshot(Input);
        return await FormAsync(200, cancel);
    }

    public async Task<IActionResult> OnPostAsync(long id, string fact, CancellationToken cancel)
    {
        if (!All.Contains(fact)) return NotFound();
        var form = await Request.ReadFormAsync(cancel);
        (Id, Fact, Original) = (id, fact, form["Original"]);
        if (form["Add"].ToString() is { Length: > 0 } list)
        {
            var found = await edit.FindAsync(id, cancel);
            if (await lost.WhyAsync(id, found, cancel) is { } why) return await LostAsync(why, form, cancel);
            var contact = found!;
            (Name, Grown, Input) = (contact.Name, list, ContactForm.Original(form) ?? await edit.InputAsync(contact, cancel));
            ContactForm.Read(form, Input);
            return await FormAsync(422, cancel);
        }
        var outcome = await edit.RunAsync(id, form, cancel);
        Name = outcome.Name;
        switch (outcome.Kind)
        {
            case EditKind.Lost: return await LostAsync(outcome.Why, form, cancel);
            case EditKind.Invalid: return await RefuseAsync(outcome.Input!, outcome.Problems!, cancel);
            case EditKind.Conflict: return await AskAsync(outcome, cancel);
        }
        if (!await Db.Contacts().AnyAsync(c => c.Id == id, cancel))
        {
            TempData.Say(Texts["contact.savedOutOfSight", Name]);
            return SeeOther("/contacts");
        }
        // The page around the frame shows the name, the journal and more that follows from the fact: it is refreshed as a whole.
        if (Request.Headers.Accept.ToString().Contains("turbo-stream", StringComparison.Ordinal) && IsFrame)
            return Content("<turbo-stream action=\"refresh\"></turbo-stream>", "text/vnd.turbo-stream.html");
        return SeeOther($"/contacts/{id}");
    }

    private Task<IActionResult> LostAsync(LostKind why, IFormCollection form, CancellationToken cancel) => LostAsync(why, form, $"/contacts/{Id}/facts/{Fact}", $"contact-{Id}-{Fact}", cancel);
}
