using Liaison.Contacts.ShortLists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>GET, POST /settings/activity-types/{id}/delete: says how many actions have the type and asks what they get instead.</summary>
[Permission("activities.configure")]
public sealed class DeleteTypePage(LiaisonDb db, SaveType save, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    private const string Home = "/settings/activity-types";

    /// <summary>The id of the type that its actions get.</summary>
    [BindProperty]
    public string? By { get; set; }

    public EntryDeletion Deletion { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await LoadAsync(await Db.Set<ActivityType>().FindAsync([id], cancel), cancel) is null ? Already() : Page();

    public Task<IActionResult> OnPostAsync(long id, CancellationToken cancel) => Db.InTransactionAsync<IActionResult>(async () =>
    {
        if (await LoadAsync(await save.FindAsync(id, cancel), cancel) is not { } type) return Already();
        var moved = Deletion.IsReady ? await save.DeleteAsync(type, Deletion.Chosen is { } by ? await save.FindAsync(by, cancel) : null, cancel) : null;
        if (moved is null)
        {
            ModelState.AddModelError(nameof(By), Texts["types.delete.choose"]);
            Response.StatusCode = 422;
            return Page();
        }
        TempData.Say(Deletion.Said(Texts, moved.Value));
        return SeeOther(Home);
    }, cancel);

    // Whoever comes back to the page, or presses twice, is led to what there is now.
    private IActionResult Already()
    {
        TempData.Say(Texts["lists.delete.already"]);
        return SeeOther(Home);
    }

    private async Task<ActivityType?> LoadAsync(ActivityType? type, CancellationToken cancel)
    {
        if (type is null) return null;
        var others = await Db.Set<ActivityType>().AsNoTracking().Where(t => t.Id != type.Id).OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel);
        var name = Words.Name(type);
        Deletion = new("types", Texts["types.delete", name], Home, Texts["menu.activityTypes"], name, await save.CountAsync(type.Id, cancel), [.. others.Select(t => (t.Id, Words.Name(t)))])
        {
            By = By, Help = Texts["types.delete.by.help"],
        };
        return type;
    }
}
