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
        var contact = await db.Contacts().FirstOrDefaultAsync(c => c.Id == id, cancel);
        var isDone = contact is not null && (await delete.RunAsync([id], cancel)).Count > 0;
        // Pressed twice, the second finds it in the trash already.
        var there = isDone ? null : await db.DeletedContacts().Where(c => c.Id == id).Editable(db).FirstOrDefaultAsync(cancel);
        if (!isDone && there is null) return contact is null ? NotFound() : StatusCode(403);
        TempData.Say(there is null ? texts["contact.deleted", contact!.Name] : texts["contact.deletedAlready", there.Name], $"/contacts/{id}/restore");
        return new SeeOther("/contacts");
    }
}
