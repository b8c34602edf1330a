using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>Whoever changes what a status rests on holds the contact first, so that two such changes come one after the other.</summary>
public static class ContactLock
{
    /// <summary>
    /// First thing in a transaction: waits for the contacts, in the order of their ids, and holds them until the transaction ends. On SQLite it is alone anyway.
    /// </summary>
    public static async Task HoldAsync(this LiaisonDb db, IEnumerable<long> contactIds, CancellationToken cancel)
    {
        if (db.Engine != Engine.PostgreSql) return;
        var ids = contactIds.Order().ToArray();
        // Not FOR UPDATE: whoever merely refers to the contact need not wait, and could not be waited for by somebody who refers to it too.
        await db.Database.ExecuteSqlAsync($"SELECT id FROM contact WHERE id = ANY({ids}) ORDER BY id FOR NO KEY UPDATE", cancel);
    }
}
