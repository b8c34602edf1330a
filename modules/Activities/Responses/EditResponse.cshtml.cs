using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>GET, POST /responses/{id}/edit</summary>
[Permission("activities.view"), Permission("activities.edit")]
public sealed class EditResponsePage(LiaisonDb db, RecordActivity record, Localizer texts, ActivityTexts words) : ResponsePage(db, texts, words)
{
    private Response _stored = null!;

    [BindProperty]
    public ResponseForm Answer { get; set; } = new();

    public Contact Contact { get; private set; } = null!;
    public ResponseFormModel Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await RefusedAsync(id, cancel) is { } refused) return refused;
        var at = ActivityForm.Written(Db.Viewer, _stored.OccurredAt);
        Show(new ResponseForm { Text = _stored.Text, At = at, Shown = at, Version = _stored.Version }, null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (await RefusedAsync(id, cancel) is { } refused) return refused;
        if (Answer.Version != _stored.Version) return Stale();
        var problems = new Problems();
        var at = ActivityForm.Moment(Answer.At, Answer.Shown, Db.Viewer, Db.Clock.Now(), _stored.OccurredAt, problems);
        try
        {
            var recorded = problems.Any ? new Recorded<Response>(null, problems, []) : await record.RespondAsync(new Activity { Id = _stored.ActivityId, ContactId = Contact.Id }, _stored, Answer.Text, at, cancel);
            if (recorded.Record is null)
            {
                Show(Answer, null);
                return Wrong(recorded.Problems, "Answer.");
            }
            Say(Texts["activities.response.edited"], Contact, recorded.Effects, null);
            return SeeOther($"/contacts/{Contact.Id}#activity-{_stored.ActivityId}");
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await RefusedAsync(id, cancel) ?? Stale();
        }
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Stale()
    {
        Answer.Version = _stored.Version;
        ModelState.Clear();
        Show(Answer, _stored.Text);
        Response.StatusCode = 409;
        return Page();
    }

    private void Show(ResponseForm form, string? theirs) => Form = new(form, $"/responses/{_stored.Id}/edit", Contact.Id, _stored.ActivityId, $"response-{_stored.Id}", theirs);

    private async Task<IActionResult?> RefusedAsync(long id, CancellationToken cancel)
    {
        if (await ResponseAsync(id, deleted: false, cancel) is not var (response, contact)) return NotFound();
        (_stored, Contact) = (response, contact);
        return MayChange(contact, response.CreatedById) ? null : StatusCode(403);
    }
}
