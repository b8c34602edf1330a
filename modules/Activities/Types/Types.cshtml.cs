using System.Globalization;
using System.Text.Json.Serialization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>The settings beside the types: names of the sorting fields, and when a silent lead is suggested as dead.</summary>
public sealed class ActivitySettingsForm
{
    public string? Field1 { get; set; }
    public string? Field2 { get; set; }
    public int? Silent { get; set; }
    /// <summary>What was shown.</summary>
    [JsonIgnore]
    public string? Shown { get; set; }
}

/// <summary>GET /settings/activity-types; POST with the handlers move, hide, remove, settings.</summary>
[Permission("activities.configure")]
public sealed class TypesPage(LiaisonDb db, ActivityTypes types, SaveType save, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    [BindProperty]
    public ActivitySettingsForm Settings { get; set; } = new();

    public IReadOnlyList<ActivityType> Types { get; private set; } = [];
    /// <summary>Types that actions have: these can be hidden, not deleted.</summary>
    public IReadOnlySet<long> Used { get; private set; } = new HashSet<long>();

    /// <summary>Where somebody else's settings and these differ.</summary>
    public IReadOnlyList<Stale> Theirs { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Settings = await StoredAsync(cancel);
        await LoadAsync(cancel);
    }

    /// <summary>One place up or down.</summary>
    public async Task<IActionResult> OnPostMoveAsync(long id, bool up, CancellationToken cancel)
    {
        var all = await Db.Set<ActivityType>().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel);
        var at = all.FindIndex(t => t.Id == id);
        var to = up ? at - 1 : at + 1;
        if (at < 0) return NotFound();
        if (to >= 0 && to < all.Count) (all[at], all[to]) = (all[to], all[at]);
        for (var i = 0; i < all.Count; i++) all[i].Position = i;
        return await DoneAsync(null, null, cancel);
    }

    /// <summary>Hides a type, or offers it again.</summary>
    public async Task<IActionResult> OnPostHideAsync(long id, bool hidden, CancellationToken cancel)
    {
        if (await Db.Set<ActivityType>().FindAsync([id], cancel) is not { } type) return NotFound();
        type.Hidden = hidden;
        return await DoneAsync(Texts[hidden ? "types.nowHidden" : "types.nowShown", Words.Name(type)],
            FormattableString.Invariant($"/settings/activity-types?handler=hide&id={id}&hidden={(hidden ? "false" : "true")}"), cancel);
    }

    /// <summary>Deletes a type that no action has.</summary>
    public Task<IActionResult> OnPostRemoveAsync(long id, CancellationToken cancel) => Db.InTransactionAsync<IActionResult>(async () =>
    {
        if (await save.FindAsync(id, cancel) is not { } type) return NotFound();
        if (await save.DeleteAsync(type, cancel)) TempData.Say(Texts["types.removed", Words.Name(type)]);
        else TempData.Complain(Texts["types.inUse", Words.Name(type)]);
        return SeeOther("/settings/activity-types");
    }, cancel);

    /// <summary>Names of the sorting fields, and the number of attempts.</summary>
    public Task<IActionResult> OnPostSettingsAsync(CancellationToken cancel) => Db.InTransactionAsync<IActionResult>(async () =>
    {
        await Db.LockAsync("activity types", cancel: cancel);
        var problems = new Problems();
        if (Settings.Field1?.Length > 60) problems.Add("Field1", "activities.error.tooLong", 60);
        if (Settings.Field2?.Length > 60) problems.Add("Field2", "activities.error.tooLong", 60);
        if (Settings.Silent is null or < 0 or > 100) problems.Add("Silent", "types.silent.wrong");
        if (problems.Any || !ModelState.IsValid)
        {
            await LoadAsync(cancel);
            return Wrong(problems, "Settings.");
        }
        var theirs = await StoredAsync(cancel);
        var meant = Shown.Merge(Settings.Shown, Settings, theirs, out var both);
        if (both.Count > 0)
        {
            Theirs = [.. new (string Field, Stale Shown)[]
            {
                (nameof(meant.Field1), new(Texts["types.field1"], theirs.Field1 ?? "", Settings.Field1 ?? "")), (nameof(meant.Field2), new(Texts["types.field2"], theirs.Field2 ?? "", Settings.Field2 ?? "")),
                (nameof(meant.Silent), new(Texts["types.silent"], $"{theirs.Silent}", $"{Settings.Silent}")),
            }.Where(f => both.Contains(f.Field)).Select(f => f.Shown)];
            Settings = meant;
            Settings.Shown = theirs.Shown;
            ModelState.Clear();
            await LoadAsync(cancel);
            Response.StatusCode = 409;
            return Page();
        }
        await Db.SetAsync(FieldLabels.Key1, meant.Field1?.Trim() ?? "", cancel);
        await Db.SetAsync(FieldLabels.Key2, meant.Field2?.Trim() ?? "", cancel);
        await Db.SetAsync(DeadLeadsPanel.Setting, meant.Silent!.Value.ToString(CultureInfo.InvariantCulture), cancel);
        return await DoneAsync(Texts["types.settings.saved"], null, cancel);
    }, cancel);

    private async Task<ActivitySettingsForm> StoredAsync(CancellationToken cancel)
    {
        var labels = await FieldLabels.LoadAsync(Db, cancel);
        var form = new ActivitySettingsForm { Field1 = labels.Field1, Field2 = labels.Field2, Silent = await DeadLeadsPanel.AfterAsync(Db, cancel) };
        form.Shown = Shown.Of(form);
        return form;
    }

    private async Task<IActionResult> DoneAsync(string? said, string? undo, CancellationToken cancel)
    {
        Db.Record("activities.typesChanged", "organisation", 0);
        await Db.SaveChangesAsync(cancel);
        types.Forget();
        if (said is not null) TempData.Say(said, undo);
        return SeeOther("/settings/activity-types");
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Types = await Db.Set<ActivityType>().AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel);
        Used = (await Db.Set<ActivityType>().Where(t => Db.Set<Activity>().IgnoreQueryFilters().Any(a => a.TypeId == t.Id)).Select(t => t.Id).ToListAsync(cancel)).ToHashSet();
    }
}
