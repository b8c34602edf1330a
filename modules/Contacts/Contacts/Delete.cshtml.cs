using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Pages;

/// <summary>POST /contacts/{id}/delete: to the trash.</summary>
[Permission("contacts.delete")]
public sealed class DeletePage(LiaisonDb db, DeleteContacts delete, Localizer texts) : PageModel
{
    public IActionResult OnGet(long id) => Redirect($"/contacts/{id}");

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (await db.Contacts().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } contact) return NotFound();
        if ((await delete.RunAsync([id], cancel)).Count == 0) return StatusCode(403);
        TempData.Say(texts["contact.deleted", contact.Name], $"/contacts/{id}/restore");
        Response.Headers.Location = "/contacts";
        return StatusCode(303);
    }
}
