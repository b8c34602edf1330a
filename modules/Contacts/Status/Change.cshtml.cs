using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Pages;

/// <summary>GET, POST /contacts/{id}/status: the status by hand, with a reason; locked and unlocked.</summary>
[Permission("contacts.edit")]
public sealed class ChangeStatusPage(LiaisonDb db, SetStatus set, LostContact lost, RelatedContacts related, Localizer texts, StatusTexts statuses) : PageModel
{
    private const int ReasonLength = 500;

    public Contact Contact { get; private set; } = null!;
    public ContactStatus Chosen { get; private set; }
    public string? Reason { get; private set; }
    public bool Locked { get; private set; }
    /// <summary>Whether the status moved while the form was open.</summary>
    public bool IsStale { get; private set; }
    /// <summary>What was chosen and typed for a contact that is not there any more, or not to be changed.</summary>
    public Lost? Lost { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is { } refusal) return refusal;
        (Chosen, Locked) = (Contact.Status, Contact.StatusLocked);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(long id, [FromForm] string? status, [FromForm] string? reason, [FromForm] bool locked, [FromForm] string? shown, [FromForm] string? unlock, [FromQuery] bool relatives, [FromQuery] string? back, CancellationToken cancel) => db.AgainAsync<IActionResult>(async () =>
    {
        await lost.RestoreAsync(id, Request.Form, cancel);
        if (await FindAsync(id, cancel) is { } refusal) return relatives || unlock is not null ? refusal : await LostAsync(id, refusal, status, reason, locked, cancel);
        if (relatives) return await RelativesAsync(back, cancel);
        (Reason, Locked) = (ContactInput.Clean(reason), locked);
        if (unlock is not null)
        {
            var moved = await set.LockAsync(id, false, cancel);
            TempData.Say(texts["status.unlocked", Contact.Name]);
            return await ToldAsync(moved, cancel);
        }
        var found = EnumWords.Find<ContactStatus>(status);
        var chosen = found.GetValueOrDefault();
        if (found is null or ContactStatus.None)
            ModelState.AddModelError("status", texts["status.error.choose"]);
        else Chosen = chosen;
        if (Reason?.Length > ReasonLength) ModelState.AddModelError("reason", texts["contacts.error.tooLong", ReasonLength]);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = 422;
            return Page();
        }
        var (before, wasLocked, stamp) = (Contact.Status, Contact.StatusLocked, SetStatus.Stamp(Contact));
        if (await set.ChangeAsync(id, new(chosen, Reason, locked, shown), cancel) is not { } changes)
        {
            if (await FindAsync(id, cancel) is { } gone) return await LostAsync(id, gone, status, reason, locked, cancel);
            IsStale = true;
            Response.StatusCode = 409;
            return Page();
        }
        if (changes.Count > 0 || Reason is not null || locked != wasLocked || (shown is not null && shown != stamp)) TempData.Say(texts["status.changed", Contact.Name, statuses.Name(changes.Count > 0 ? changes[0].To : before)]);
        return await ToldAsync(changes, cancel);
    });

    private async Task<IActionResult> ToldAsync(IReadOnlyList<StatusChanged> moved, CancellationToken cancel)
    {
        if (await related.TellAsync(moved, cancel) is { } next) TempData.Show(next);
        return Back();
    }

    private async Task<IActionResult> RelativesAsync(string? back, CancellationToken cancel)
    {
        var changed = await related.MarkAsync(Contact, cancel);
        if (changed.Count > 0) TempData.Say(await related.MarkedAsync(changed, cancel));
        return Back(Url.IsLocalUrl(back) ? back : null);
    }

    // Where there is nothing to say it for, or nothing was said, it is as for any other page.
    private async Task<IActionResult> LostAsync(long id, IActionResult refusal, string? status, string? reason, bool locked, CancellationToken cancel)
    {
        if (refusal is SeeOther || EnumWords.Find<ContactStatus>(status) is not { } chosen) return refusal;
        var contact = await db.Contacts().Include(c => c.Responsibles).FirstOrDefaultAsync(c => c.Id == id, cancel);
        if (await lost.WhyAsync(id, contact, cancel) is not { } why) return refusal;
        var typed = new List<LostField> { new(texts["status.change.to"], locked ? [statuses.Name(chosen), texts["status.change.lock"]] : [statuses.Name(chosen)]) };
        if (ContactInput.Clean(reason) is { } text) typed.Add(new(texts["status.change.reason"], [text]));
        Lost = new(why, typed, Request.Form, Request.Path, $"status-{id}");
        Response.StatusCode = Lost.Status;
        return Page();
    }

    private async Task<IActionResult?> FindAsync(long id, CancellationToken cancel)
    {
        if (await db.Contacts().Where(c => c.Id == id).Include(c => c.Responsibles).FirstOrDefaultAsync(cancel) is not { } contact) return NotFound();
        Contact = contact;
        if (!db.MayEdit(contact)) return StatusCode(403);
        if (contact.Status != ContactStatus.None) return null;
        TempData.Complain(texts["status.none.byHand", contact.Name]);
        return Back();
    }

    private SeeOther Back(string? url = null) => new(url ?? $"/contacts/{Contact.Id}");

    /// <summary>The word of the form.</summary>
    public static string Word(ContactStatus status) => ContactFilter.Word(status);
}
