using Liaison.Kernel.Data;

namespace Liaison.Contacts.Import;

/// <summary>Writes new contacts with their parts past the change tracker.</summary>
internal static class NewContacts
{
    /// <summary>Inserts contacts that have their ids, with their parts; inside a transaction.</summary>
    public static async Task InsertAsync(LiaisonDb db, List<Contact> contacts, CancellationToken cancel)
    {
        using var plain = db.WithoutTriggers(contacts.Count);
        foreach (var contact in contacts)
        {
            contact.Mark();
            foreach (var point in contact.Points) point.ContactId = contact.Id;
            foreach (var address in contact.Addresses) address.ContactId = contact.Id;
            foreach (var tag in contact.Tags) tag.ContactId = contact.Id;
            foreach (var responsible in contact.Responsibles) responsible.ContactId = contact.Id;
        }
        await db.BulkInsertAsync(contacts, cancel);
        await db.BulkInsertNewAsync(contacts.SelectMany(c => c.Points).ToList(), (point, id) => point.Id = id, cancel);
        await db.BulkInsertNewAsync(contacts.SelectMany(c => c.Addresses).ToList(), (address, id) => address.Id = id, cancel);
        await db.BulkInsertAsync(contacts.SelectMany(c => c.Tags).ToList(), cancel);
        await db.BulkInsertAsync(contacts.SelectMany(c => c.Responsibles).ToList(), cancel);
    }
}
