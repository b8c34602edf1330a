using System.Text.Json.Serialization;
using Liaison.Contacts;
using Liaison.Contacts.ShortLists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>What the form of the settings beside the types sends.</summary>
public sealed class ActivitySettingsForm
{
    public string? Field1 { get; set; }
    public string? Field2 { get; set; }
    public int? SuggestDeadAfter { get; set; }
    /// <summary>What was shown.</summary>
    [JsonIgnore]
    public string? Shown { get; set; }
}

/// <summary>GET /settings/activity-types; POST with the handlers move, hide, settings.</summary>
[Permission("activities.configure")]
public sealed class TypesPage(LiaisonDb db, ActivityTypes types, SaveType save, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    [BindProperty]
    public ActivitySettingsForm Settings { get; set; } = new();

    public IReadOnlyList<ActivityType> Types { get; private set; } = [];
    /// <summary>Where somebody else's settings and these differ.</summary>
    public IReadOnlyList<Stale> Theirs { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Settings = await StoredAsync(cancel);
        await LoadAsync(cancel);
    }

    /// <summary>One place up or down, past the neighbour that was shown there.</summary>
    public Task<IActionResult> OnPostMoveAsync(long id, long past, bool up, CancellationToken cancel) => Db.InTransactionAsync<IActionResult>(async () =>
    {
        await save.HoldAsync(cancel);
        var all = await Db.Set<ActivityType>().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel);
        if (ListOrder.Swap(all, t => t.Id, id, past, up) is not true and var isThere)
        {
            if (isThere is not null) TempData.Complain(Texts["lists.moved"]);
            return SeeOther("/settings/activity-types");
        }
        for (var i = 0; i < all.Count; i++) all[i].Position = i;
        return await DoneAsync(null, null, cancel);
    }, cancel);

    /// <summary>Hides a type, or offers it again.</summary>
    public Task<IActionResult> OnPostHideAsync(long id, bool hidden, CancellationToken cancel) => Db.InTransactionAsync<IActionResult>(async () =>
    {
        if (await save.FindAsync(id, cancel) is not { } type) return NotFound();
        type.Hidden = hidden;
        return await DoneAsync(Texts[hidden ? "types.nowHidden" : "types.nowShown", Words.Name(type)],
            FormattableString.Invariant($"/settings/activity-types?handler=hide&id={id}&hidden={(hidden ? "false" : "true")}"), cancel);
    }, cancel);

    /// <summary>Names of the sorting fields, and the number of attempts.</summary>
    public Task<IActionResult> OnPostSettingsAsync(CancellationToken cancel) => Db.InTransactionAsync<IActionResult>(async () =>
    {
        var theirs = await StoredAsync(cancel);
        var problems = Meant(Settings).Validate();
        if (problems.Any || !ModelState.IsValid)
        {
            await LoadAsync(cancel);
            return Wrong(problems, "Settings.");
        }
        var meant = Shown.Merge(Settings.Shown, Settings, theirs, out var both);
        if (both.Count > 0)
        {
            Theirs = [.. new (string Field, Stale Shown)[]
            {
                (nameof(meant.Field1), new(Texts["types.field1"], theirs.Field1 ?? "", Settings.Field1 ?? "")), (nameof(meant.Field2), new(Texts["types.field2"], theirs.Field2 ?? "", Settings.Field2 ?? "")),
                (nameof(meant.SuggestDeadAfter), new(Texts["types.silent"], $"{theirs.SuggestDeadAfter}", $"{Settings.SuggestDeadAfter}")),
            }.Where(f => both.Contains(f.Field)).Select(f => f.Shown)];
            Settings = meant;
            Settings.Shown = theirs.Shown;
            ModelState.Clear();
            await LoadAsync(cancel);
            Response.StatusCode = 409;
            return Page();
        }
        await Meant(meant).SaveAsync(Db, types, cancel);
        TempData.Say(Texts["types.settings.saved"]);
        return SeeOther("/settings/activity-types");
    }, cancel);

    private static ActivitySettings Meant(ActivitySettingsForm form) => new() { Field1 = form.Field1, Field2 = form.Field2, SuggestDeadAfter = form.SuggestDeadAfter ?? -1 };

    private async Task<ActivitySettingsForm> StoredAsync(CancellationToken cancel)
    {
        var stored = await ActivitySettings.LoadAsync(Db, cancel);
        var form = new ActivitySettingsForm { Field1 = stored.Field1, Field2 = stored.Field2, SuggestDeadAfter = stored.SuggestDeadAfter };
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

    private async Task LoadAsync(CancellationToken cancel) =>
        Types = await Db.Set<ActivityType>().AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel);
}
