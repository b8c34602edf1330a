using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Pages;

/// <summary>POST /contacts/{id}/details-checked: the contact details were looked at, the flag goes.</summary>
[Permission("contacts.edit")]
public sealed class CheckedPage(LiaisonDb db, SetStatus set) : PageModel
{
    public IActionResult OnGet(long id) => Redirect($"/contacts/{id}");

    public Task<IActionResult> OnPostAsync(long id, CancellationToken cancel) => db.AgainAsync<IActionResult>(async () =>
    {
        if (await db.Contacts().Where(c => c.Id == id).Include(c => c.Responsibles).FirstOrDefaultAsync(cancel) is not { } contact) return NotFound();
        if (!db.MayEdit(contact)) return StatusCode(403);
        await set.DetailsCheckedAsync(id, cancel);
        Response.Headers.Location = $"/contacts/{id}";
        return StatusCode(303);
    });
}
