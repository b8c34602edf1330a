using System.Globalization;
using System.Text.Json.Serialization;
using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Activities.Pages;

/// <summary>What can be set on a type.</summary>
public sealed class TypeForm
{
    public string? Name { get; set; }
    public string? Icon { get; set; }
    /// <summary>Only for a new type; later it is a matter of the rules.</summary>
    public ActivityClass? Class { get; set; }
    public bool AdvancesGroup { get; set; }
    /// <summary>What was shown.</summary>
    [JsonIgnore]
    public string? Shown { get; set; }
    /// <summary>Makes a new one that is sent twice be added once.</summary>
    [JsonIgnore]
    public string? Once { get; set; }
}

/// <summary>GET, POST /settings/activity-types/new and /settings/activity-types/{id}</summary>
[Permission("activities.configure")]
public sealed class EditTypePage(LiaisonDb db, SaveType save, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    [BindProperty]
    public TypeForm Input { get; set; } = new();

    public ActivityType? Stored { get; private set; }
    /// <summary>Where somebody else's change and this one differ.</summary>
    public IReadOnlyList<Stale> Theirs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel)
    {
        if (!await FoundAsync(id, cancel)) return NotFound();
        Input = Stored is null ? new() { Icon = ActivityTypeInput.Icons[0], Class = ActivityClass.Engagement, Once = FormOnce.NewKey() } : StoredForm(Stored);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(string id, CancellationToken cancel) => Db.InTransactionAsync<IActionResult>(async () =>
    {
        if (!await FoundAsync(id, cancel)) return NotFound();
        var input = Stored is null ? new ActivityTypeInput { Class = Input.Class } : ActivityTypeInput.Of(Stored);
        if (!ModelState.IsValid) return Wrong(new(), "Input.");
        var meant = Input;
        if (Stored is not null)
        {
            var theirs = StoredForm(Stored);
            meant = Shown.Merge(Input.Shown, Input, theirs, out var both);
            if (both.Count > 0) return StaleForm(meant, theirs, both);
        }
        (input.Name, input.Icon, input.AdvancesGroup) = (meant.Name, meant.Icon, meant.AdvancesGroup);
        var problems = new Problems();
        async Task<string?> SaveAsync()
        {
            (var type, problems) = await save.RunAsync(Stored, input, cancel);
            return type is null ? null : Words.Name(type);
        }
        if ((Stored is null ? await Db.OnceAsync(Input.Once, Shown.Of(Input), SaveAsync, cancel) : await SaveAsync()) is not { } name) return Wrong(problems, "Input.");
        TempData.Say(Texts["types.saved", name]);
        return SeeOther("/settings/activity-types");
    }, cancel);

    // The class is a matter of the rules and not sent.
    private TypeForm StoredForm(ActivityType type)
    {
        var form = new TypeForm { Name = Words.Name(type), Icon = type.Icon, AdvancesGroup = type.AdvancesGroup };
        form.Shown = Shown.Of(form);
        return form;
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult StaleForm(TypeForm meant, TypeForm theirs, IReadOnlyList<string> both)
    {
        Theirs = [.. new (string Field, Stale Shown)[]
        {
            (nameof(TypeForm.Name), new(Texts["types.name"], theirs.Name ?? "", Input.Name ?? "")), (nameof(TypeForm.Icon), new(Texts["types.icon"], theirs.Icon ?? "", Input.Icon ?? "")),
            (nameof(TypeForm.AdvancesGroup), new(Texts["types.advances"], YesNo(theirs.AdvancesGroup), YesNo(Input.AdvancesGroup))),
        }.Where(f => both.Contains(f.Field)).Select(f => f.Shown)];
        Input = meant;
        Input.Shown = theirs.Shown;
        ModelState.Clear();
        Response.StatusCode = 409;
        return Page();
    }

    private string YesNo(bool value) => Texts[value ? "types.yes" : "types.no"];

    private async Task<bool> FoundAsync(string id, CancellationToken cancel)
    {
        if (id == "new") return true;
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        Stored = Db.Database.CurrentTransaction is null ? await Db.Set<ActivityType>().FindAsync([number], cancel) : await save.FindAsync(number, cancel);
        return Stored is not null;
    }
}
