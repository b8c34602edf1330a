using System.Globalization;
using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Time;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>GET /activities/{id}/responses/new, POST /activities/{id}/responses: what the contact answered.</summary>
[Permission("activities.view"), Permission("activities.edit")]
public sealed class NewResponsePage(LiaisonDb db, RecordActivity record, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    [BindProperty]
    public ResponseForm Answer { get; set; } = new();

    public Activity Activity { get; private set; } = null!;
    public Contact Contact { get; private set; } = null!;
    public string What { get; private set; } = "";
    public ResponseFormModel Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await RefusedAsync(id, cancel) is { } refused) return StatusCode(refused == LostKind.Closed ? 403 : 404);
        var now = ActivityForm.Written(Db.Viewer, Db.Clock.Now());
        Show(new ResponseForm { OccurredAt = now, Shown = now, Once = FormOnce.NewKey() });
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (Lost.IsRestored(Request.Form) && await DeletedAsync(id, cancel) is { } deleted) await record.RestoreAsync(deleted, cancel);
        if (await RefusedAsync(id, cancel) is { } refused)
            return ShowLost(refused, Answer.Told(Texts).Where(f => f.Name == nameof(Answer.Text) || Answer.OccurredAt != Answer.Shown).Select(f => (f.Label, f.Value)), Request.Form, Request.Path, Frame(id), isNew: true);
        var problems = new Problems();
        var at = ActivityForm.Moment(Answer.OccurredAt, Answer.Shown, Db.Viewer, Db.Clock.Now(), null, problems);
        var told = problems.Any ? null : await Db.OnceAsync(Answer.Once, $"{id} {Answer.OccurredAt} {Answer.Text}", async () =>
        {
            var recorded = await record.RespondAsync(Activity, null, Answer.Text, at, cancel);
            problems = recorded.Problems;
            if (recorded.Record is null) return null;
            var said = Texts["activities.responded"] + (Words.Moved(Contact.Name, recorded.Effects) is { } moved ? " " + moved : "");
            return string.Create(CultureInfo.InvariantCulture, $"{recorded.Record.Id} {said}");
        }, cancel);
        if (told is null)
        {
            Show(Answer);
            return Wrong(problems, "Answer.");
        }
        var parts = told.Split(' ', 2);
        TempData.Say(parts[1], $"/responses/{parts[0]}/deletion?undo=true");
        return Saved($"/contacts/{Activity.ContactId}#activity-{id}");
    }

    private void Show(ResponseForm form) => Form = new(form, $"/activities/{Activity.Id}/responses", Activity.ContactId, Activity.Id, Frame(Activity.Id), IsPart, []);

    /// <summary>The frame that the form of a new response to an action stands in.</summary>
    public static string Frame(long activityId) => FormattableString.Invariant($"respond-{activityId}");

    private async Task<LostKind?> RefusedAsync(long id, CancellationToken cancel)
    {
        if (await ActivityAsync(id, deleted: false, cancel) is not var (activity, contact)) return await DeletedAsync(id, cancel) is null ? LostKind.Gone : LostKind.Deleted;
        if (!Db.MayEdit(contact)) return LostKind.Closed;
        (Activity, Contact) = (activity, contact);
        What = Words.Sentence(await Db.Set<ActivityType>().AsNoTracking().SingleAsync(t => t.Id == activity.TypeId, cancel), activity.Direction, activity.Outcome);
        return null;
    }

    // The action, when it was deleted and the person may bring it back to answer it.
    private async Task<Activity?> DeletedAsync(long id, CancellationToken cancel) =>
        await ActivityAsync(id, deleted: true, cancel) is var (activity, contact) && activity.DeletedAt is not null && Db.MayEdit(contact) ? activity : null;
}
