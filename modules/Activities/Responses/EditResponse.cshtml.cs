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
        Show(StoredForm(), []);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await RefusedAsync(id, cancel) is { } refused) return refused;
            try { return await SaveAsync(cancel); }
            catch (DbUpdateConcurrencyException) when (attempt < 4) { Db.ChangeTracker.Clear(); }
        }
    }

    private async Task<IActionResult> SaveAsync(CancellationToken cancel)
    {
        var stored = StoredForm();
        var meant = Answer.Over(stored, out var both);
        if (both.Count > 0) return Stale(stored, meant, both);
        var problems = new Problems();
        var at = ActivityForm.Moment(meant.At, meant.Shown, Db.Viewer, Db.Clock.Now(), _stored.OccurredAt, problems);
        var recorded = problems.Any ? new Recorded<Response>(null, problems, []) : await record.RespondAsync(new Activity { Id = _stored.ActivityId, ContactId = Contact.Id }, _stored, meant.Text, at, cancel);
        if (recorded.Record is null)
        {
            Show(Answer, []);
            return Wrong(recorded.Problems, "Answer.");
        }
        Say(Texts["activities.response.edited"], Contact, recorded.Effects, null);
        return SeeOther($"/contacts/{Contact.Id}#activity-{_stored.ActivityId}");
    }

    private ResponseForm StoredForm()
    {
        var at = ActivityForm.Written(Db.Viewer, _stored.OccurredAt);
        var form = new ResponseForm { Text = _stored.Text, At = at, Shown = at };
        form.Original = Shown.Of(form);
        return form;
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Stale(ResponseForm stored, ResponseForm meant, IReadOnlyList<string> both)
    {
        ModelState.Clear();
        Show(Answer = meant, [.. new (string Name, Stale Shown)[]
        {
            (nameof(meant.Text), new(Texts["activities.response"], stored.Text ?? "", meant.Text ?? "")), (nameof(meant.At), new(Texts["activities.field.at"], stored.At?.Replace('T', ' ') ?? "", meant.At?.Replace('T', ' ') ?? "")),
        }.Where(f => both.Contains(f.Name)).Select(f => f.Shown)]);
        Response.StatusCode = 409;
        return Page();
    }

    private void Show(ResponseForm form, IReadOnlyList<Stale> theirs) => Form = new(form, $"/responses/{_stored.Id}/edit", Contact.Id, _stored.ActivityId, $"response-{_stored.Id}", theirs);

    private async Task<IActionResult?> RefusedAsync(long id, CancellationToken cancel)
    {
        if (await ResponseAsync(id, deleted: false, cancel) is not var (response, contact)) return NotFound();
        (_stored, Contact) = (response, contact);
        return MayChange(contact, response.CreatedById) ? null : StatusCode(403);
    }
}
