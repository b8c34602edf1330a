using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>GET, POST /settings/activity-types/{id}/delete: says how many actions have the type and asks what they get instead.</summary>
[Permission("activities.configure")]
public sealed class DeleteTypePage(LiaisonDb db, SaveType save, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    /// <summary>The id of the type that its actions get.</summary>
    [BindProperty]
    public long? By { get; set; }

    public ActivityType Type { get; private set; } = null!;
    /// <summary>How many actions have it.</summary>
    public int Used { get; private set; }
    /// <summary>What they may get.</summary>
    public IReadOnlyList<SelectListItem> Others { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await LoadAsync(await Db.Set<ActivityType>().FindAsync([id], cancel), cancel) ? Page() : Already();

    public Task<IActionResult> OnPostAsync(long id, CancellationToken cancel) => Db.InTransactionAsync<IActionResult>(async () =>
    {
        if (!await LoadAsync(await save.FindAsync(id, cancel), cancel)) return Already();
        var by = By is { } other && other != id ? await save.FindAsync(other, cancel) : null;
        if (await save.DeleteAsync(Type, by, cancel) is not { } moved)
        {
            ModelState.AddModelError(nameof(By), Texts["types.delete.choose"]);
            Response.StatusCode = 422;
            return Page();
        }
        TempData.Say(moved == 0 ? Texts["types.removed", Words.Name(Type)] : Texts["types.removed.by", moved, Words.Name(Type), Words.Name(by!)]);
        return SeeOther("/settings/activity-types");
    }, cancel);

    // Whoever comes back to the page, or presses twice, is led to what there is now.
    private IActionResult Already()
    {
        TempData.Say(Texts["lists.delete.already"]);
        return SeeOther("/settings/activity-types");
    }

    private async Task<bool> LoadAsync(ActivityType? type, CancellationToken cancel)
    {
        if (type is null) return false;
        Type = type;
        Used = await save.CountAsync(type.Id, cancel);
        var all = await Db.Set<ActivityType>().AsNoTracking().Where(t => t.Id != type.Id).OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel);
        Others = [new(Texts["lists.delete.choice"], ""), .. all.Select(t => new SelectListItem(Words.Name(t), t.Id.ToString(CultureInfo.InvariantCulture)))];
        return true;
    }
}
