using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts;

/// <summary>Moves contacts to the trash and back. Nothing that hangs on them is touched, so a restore brings everything back.</summary>
public sealed class DeleteContacts(LiaisonDb db)
{
    /// <summary>Days a contact stays in the trash.</summary>
    public const int Days = 30;

    /// <summary>Deletes those the viewer may change; returns their ids. A <paramref name="batch"/> makes them one operation that can be taken back.</summary>
    public Task<List<long>> RunAsync(IReadOnlyCollection<long> ids, CancellationToken cancel, long? batch = null) => db.InTransactionAsync(async () =>
    {
        // Of two at the same moment the second finds it done.
        await db.HoldAsync(ids, cancel);
        var mine = await db.Contacts().Where(c => ids.Contains(c.Id)).Editable(db).Select(c => c.Id).ToListAsync(cancel);
        var (now, viewer) = (db.Clock.Now(), db.ViewerId);
        await db.Set<Contact>().Where(c => mine.Contains(c.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.DeletedAt, now).SetProperty(c => c.DeletedById, viewer).SetProperty(c => c.Version, c => c.Version + 1), cancel);
        await JournalAsync("contact.deleted", mine, batch, cancel);
        return mine;
    }, cancel);

    /// <summary>Whether the contact is in the trash and the viewer may take it out.</summary>
    public async Task<bool> MayRestoreAsync(long id, CancellationToken cancel) =>
        db.Viewer.May("contacts.delete") && await db.DeletedContacts().Where(c => c.Id == id).Editable(db).AnyAsync(cancel);

    /// <summary>Restores contacts from the trash; returns how many.</summary>
    public Task<int> RestoreAsync(IReadOnlyCollection<long> ids, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.HoldAsync(ids, cancel);
        var mine = await db.DeletedContacts().Where(c => ids.Contains(c.Id)).Editable(db).Select(c => c.Id).ToListAsync(cancel);
        await db.Set<Contact>().IgnoreQueryFilters().Where(c => mine.Contains(c.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.DeletedAt, (DateTime?)null).SetProperty(c => c.DeletedById, 0).SetProperty(c => c.Version, c => c.Version + 1), cancel);
        await JournalAsync("contact.restored", mine, null, cancel);
        return mine.Count;
    }, cancel);

    private Task JournalAsync(string kind, List<long> ids, long? batch, CancellationToken cancel) =>
        db.BulkJournalAsync(ids.Select(id => db.NewEntry(kind, "contact", id, null, batch is null ? null : Groups.GroupJournal.Cause, batch)), cancel);
}
