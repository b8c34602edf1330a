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
        var contact = await db.DeletedContacts().FirstOrDefaultAsync(c => c.Id == id, cancel);
        var isDone = contact is not null && await delete.RestoreAsync([id], cancel) > 0;
        // Pressed twice, the second finds it restored already.
        if (!isDone) contact = await db.Contacts().FirstOrDefaultAsync(c => c.Id == id, cancel) ?? contact;
        if (contact is null) return NotFound();
        if (!isDone && await db.DeletedContacts().AnyAsync(c => c.Id == id, cancel)) return StatusCode(403);
        TempData.Say(texts["contact.restored", contact.Name]);
        Response.Headers.Location = $"/contacts/{id}";
        return StatusCode(303);
    }
}
