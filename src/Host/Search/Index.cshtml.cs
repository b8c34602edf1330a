using Liaison.Kernel.Access;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Host.Search;

/// <summary>GET /search: everything found; GET /search/suggest: the same, few, as options under the search field.</summary>
[SignedIn]
public sealed class SearchModel(SiteSearch search) : PageModel
{
    /// <summary>What is looked for.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Query { get; set; }

    /// <summary>What was found, by kind.</summary>
    public IReadOnlyList<Found> Found { get; private set; } = [];

    /// <summary>What can be done where nothing was found.</summary>
    public IEnumerable<MenuItem> Offers => string.IsNullOrWhiteSpace(Query) ? [] : search.Offers(Query.Trim());

    /// <summary>The page, or the options.</summary>
    public async Task<IActionResult> OnGetAsync(string? part, CancellationToken cancel)
    {
        if (part is not (null or "suggest")) return NotFound();
        if (Query is { Length: > 200 }) Query = Query[..200];
        Found = await search.FindAsync(Query, part is null ? 50 : 6, cancel);
        return part is null ? Page() : Partial("/Search/_Options.cshtml", this);
    }
}
