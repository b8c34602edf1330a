using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Pages;

/// <summary>POST /contacts/{id}/restore: back from the trash.</summary>
[Permission("contacts.delete")]
public sealed class RestorePage(LiaisonDb db, DeleteContacts delete, Localizer texts) : PageModel
{
    public IActionResult OnGet(long id) => Redirect($"/contacts/{id}");

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (await db.DeletedContacts().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } contact) return NotFound();
        if (await delete.RestoreAsync([id], cancel) == 0) return StatusCode(403);
        TempData.Say(texts["contact.restored", contact.Name]);
        Response.Headers.Location = $"/contacts/{id}";
        return StatusCode(303);
    }
}
