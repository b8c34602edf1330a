using Microsoft.EntityFrameworkCore;

namespace Liaison.Kernel.Data;

/// <summary>
/// Keeps one connection open for a long run of bulk inserts. On SQLite it gets a larger page cache, since new rows touch pages all over the
/// indexes, and the log is copied into the database less often, since the same pages change again and again; every commit stays durable.
/// </summary>
public sealed class BulkConnection : IAsyncDisposable
{
    private readonly LiaisonDb _db;

    private BulkConnection(LiaisonDb db) => _db = db;

    /// <summary>Opens it; dispose it when the run ends.</summary>
    public static async Task<BulkConnection> OpenAsync(LiaisonDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        if (db.Engine == Engine.Sqlite) await db.Database.ExecuteSqlRawAsync("PRAGMA mmap_size=0; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=12000;", cancel);
        return new BulkConnection(db);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_db.Engine == Engine.Sqlite) await _db.Database.ExecuteSqlRawAsync("PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=1000; PRAGMA mmap_size=268435456;");
        await _db.Database.CloseConnectionAsync();
    }
}
