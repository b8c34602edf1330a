using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Labels;

/// <summary>A tag and on how many contacts it is.</summary>
public sealed record TagRow(long Id, string Name, CappedCount Count);

/// <summary>GET /settings/tags: all tags; POST /settings/tags/{id}: rename, merge by taking another's name, or delete.</summary>
[Permission("contacts.configure"), LeanAddress]
public sealed class IndexModel(LiaisonDb db, ChangeTag change, Localizer texts) : PageModel
{
    private const int Rows = 50;

    /// <summary>What is looked for.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Query { get; set; }
    /// <summary>The tags by name.</summary>
    public Page<TagRow> List { get; private set; } = new([], null, null);
    /// <summary>The tag whose new name was refused, and why.</summary>
    public (long Id, string Message, string? Typed)? Mistake { get; private set; }

    /// <summary>What follows the address of the list: this search and this page of it.</summary>
    public string Here => Request.QueryString.Value ?? "";

    /// <summary>The page.</summary>
    public async Task OnGetAsync(string? cursor, CancellationToken cancel)
    {
        var wanted = SearchText.Fold(Query);
        var tags = db.Set<Tag>().AsNoTracking();
        if (wanted.Length > 0) tags = tags.Where(t => t.Key.Contains(wanted));
        if (Cursor.Parse(cursor) is { Key: var key }) tags = tags.Where(t => string.Compare(t.Key, key) > 0);
        var rows = await Counted(tags.OrderBy(t => t.Key).Take(Rows + 1)).ToListAsync(cancel);
        var more = rows.Count > Rows;
        if (more) rows.RemoveAt(Rows);
        var next = more ? new Cursor(rows[^1].Key, rows[^1].Id, false).ToString() : null;
        // What is wrong is said at the tag, also where it belongs on another page of the list.
        if (Mistake is var (wrong, _, _) && !rows.Exists(t => t.Id == wrong)) rows.InsertRange(0, await Counted(db.Set<Tag>().AsNoTracking().Where(t => t.Id == wrong)).ToListAsync(cancel));
        List = new(rows.ConvertAll(t => new TagRow(t.Id, t.Name, CappedCount.Of(t.Count))), next, null);
    }

    /// <summary>Renames or, with the button for it, deletes.</summary>
    public async Task<IActionResult> OnPostAsync(long id, [FromForm] string? name, [FromForm] string? shown, [FromForm] string? act, [FromQuery] string? cursor, CancellationToken cancel)
    {
        if (act == "delete")
        {
            // Pressed twice, the second finds it gone already.
            TempData.Say(await change.DeleteAsync(id, cancel) is { } gone ? texts["contacts.tags.deleted", gone] : texts["lists.delete.already"]);
            return Back();
        }
        var result = await change.RenameAsync(id, name, cancel, shown);
        if (result == TagChange.Missing)
        {
            TempData.Say(texts["contacts.tags.missing"]);
            return Back();
        }
        if (result is TagChange.Refused or TagChange.Stale)
        {
            Mistake = (id, texts["contacts.tags.error", ChangeTag.Longest], name);
            await OnGetAsync(cursor, cancel);
            if (result == TagChange.Stale) Mistake = (id, texts["contacts.tags.stale", List.Items.FirstOrDefault(t => t.Id == id)?.Name ?? ""], name);
            Response.StatusCode = result == TagChange.Refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
            return Page();
        }
        TempData.Say(texts[result == TagChange.Merged ? "contacts.tags.merged" : "contacts.tags.renamed", name!.Trim()]);
        return Back();
    }

    private sealed record CountedTag(long Id, string Name, string Key, int Count);

    private IQueryable<CountedTag> Counted(IQueryable<Tag> tags) =>
        tags.Select(t => new CountedTag(t.Id, t.Name, t.Key, db.Set<ContactTag>().Where(c => c.TagId == t.Id).Select(c => c.ContactId).Take(CappedCount.Limit + 1).Count()));

    private SeeOther Back() => new("/settings/tags" + Here);
}
