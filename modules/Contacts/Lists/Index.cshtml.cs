using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.Lists;

/// <summary>GET /contacts: the list, narrowed, sorted and paged by its query string.</summary>
[Permission("contacts.view"), LeanAddress]
public sealed class IndexModel(LiaisonDb db, ContactList list, ListColumns columns, ListLook look, FilterWords words, Localizer texts, Display show) : PageModel
{
    /// <summary>Rows of a page.</summary>
    public const int Rows = 50;
    private const string Last = "last";

    /// <summary>What it is narrowed to.</summary>
    public ContactFilter Filter { get; private set; } = new();
    /// <summary>The view that is on.</summary>
    public ListView View { get; private set; } = ListView.All[0];
    /// <summary>The filters in words.</summary>
    public IReadOnlyList<FilterWord> Words { get; private set; } = [];
    /// <summary>The rows.</summary>
    public Page<ContactRow> List { get; private set; } = new([], null, null);
    /// <summary>How many match.</summary>
    public CappedCount Count { get; private set; }
    /// <summary>How many each view holds.</summary>
    public IReadOnlyList<(ListView View, CappedCount Count)> Views { get; private set; } = [];
    /// <summary>The columns shown.</summary>
    public IReadOnlyList<ListColumn> Columns { get; private set; } = [];
    /// <summary>All columns.</summary>
    public IReadOnlyList<ListColumn> AllColumns => columns.All;
    /// <summary>What could not be understood in the URL.</summary>
    public IReadOnlyList<string> Mistakes { get; private set; } = [];
    /// <summary>Whether rows can be ticked.</summary>
    public bool MayChange => show.May("contacts.edit");
    /// <summary>The filter without the leading question mark.</summary>
    public string Query { get; private set; } = "";
    /// <summary>The view without what narrows it further; all contacts when nothing does.</summary>
    public string Wider => "/contacts?" + Query == View.Url ? ListView.All[0].Url : View.Url;
    /// <summary>The rows as markup.</summary>
    public ContactTable Table { get; private set; } = null!;
    /// <summary>Where the last page ends; null when this is it.</summary>
    public string? End => List.Next is null ? null : Last;
    /// <summary>"1–50" on the first page.</summary>
    public string? Range => List.Previous is null && List.Items.Count > 0 ? texts["contacts.list.range", 1, show.Number(List.Items.Count), show.Number(Count)] : null;

    /// <summary>The page.</summary>
    public async Task<IActionResult> OnGetAsync(string? sort, string? cursor, CancellationToken cancel)
    {
        var problems = new Problems();
        Filter = ContactFilter.Parse(Request.Query, db.Viewer, problems);
        Query = Filter.ToQuery();
        View = ListView.Of(Filter);
        var order = ContactSort.Parse(sort);
        if (order is null) problems.Add("sort", "contacts.error.filter", "sort", sort);
        order ??= ContactSort.Default;
        Mistakes = [.. problems.All.Select(p => texts["contacts.error.filter", texts["contacts.filter." + p.Path], p.Arguments[^1]])];
        Columns = columns.Chosen(Remembered());
        var place = cursor == Last ? order.End() : Cursor.Parse(cursor);
        List = await list.PageAsync(Filter, order, place, Rows, cancel) ?? await list.PageAsync(Filter, order, null, Rows, cancel) ?? List;
        // What the cursor led to has gone meanwhile.
        if (List.Items.Count == 0 && place is not null) return Redirect(Request.With());
        foreach (var column in Columns) if (column.Slot is { } slot) await slot.LoadAsync(db, List.Items, cancel);
        Count = await list.CountAsync(Filter, cancel);
        var views = new List<(ListView, CappedCount)>();
        foreach (var view in ListView.All) views.Add((view, await list.CountAsync(view.Filter, cancel)));
        Views = views;
        Words = await words.OfAsync(Filter, View, cancel);
        Table = new(List.Items, Columns, await look.ReadyAsync(cancel), MayChange);
        return Page();
    }

    // Columns in the URL are this person's choice from now on; without any the last choice stands.
    private IEnumerable<string>? Remembered()
    {
        var name = ListColumns.Cookie(db.ViewerId);
        var asked = Request.Query["columns"].OfType<string>().ToList();
        if (asked.Count == 0) return Request.Cookies[name] is { Length: > 0 } kept ? [kept] : null;
        var value = string.Join('.', columns.Chosen(asked).Select(c => c.Key));
        if (Request.Cookies[name] != value)
            Response.Cookies.Append(name, value, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = Request.IsHttps, IsEssential = true });
        return asked;
    }
}
