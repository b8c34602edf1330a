using Liaison.Exchange.Imports;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Wizard;

/// <summary>GET /imports: the imports, latest first, with what became of them.</summary>
[Permission("contacts.import")]
public sealed class IndexPage(LiaisonDb db, StartImport start, WizardWords words) : PageModel
{
    private const int PageSize = 50;

    public Page<Import> Imports { get; private set; } = new([], null, null);
    /// <summary>Those that have not begun because another is at work.</summary>
    public IReadOnlySet<long> Waiting { get; private set; } = new HashSet<long>();
    public StartImport Start => start;
    public WizardWords Words => words;

    public async Task OnGetAsync([FromQuery] string? cursor, CancellationToken cancel)
    {
        var imports = db.Set<Import>().AsNoTracking();
        var place = Cursor.Parse(cursor);
        var (at, back) = (place?.Id ?? long.MaxValue, place?.Before == true);
        var found = await (back ? imports.Where(i => i.Id > at).OrderBy(i => i.Id) : imports.Where(i => i.Id < at).OrderByDescending(i => i.Id)).Take(PageSize + 1).ToListAsync(cancel);
        var more = found.Count > PageSize;
        if (more) found.RemoveAt(PageSize);
        if (back) found.Reverse();
        Waiting = await start.BehindOthersAsync(cancel);
        Imports = new(found, (back || more) && found.Count > 0 ? new Cursor("", found[^1].Id, false).ToString() : null, (back ? more : place is not null) && found.Count > 0 ? new Cursor("", found[0].Id, true).ToString() : null);
    }
}
