using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Activities.Pages;

/// <summary>POST /responses/{id}/deletion deletes a response, POST /responses/{id}/deletion?handler=restore brings it back.</summary>
[Permission("activities.edit")]
public sealed class ResponseDeletionPage(LiaisonDb db, RecordActivity record, Localizer texts, ActivityTexts words) : ResponsePage(db, texts, words)
{
    public IActionResult OnGet(long id) => RedirectToPage("/Responses/EditResponse", new { id });

    /// <summary>Deletes. <paramref name="undo"/> says that it takes back what was just recorded.</summary>
    public Task<IActionResult> OnPostAsync(long id, bool undo, CancellationToken cancel) => SetAsync(id, deleted: true, cancel, undo);

    public Task<IActionResult> OnPostRestoreAsync(long id, CancellationToken cancel) => SetAsync(id, deleted: false, cancel);

    private Task<IActionResult> SetAsync(long id, bool deleted, CancellationToken cancel, bool undo = false) => Db.AgainAsync<IActionResult>(async () =>
    {
        if (await ResponseAsync(id, deleted: true, cancel) is not var (response, contact)) return NotFound();
        if (!MayChange(contact, response.CreatedById)) return StatusCode(403);
        // What somebody else changed since is not what is meant.
        if (undo && response.DeletedAt is null && response.UpdatedById != Db.ViewerId && response.UpdatedById != 0)
        {
            TempData.Complain(Texts["activities.response.notUndone"]);
            return SeeOther($"/contacts/{contact.Id}#activity-{response.ActivityId}");
        }
        var effects = (response.DeletedAt is not null) == deleted ? [] : await record.SetDeletedAsync(response, deleted, cancel);
        Say(Texts[deleted ? "activities.response.deleted" : "activities.response.restored"], contact, effects, deleted ? $"/responses/{id}/deletion?handler=restore" : null);
        return SeeOther($"/contacts/{contact.Id}#activity-{response.ActivityId}");
    });
}
