using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Trash;

/// <summary>GET /contacts/trash: what was deleted, by whom and when; POST /contacts/trash/restore brings it back.</summary>
[Permission("contacts.delete"), LeanAddress]
public sealed class IndexModel(LiaisonDb db, TrashList trash, DeleteContacts delete, Localizer texts, Display show) : PageModel
{
    private const int Rows = 50;

    /// <summary>What is looked for.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Query { get; set; }

    /// <summary>The rows, latest first.</summary>
    public Page<TrashRow> List { get; private set; } = new([], null, null);

    /// <summary>The page.</summary>
    public async Task<IActionResult> OnGetAsync(string? part, string? cursor, CancellationToken cancel)
    {
        if (part is not null) return Redirect("/contacts/trash");
        if (Query is { Length: > 200 }) Query = Query[..200];
        var rows = await trash.RowsAsync(Query, Cursor.Parse(cursor), Rows, cancel);
        var shown = rows.Take(Rows).ToList();
        List = new(shown, rows.Count > Rows ? new Cursor(Cursor.KeyOf(shown[^1].DeletedAt), shown[^1].Id, false).ToString() : null, cursor is null ? null : "");
        return Page();
    }

    /// <summary>Restores the contacts named in the form or, for an undo, in the address.</summary>
    public async Task<IActionResult> OnPostAsync(string? part, [FromForm(Name = "ids")] List<long> ticked, CancellationToken cancel)
    {
        if (part != "restore") return NotFound();
        var named = Request.Query["ids"].OfType<string>().SelectMany(v => v.Split(',')).Select(v => long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);
        var ids = ticked.Concat(named).Where(id => id > 0).Distinct().ToList();
        var restored = ids.Count == 0 ? 0 : await delete.RestoreAsync(ids, cancel);
        // Pressed twice, the second finds them restored already.
        if (restored == 0 && ids.Count > 0 && await db.Contacts().CountAsync(c => ids.Contains(c.Id), cancel) == ids.Count) TempData.Say(texts["contacts.trash.already"]);
        else if (restored == 0) TempData.Complain(texts["contacts.trash.nothing"]);
        else if (ids.Count == 1) TempData.SayWithLink(texts["contacts.trash.restored", restored, show.Number(restored)], FormattableString.Invariant($"/contacts/{ids[0]}"), texts["contacts.trash.open"]);
        else TempData.Say(texts["contacts.trash.restored", restored, show.Number(restored)]);
        return new SeeOther(Request.Query.ContainsKey("ids") ? Came() : "/contacts/trash");
    }

    private string Came() => Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == Request.Host.Value && Url.IsLocalUrl(from.PathAndQuery) ? from.PathAndQuery : "/contacts";
}
