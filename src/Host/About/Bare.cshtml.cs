using Liaison.Contacts;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Host.About;

/// <summary>GET /about/bare, in development: the first rows of the list from one query and without the shell, which the list is measured against.</summary>
[Permission("contacts.view")]
public sealed class BareModel(Configuration configuration, LiaisonDb db) : PageModel
{
    /// <summary>The rows.</summary>
    public IReadOnlyList<ContactRow> Rows { get; private set; } = [];

    /// <summary>The page.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!configuration.IsDevelopment) return NotFound();
        Rows = await db.Contacts().OrderBy(c => c.SortName).ThenBy(c => c.Id).Take(50).Select(ContactRow.Of).ToListAsync(cancel);
        return Page();
    }
}
