using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Plain.Pages;

/// <summary>GET /: the rows.</summary>
public sealed class IndexModel(PlainRows rows) : PageModel
{
    /// <summary>Fifty.</summary>
    public IReadOnlyList<PlainRow> Rows { get; private set; } = [];

    /// <summary>The page.</summary>
    public async Task OnGetAsync(CancellationToken cancel) => Rows = await rows.FirstAsync(cancel);
}
