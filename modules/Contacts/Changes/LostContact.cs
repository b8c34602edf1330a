using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Http;

namespace Liaison.Contacts;

/// <summary>A form that was sent when its contact was not there any more, or no longer to be changed.</summary>
public sealed class LostContact(LiaisonDb db, DeleteContacts delete)
{
    /// <summary>Why a form of this contact cannot be saved; null when it can.</summary>
    public async Task<LostKind?> WhyAsync(long id, Contact? contact, CancellationToken cancel) => contact is not null ? db.MayEdit(contact) ? null : LostKind.Closed
        : await delete.MayRestoreAsync(id, cancel) ? LostKind.Deleted : LostKind.Gone;

    /// <summary>Brings the contact back where the form asks for it.</summary>
    public async Task RestoreAsync(long id, IFormCollection form, CancellationToken cancel)
    {
        if (Lost.IsRestored(form) && await delete.MayRestoreAsync(id, cancel)) await delete.RestoreAsync([id], cancel);
    }
}
