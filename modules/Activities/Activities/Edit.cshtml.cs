using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Time;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>GET, POST /activities/{id}/edit</summary>
[Permission("activities.view"), Permission("activities.edit")]
public sealed class EditPage(LiaisonDb db, ActivityTypes known, RecordActivity record, RelatedContacts related, Localizer texts, ActivityTexts words, Display display) : ActivityPage(db, texts, words)
{
    [BindProperty]
    public ActivityForm Activity { get; set; } = new();

    public Activity Stored { get; private set; } = null!;
    public Contact Contact { get; private set; } = null!;
    public ComposerModel Composer { get; private set; } = null!;
    /// <summary>Where somebody else's version differs from what was typed.</summary>
    public IReadOnlyList<Stale> Theirs { get; private set; } = [];

    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true, Name = "back")]
    public string? Return { get; set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await RefusedAsync(id, cancel) is { } refused) return refused;
        await ShowAsync(await StoredFormAsync(cancel), cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await RefusedAsync(id, cancel) is { } refused) return refused;
            try { return await SaveAsync(id, cancel); }
            catch (DbUpdateConcurrencyException) when (attempt < 4) { Db.ChangeTracker.Clear(); }
        }
    }

    private async Task<IActionResult> SaveAsync(long id, CancellationToken cancel)
    {
        var stored = await StoredFormAsync(cancel);
        var meant = Activity.Over(stored, out var both);
        if (both.Count > 0) return await StaleAsync(stored, meant, both, cancel);
        var problems = new Problems();
        var types = await Db.Set<ActivityType>().AsNoTracking().ToListAsync(cancel);
        var input = meant.ToInput(Stored.ContactId, types, Db.Viewer, Db.Clock.Now(), Stored, problems);
        var recorded = problems.Any ? new Recorded<Activity>(null, problems, []) : await record.RunAsync(Stored, input, cancel);
        if (recorded.Record is null)
        {
            await ShowAsync(Activity, cancel);
            return Wrong(recorded.Problems, "Activity.");
        }
        Say(Texts["activities.edited"], Contact, recorded.Effects, null);
        if (await related.TellAsync(recorded.Effects, cancel) is { } next) TempData.Show(next);
        return SeeOther(Return is null ? $"/contacts/{Stored.ContactId}#activity-{id}" : Back(Return, Stored.ContactId));
    }

    // Somebody changed the same fields in between: both values are shown, what was typed stays in the form and is saved by sending it again.
    private async Task<IActionResult> StaleAsync(ActivityForm stored, ActivityForm meant, IReadOnlyList<string> both, CancellationToken cancel)
    {
        var labels = await FieldLabels.LoadAsync(Db, cancel);
        var types = await Db.Set<ActivityType>().AsNoTracking().ToDictionaryAsync(t => t.Key, cancel);
        Theirs = [.. new (string Name, string Field, string? Theirs, string? Mine)[]
        {
            (nameof(meant.Type), Texts["activities.field.type"], TypeName(stored.Type), TypeName(meant.Type)),
            (nameof(meant.Direction), Texts["activities.field.direction"], Way(stored.Direction), Way(meant.Direction)),
            (nameof(meant.Outcome), Texts["activities.field.outcome"], OutcomeOf(stored.Outcome), OutcomeOf(meant.Outcome)),
            (nameof(meant.Rating), Texts["activities.field.rating"], RatingOf(stored.Rating), RatingOf(meant.Rating)),
            (nameof(meant.At), Texts["activities.field.at"], display.Moment(Stored.OccurredAt), meant.At?.Replace('T', ' ')),
            (nameof(meant.Details), Texts["activities.field.details"], stored.Details, meant.Details),
            (nameof(meant.Campaign), Texts["activities.field.campaign"], stored.Campaign, meant.Campaign),
            (nameof(meant.Field1), labels.Field1 ?? Texts["activities.field.field1"], stored.Field1, meant.Field1), (nameof(meant.Field2), labels.Field2 ?? Texts["activities.field.field2"], stored.Field2, meant.Field2),
        }.Where(f => both.Contains(f.Name)).Select(f => new Stale(f.Field, f.Theirs ?? "", f.Mine ?? ""))];
        ModelState.Clear();
        await ShowAsync(Activity = meant, cancel);
        Response.StatusCode = 409;
        return Page();

        string? TypeName(string? key) => key is not null && types.TryGetValue(key, out var type) ? Words.Name(type) : key;
        string Way(string? way) => Texts[way == "inbound" ? "activities.way.inbound" : "activities.way.outbound"];
        string OutcomeOf(string? word) => Texts["outcome." + (string.IsNullOrEmpty(word) ? "none" : word)];
        string RatingOf(string? rating) => Texts["rating." + (string.IsNullOrEmpty(rating) ? "none" : rating)];
    }

    private async Task<ActivityForm> StoredFormAsync(CancellationToken cancel) =>
        ActivityForm.Of(Stored, await Db.Set<ActivityType>().Where(t => t.Id == Stored.TypeId).Select(t => t.Key).SingleAsync(cancel), Db.Viewer);

    private async Task ShowAsync(ActivityForm form, CancellationToken cancel) =>
        Composer = await ComposerModel.LoadAsync(Db, known, Contact, form, Stored.Id, isPage: true, cancel);

    private async Task<IActionResult?> RefusedAsync(long id, CancellationToken cancel)
    {
        if (await ActivityAsync(id, deleted: false, cancel) is not var (stored, contact)) return NotFound();
        (Stored, Contact) = (stored, contact);
        return MayChange(contact, stored.CreatedById) ? null : StatusCode(403);
    }
}
