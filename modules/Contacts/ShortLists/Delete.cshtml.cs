using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Liaison.Contacts.ShortLists;

/// <summary>GET, POST /settings/lists/{list}/{id}/delete: says who has the entry and asks what they get instead.</summary>
[Permission("contacts.configure")]
public sealed class DeleteModel(LiaisonDb db, IEnumerable<ShortList> lists, Localizer texts) : ShortListPage(lists, texts)
{
    private const string None = "none";

    /// <summary>What its contacts get: the id of another entry, or "none".</summary>
    [BindProperty]
    public string? By { get; set; }

    public ListEntry Entry { get; private set; } = null!;
    /// <summary>How many contacts have it.</summary>
    public int Used { get; private set; }
    /// <summary>How many of them are in the trash.</summary>
    public int Deleted { get; private set; }
    /// <summary>What they may get.</summary>
    public IReadOnlyList<SelectListItem> Others { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : Already();

    public Task<IActionResult> OnPostAsync(string id, CancellationToken cancel) => db.InTransactionAsync<IActionResult>(async () =>
    {
        await List.HoldAsync(cancel);
        if (!await LoadAsync(id, cancel)) return Already();
        var by = By is null or None ? null : await EntryAsync(By, cancel);
        if (Used > 0 && (By is null || by == Entry || (by is null && By != None)))
        {
            ModelState.AddModelError(nameof(By), Texts["lists.delete.choose"]);
            Response.StatusCode = 422;
            return Page();
        }
        var name = List.Name(Entry);
        var moved = await List.DeleteAsync(Entry, by, cancel);
        TempData.Say(moved == 0 ? Texts["lists.deleted", name] : by is null ? Texts["lists.deleted.none", moved, name] : Texts["lists.deleted.by", moved, name, List.Name(by)]);
        return ToList();
    }, cancel);

    // Whoever comes back to the page, or presses twice, is led to what there is now.
    private IActionResult Already()
    {
        TempData.Say(Texts["lists.delete.already"]);
        return ToList();
    }

    private async Task<bool> LoadAsync(string id, CancellationToken cancel)
    {
        if (await EntryAsync(id, cancel) is not { } entry) return false;
        Entry = entry;
        (Used, Deleted) = await List.CountAsync(entry.Id, cancel);
        Others = [new(Texts["lists.delete.choice"], ""), .. (await List.AllAsync(cancel)).Where(t => t != entry).Select(t => new SelectListItem(List.Name(t), t.Id.ToString(CultureInfo.InvariantCulture))),
            new(Texts["lists.delete.none"], None)];
        return true;
    }
}
