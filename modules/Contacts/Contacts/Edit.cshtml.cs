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

/// <summary>GET, POST /contacts/{id}/edit</summary>
[Permission("contacts.edit")]
public sealed class EditPage(LiaisonDb db, EditContact edit, LostContact lost, ContactWords words, Localizer texts) : ContactFormPage(db, words, texts)
{
    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await edit.FindAsync(id, cancel) is not { } contact) return NotFound();
        if (!Db.MayEdit(contact)) return StatusCode(403);
        (Id, Name, Input) = (id, contact.Name, await edit.InputAsync(contact, cancel));
        Original = ContactForm.Snapshot(Input);
        return await FormAsync(200, cancel);
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        var form = await Request.ReadFormAsync(cancel);
        Id = id;
        Original = form["Original"];
        if (form["Add"].ToString() is { Length: > 0 } list) return await GrowAsync(form, list, cancel);
        var outcome = await edit.RunAsync(id, form, cancel);
        Name = outcome.Name;
        switch (outcome.Kind)
        {
            case EditKind.Lost: return await LostAsync(outcome.Why, form, cancel);
            case EditKind.Invalid: return await RefuseAsync(outcome.Input!, outcome.Problems!, cancel);
            case EditKind.Conflict: return await AskAsync(outcome, cancel);
        }
        var isGone = !await Db.Contacts().AnyAsync(c => c.Id == id, cancel);
        TempData.Say(isGone ? Texts["contact.savedOutOfSight", Name] : Texts["contact.saved", Name]);
        return SeeOther(form["Then"] == "new" ? AnotherOf(form) : isGone ? "/contacts" : $"/contacts/{id}");
    }

    private async Task<IActionResult> GrowAsync(IFormCollection form, string list, CancellationToken cancel)
    {
        var found = await edit.FindAsync(Id, cancel);
        if (await lost.WhyAsync(Id, found, cancel) is { } why) return await LostAsync(why, form, cancel);
        var contact = found!;
        (Name, Grown) = (contact.Name, list);
        Input = ContactForm.Original(form) ?? await edit.InputAsync(contact, cancel);
        ContactForm.Read(form, Input);
        return await FormAsync(422, cancel);
    }

    private Task<IActionResult> LostAsync(LostKind why, IFormCollection form, CancellationToken cancel) => LostAsync(why, form, $"/contacts/{Id}/edit", $"contact-{Id}", cancel);

    private static string AnotherOf(IFormCollection form) => form["Input.Kind"] == "company" ? "/contacts/new?kind=company" : "/contacts/new";
}
