using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Contacts.ShortLists;

/// <summary>GET, POST /settings/lists/{list}/{id}/delete: says who has the entry and asks what they get instead.</summary>
[Permission("contacts.configure")]
public sealed class DeleteModel(LiaisonDb db, IEnumerable<ShortList> lists, Localizer texts) : ShortListPage(lists, texts)
{
    /// <summary>What its contacts get: the id of another entry, or "none".</summary>
    [BindProperty]
    public string? By { get; set; }

    public EntryDeletion Deletion { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel) => await LoadAsync(id, cancel) is null ? Already() : Page();

    public Task<IActionResult> OnPostAsync(string id, CancellationToken cancel) => db.InTransactionAsync<IActionResult>(async () =>
    {
        await List.HoldAsync(cancel);
        if (await LoadAsync(id, cancel) is not { } entry) return Already();
        if (!Deletion.IsReady)
        {
            ModelState.AddModelError(nameof(By), Texts["lists.delete.choose"]);
            Response.StatusCode = 422;
            return Page();
        }
        TempData.Say(Deletion.Said(Texts, await List.DeleteAsync(entry, Deletion.Chosen is { } by ? await List.FindAsync(by, cancel) : null, cancel)));
        return ToList();
    }, cancel);

    // Whoever comes back to the page, or presses twice, is led to what there is now.
    private IActionResult Already()
    {
        TempData.Say(Texts["lists.delete.already"]);
        return ToList();
    }

    private async Task<ListEntry?> LoadAsync(string id, CancellationToken cancel)
    {
        if (await EntryAsync(id, cancel) is not { } entry) return null;
        var (used, deleted) = await List.CountAsync(entry.Id, cancel);
        var others = (await List.AllAsync(cancel)).Where(t => t != entry).Select(t => (t.Id, List.Name(t)));
        Deletion = new("lists", Texts[$"lists.{List.Word}.delete", List.Name(entry)], Home, Title, List.Name(entry), used, [.. others])
        {
            By = By, Nothing = Texts["lists.delete.none"], Deleted = deleted, List = "/contacts?" + List.Of(entry).ToQuery(),
        };
        return entry;
    }
}
