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
public sealed class EditPage(LiaisonDb db, ActivityTypes known, ActivityFormWords told, RecordActivity record, RelatedContacts related, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
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
        if (await RefusedAsync(id, cancel) is { } refused) return StatusCode(refused == LostKind.Closed ? 403 : 404);
        await ShowAsync(await StoredFormAsync(cancel), cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (Lost.IsRestored(Request.Form) && await DeletedAsync(id, cancel) is { } deleted) await record.RestoreAsync(deleted, cancel);
        return await Db.AgainAsync(async () => await RefusedAsync(id, cancel) is { } refused
            ? ShowLost(refused, await told.TypedAsync(Activity, Activity.Original, cancel), Request.Form, Request.Path + Request.QueryString, $"activity-{id}") : await SaveAsync(id, cancel));
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
        Theirs = [.. (await told.FieldsAsync(cancel)).Where(f => both.Contains(f.Name)).Select(f => new Stale(f.Label, f.Tell(stored) ?? "", f.Tell(meant) ?? ""))];
        ModelState.Clear();
        await ShowAsync(Activity = meant, cancel);
        Response.StatusCode = 409;
        return Page();
    }

    private async Task<ActivityForm> StoredFormAsync(CancellationToken cancel) =>
        ActivityForm.Of(Stored, await Db.Set<ActivityType>().Where(t => t.Id == Stored.TypeId).Select(t => t.Key).SingleAsync(cancel), Db.Viewer);

    private async Task ShowAsync(ActivityForm form, CancellationToken cancel) =>
        Composer = await ComposerModel.LoadAsync(Db, known, Contact, form, Stored.Id, isPage: true, cancel);

    private async Task<LostKind?> RefusedAsync(long id, CancellationToken cancel)
    {
        if (await ActivityAsync(id, deleted: false, cancel) is not var (stored, contact)) return await DeletedAsync(id, cancel) is null ? LostKind.Gone : LostKind.Deleted;
        (Stored, Contact) = (stored, contact);
        return MayChange(contact, stored.CreatedById) ? null : LostKind.Closed;
    }

    // The action, when it was deleted and the person may bring it back.
    private async Task<Activity?> DeletedAsync(long id, CancellationToken cancel) =>
        await ActivityAsync(id, deleted: true, cancel) is var (stored, contact) && stored.DeletedAt is not null && MayChange(contact, stored.CreatedById) ? stored : null;
}
