using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Pages;

/// <summary>POST /contacts/{id}/details-checked: the contact details were looked at, the flag goes.</summary>
[Permission("contacts.edit")]
public sealed class CheckedPage(LiaisonDb db) : PageModel
{
    public IActionResult OnGet(long id) => Redirect($"/contacts/{id}");

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (await db.Contacts().Where(c => c.Id == id).Include(c => c.Responsibles).AsTracking().FirstOrDefaultAsync(cancel) is not { } contact) return NotFound();
        if (!db.MayEdit(contact)) return StatusCode(403);
        if (contact.DetailsToCheck)
        {
            contact.DetailsToCheck = false;
            contact.DetailsCheckedAt = db.Clock.Now();
            db.Record("contact.detailsChecked", "contact", id);
            await db.SaveChangesAsync(cancel);
        }
        Response.Headers.Location = $"/contacts/{id}";
        return StatusCode(303);
    }
}
