using System.Text.Json;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Time;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>GET /contacts/{id}/activities/new, POST /contacts/{id}/activities: records an action with a contact.</summary>
[Permission("activities.edit")]
public sealed class NewPage(LiaisonDb db, ActivityTypes known, ActivityFormWords told, LostContact lost, RecordActivity record, RelatedContacts related, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    private sealed record Told(long Id, string Text, Toast? Next);

    [BindProperty]
    public ActivityForm Activity { get; set; } = new();

    public Contact Contact { get; private set; } = null!;
    public ComposerModel Composer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await RefusedAsync(id, cancel) is { } refused) return StatusCode(refused == LostKind.Closed ? 403 : 404);
        Composer = await ComposerModel.LoadAsync(Db, known, Contact, null, null, isPage: true, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        await lost.RestoreAsync(id, Request.Form, cancel);
        if (await RefusedAsync(id, cancel) is { } refused)
        {
            var fresh = Shown.Of(new ActivityForm { OccurredAt = Activity.Shown }.Settled());
            return ShowLost(refused, await told.TypedAsync(Activity, fresh, cancel), Request.Form, Request.Path, $"activity-of-{id}", isNew: true);
        }
        var problems = new Problems();
        var types = await Db.Set<ActivityType>().AsNoTracking().ToListAsync(cancel);
        var input = Activity.ToInput(id, types, Db.Viewer, Db.Clock.Now(), stored: null, problems);
        var said = problems.Any ? null : await Db.OnceAsync(Activity.Once, Activity.Content(), async () =>
        {
            var recorded = await record.RunAsync(null, input, cancel);
            problems = recorded.Problems;
            return recorded.Record is null ? null : JsonSerializer.Serialize(new Told(recorded.Record.Id, Words.Recorded(Contact, recorded.Effects), await related.TellAsync(recorded.Effects, cancel)), Journaling.Json);
        }, cancel);
        if (said is null)
        {
            Composer = await ComposerModel.LoadAsync(Db, known, Contact, Activity, null, isPage: true, cancel);
            return Wrong(problems, "Activity.");
        }
        var done = JsonSerializer.Deserialize<Told>(said, Journaling.Json)!;
        TempData.Say(done.Text, $"/activities/{done.Id}/deletion?undo=true");
        if (done.Next is { } next) TempData.Show(next);
        return SeeOther($"/contacts/{id}");
    }

    private async Task<LostKind?> RefusedAsync(long id, CancellationToken cancel)
    {
        var found = await ContactAsync(id, cancel);
        if (found is not null) Contact = found;
        return await lost.WhyAsync(id, found, cancel);
    }
}
