using Liaison.Contacts;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>What the pages about one contact's actions have in common.</summary>
public abstract class ActivityPage(LiaisonDb db, Localizer texts, ActivityTexts words) : PageModel
{
    /// <summary>The database as the person sees it.</summary>
    protected LiaisonDb Db => db;
    /// <summary>Texts.</summary>
    protected Localizer Texts => texts;
    /// <summary>Actions in words.</summary>
    protected ActivityTexts Words => words;

    /// <summary>What was typed for something that is not there any more.</summary>
    public Lost? Lost { get; private set; }

    /// <summary>Whether a frame of another page asks.</summary>
    public bool IsPart => Request.Headers.ContainsKey("Turbo-Frame");

    /// <summary>The contact, if the person sees it.</summary>
    protected Task<Contact?> ContactAsync(long id, CancellationToken cancel) =>
        db.Contacts().Include(c => c.Responsibles).FirstOrDefaultAsync(c => c.Id == id, cancel);

    /// <summary>The action for changing, if the person sees its contact; also a deleted one when asked for.</summary>
    protected async Task<(Activity Activity, Contact Contact)?> ActivityAsync(long id, bool deleted, CancellationToken cancel)
    {
        var activities = deleted ? db.Set<Activity>().IgnoreQueryFilters([ActivityMapping.NotDeleted]) : db.Set<Activity>();
        if (await activities.FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } activity) return null;
        // Not tracked: the status is computed on the contact as it is inside the transaction.
        return await ContactAsync(activity.ContactId, cancel) is { } contact ? (activity, contact) : null;
    }

    /// <summary>Whether the person may change what somebody recorded with the contact: its author, and whoever may change the contact.</summary>
    protected bool MayChange(Contact contact, long authorId) => authorId == db.ViewerId || db.MayEdit(contact);

    /// <summary>Answers 303.</summary>
    protected SeeOther SeeOther(string url) => new(url);

    /// <summary>Goes on to the address; from a frame, what stands around it follows from what was saved: it is refreshed as a whole.</summary>
    protected IActionResult Saved(string url) => IsPart && Request.Headers.Accept.ToString().Contains("turbo-stream", StringComparison.Ordinal)
        ? Content("<turbo-stream action=\"refresh\"></turbo-stream>", "text/vnd.turbo-stream.html") : SeeOther(url);

    /// <summary>The same page with what is wrong beside the fields, as 422.</summary>
    protected PageResult Wrong(Problems problems, string prefix)
    {
        problems.CopyTo(ModelState, texts, prefix);
        Response.StatusCode = 422;
        return Page();
    }

    /// <summary>What was typed, when it cannot be saved; where nothing was, as for any other page.</summary>
    protected IActionResult ShowLost(LostKind kind, IEnumerable<(string Label, string? Value)> typed, IFormCollection form, string address, string draft, bool isNew = false)
    {
        var lost = new Lost(kind, [.. typed.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => new LostField(f.Label, [f.Value!]))], form, address, draft, IsNew: isNew);
        if (lost.Typed.Count == 0) return StatusCode(lost.Status);
        ModelState.Clear();
        (Lost, Response.StatusCode) = (lost, lost.Status);
        return Page();
    }

    /// <summary>Where to go afterwards: the local address asked for, or the contact.</summary>
    protected string Back(string? asked, long contactId) => asked is not null && Url.IsLocalUrl(asked) ? asked : $"/contacts/{contactId}";

    /// <summary>Says what happened and which status moved because of it, with an undo.</summary>
    protected void Say(string done, Contact contact, IReadOnlyList<Contacts.Lifecycle.StatusChanged> effects, string? undo) =>
        TempData.Say(words.Moved(contact.Name, effects) is { } moved ? $"{done} {moved}" : done, undo);
}
