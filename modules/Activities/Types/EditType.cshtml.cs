using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
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
}

/// <summary>GET, POST /settings/activity-types/new and /settings/activity-types/{id}</summary>
[Permission("activities.configure")]
public sealed class EditTypePage(LiaisonDb db, SaveType save, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    [BindProperty]
    public TypeForm Input { get; set; } = new();

    public ActivityType? Stored { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel)
    {
        if (!await FoundAsync(id, cancel)) return NotFound();
        Input = Stored is null ? new() { Icon = ActivityTypeInput.Icons[0], Class = ActivityClass.Engagement } : new() { Name = Words.Name(Stored), Icon = Stored.Icon, Class = Stored.Class, AdvancesGroup = Stored.AdvancesGroup };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancel)
    {
        if (!await FoundAsync(id, cancel)) return NotFound();
        var input = Stored is null ? new ActivityTypeInput { Class = Input.Class } : ActivityTypeInput.Of(Stored);
        (input.Name, input.Icon, input.AdvancesGroup) = (Input.Name, Input.Icon, Input.AdvancesGroup);
        if (!ModelState.IsValid) return Wrong(new(), "Input.");
        var (type, problems) = await save.RunAsync(Stored, input, cancel);
        if (type is null) return Wrong(problems, "Input.");
        TempData.Say(Texts["types.saved", Words.Name(type)]);
        return SeeOther("/settings/activity-types");
    }

    private async Task<bool> FoundAsync(string id, CancellationToken cancel)
    {
        if (id == "new") return true;
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        Stored = await Db.Set<ActivityType>().FindAsync([number], cancel);
        return Stored is not null;
    }
}
