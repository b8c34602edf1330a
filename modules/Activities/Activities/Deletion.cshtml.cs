using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>POST /activities/{id}/deletion deletes an action, POST /activities/{id}/deletion?handler=restore brings it back.</summary>
[Permission("activities.edit")]
public sealed class DeletionPage(LiaisonDb db, RecordActivity record, RelatedContacts related, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    public IActionResult OnGet(long id) => RedirectToPage("/Activities/Edit", new { id });

    /// <summary>Deletes. <paramref name="undo"/> says that it takes back what was just recorded.</summary>
    public Task<IActionResult> OnPostAsync(long id, bool undo, string? back, CancellationToken cancel) => Db.AgainAsync<IActionResult>(async () =>
    {
        if (await ActivityAsync(id, deleted: true, cancel) is not var (activity, contact)) return NotFound();
        if (!MayChange(contact, activity.CreatedById)) return StatusCode(403);
        if (undo && activity.DeletedAt is null && await HasOthersWorkAsync(activity, cancel))
        {
            TempData.Complain(Texts["activities.notUndone"]);
            return SeeOther(Back(back, activity.ContactId));
        }
        var effects = activity.DeletedAt is null ? await record.DeleteAsync(activity, cancel) : [];
        Say(Texts[undo ? "activities.undone" : "activities.deleted"], contact, effects, $"/activities/{id}/deletion?handler=restore{Onwards(back)}");
        return SeeOther(Back(back, activity.ContactId));
    });

    /// <summary>Takes the deletion back.</summary>
    public Task<IActionResult> OnPostRestoreAsync(long id, string? back, CancellationToken cancel) => Db.AgainAsync<IActionResult>(async () =>
    {
        if (await ActivityAsync(id, deleted: true, cancel) is not var (activity, contact)) return NotFound();
        if (!MayChange(contact, activity.CreatedById)) return StatusCode(403);
        var effects = activity.DeletedAt is null ? [] : await record.RestoreAsync(activity, cancel);
        Say(Texts["activities.restored"], contact, effects, null);
        if (await related.TellAsync(effects, cancel) is { } next) TempData.Show(next);
        return SeeOther(Back(back, activity.ContactId));
    });

    // Who takes back what they just recorded does not mean what others added to it since. The program itself is nobody.
    private async Task<bool> HasOthersWorkAsync(Activity activity, CancellationToken cancel)
    {
        var (id, viewer) = (activity.Id, Db.ViewerId);
        return (activity.UpdatedById != viewer && activity.UpdatedById != 0) || await Db.Set<Response>().AnyAsync(r => r.ActivityId == id && (r.CreatedById != viewer || (r.UpdatedById != viewer && r.UpdatedById != 0)), cancel);
    }

    private static string Onwards(string? back) => back is null ? "" : "&back=" + Uri.EscapeDataString(back);
}
