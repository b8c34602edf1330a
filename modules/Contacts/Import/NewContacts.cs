using Liaison.Kernel.Data;

namespace Liaison.Contacts.Import;

/// <summary>Writes new contacts with their parts past the change tracker.</summary>
internal static class NewContacts
{
    /// <summary>Inserts contacts that have their ids, with their parts; inside a transaction.</summary>
    public static async Task InsertAsync(LiaisonDb db, List<Contact> contacts, CancellationToken cancel)
    {
        using var plain = db.WithoutTriggers(contacts.Count);
        await db.BulkInsertAsync(contacts, cancel);
        foreach (var contact in contacts)
        {
            foreach (var point in contact.Points) point.ContactId = contact.Id;
            foreach (var address in contact.Addresses) address.ContactId = contact.Id;
            foreach (var tag in contact.Tags) tag.ContactId = contact.Id;
            foreach (var responsible in contact.Responsibles) responsible.ContactId = contact.Id;
            contact.Mark();
        }
        var points = contacts.SelectMany(c => c.Points).ToList();
        var pointIds = await db.ReserveIdsAsync<ContactPoint>(points.Count, cancel);
        for (var i = 0; i < points.Count; i++) points[i].Id = pointIds[i];
        await db.BulkInsertAsync(points, cancel);
        var addresses = contacts.SelectMany(c => c.Addresses).ToList();
        var addressIds = await db.ReserveIdsAsync<ContactAddress>(addresses.Count, cancel);
        for (var i = 0; i < addresses.Count; i++) addresses[i].Id = addressIds[i];
        await db.BulkInsertAsync(addresses, cancel);
        await db.BulkInsertAsync(contacts.SelectMany(c => c.Tags).ToList(), cancel);
        await db.BulkInsertAsync(contacts.SelectMany(c => c.Responsibles).ToList(), cancel);
    }
}
