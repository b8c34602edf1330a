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
        if (await RefusedAsync(id, cancel) is { } refused) return StatusCode(refused == LostKind.Closed ? 403 : 404);
        Show(StoredForm(), []);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (Lost.IsRestored(Request.Form) && await DeletedAsync(id, cancel) is var (response, activity)) await RestoreAsync(response, activity, cancel);
        return await Db.AgainAsync(async () => await RefusedAsync(id, cancel) is { } refused ? ShowLost(refused, Typed(), Request.Form, Request.Path, $"response-{id}") : await SaveAsync(cancel));
    }

    private async Task<IActionResult> SaveAsync(CancellationToken cancel)
    {
        var stored = StoredForm();
        var meant = Answer.Over(stored, out var both);
        if (both.Count > 0) return Stale(stored, meant, both);
        var problems = new Problems();
        var at = ActivityForm.Moment(meant.OccurredAt, meant.Shown, Db.Viewer, Db.Clock.Now(), _stored.OccurredAt, problems);
        var recorded = problems.Any ? new Recorded<Response>(null, problems, []) : await record.RespondAsync(new Activity { Id = _stored.ActivityId, ContactId = Contact.Id }, _stored, meant.Text, at, cancel);
        if (recorded.Record is null)
        {
            Show(Answer, []);
            return Wrong(recorded.Problems, "Answer.");
        }
        Say(Texts["activities.response.edited"], Contact, recorded.Effects, null);
        return Saved($"/contacts/{Contact.Id}#activity-{_stored.ActivityId}");
    }

    private ResponseForm StoredForm()
    {
        var at = ActivityForm.Written(Db.Viewer, _stored.OccurredAt);
        var form = new ResponseForm { Text = _stored.Text, OccurredAt = at, Shown = at };
        form.Original = Shown.Of(form);
        return form;
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Stale(ResponseForm stored, ResponseForm meant, IReadOnlyList<string> both)
    {
        ModelState.Clear();
        Show(Answer = meant, [.. stored.Told(Texts).Zip(meant.Told(Texts)).Where(f => both.Contains(f.First.Name)).Select(f => new Stale(f.First.Label, f.First.Value ?? "", f.Second.Value ?? ""))]);
        Response.StatusCode = 409;
        return Page();
    }

    private void Show(ResponseForm form, IReadOnlyList<Stale> theirs) => Form = new(form, $"/responses/{_stored.Id}/edit", Contact.Id, _stored.ActivityId, $"response-{_stored.Id}", IsPart, theirs);

    private IEnumerable<(string, string?)> Typed()
    {
        var changed = Shown.Changed(Answer.Original, Answer.Settled());
        return Answer.Told(Texts).Where(f => changed.Contains(f.Name)).Select(f => (f.Label, f.Value));
    }

    private async Task<LostKind?> RefusedAsync(long id, CancellationToken cancel)
    {
        if (await ResponseAsync(id, deleted: false, cancel) is not var (response, contact)) return await DeletedAsync(id, cancel) is null ? LostKind.Gone : LostKind.Deleted;
        (_stored, Contact) = (response, contact);
        return MayChange(contact, response.CreatedById) ? null : LostKind.Closed;
    }

    // The response with its action, when one of them was deleted and the person may bring it back.
    private async Task<(Response Response, Activity Activity)?> DeletedAsync(long id, CancellationToken cancel)
    {
        if (await ResponseAsync(id, deleted: true, cancel) is not var (response, contact) || await ActivityAsync(response.ActivityId, deleted: true, cancel) is not var (activity, _)) return null;
        var isMine = (response.DeletedAt is null || MayChange(contact, response.CreatedById)) && (activity.DeletedAt is null || MayChange(contact, activity.CreatedById));
        return isMine && (response.DeletedAt ?? activity.DeletedAt) is not null ? (response, activity) : null;
    }

    private Task RestoreAsync(Response response, Activity activity, CancellationToken cancel) => Db.InTransactionAsync(async () =>
    {
        if (activity.DeletedAt is not null) await record.RestoreAsync(activity, cancel);
        if (response.DeletedAt is not null) await record.SetDeletedAsync(response, deleted: false, cancel);
    }, cancel);
}
