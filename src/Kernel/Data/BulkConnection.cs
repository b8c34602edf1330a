using Liaison.Kernel.Data.Engines;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Kernel.Data;

/// <summary>
/// Keeps one connection open for a long run of bulk inserts. On SQLite it gets a larger page cache, since new rows touch pages all over the
/// indexes. Searches find what PostgreSQL has put aside put into its indexes when it ends.
/// </summary>
public sealed class BulkConnection : IAsyncDisposable
{
    private readonly LiaisonDb _db;
    private long _next = 2_000;

    private BulkConnection(LiaisonDb db) => _db = db;

    /// <summary>Opens it; dispose it when the run ends.</summary>
    public static async Task<BulkConnection> OpenAsync(LiaisonDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        if (db.Engine == Engine.Sqlite) await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size=-65536;", cancel);
        return new BulkConnection(db);
    }

    /// <summary>
    /// Now and then: lets PostgreSQL look at the tables that have become several times as large, instead of at its next round. Until then it would go on with
    /// plans made for small ones, such as reading a whole table for each row that a foreign key looks for.
    /// </summary>
    public async Task LookAgainAsync(long rows, CancellationToken cancel)
    {
        if (_db.Engine != Engine.PostgreSql || rows < _next) return;
        _next = rows * 2;
        var grown = await _db.Database.SqlQueryRaw<string>("""
            SELECT quote_ident(relname) AS "Value" FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
                AND pg_relation_size(oid) > 3 * current_setting('block_size')::bigint * greatest(relpages, 1)
            """).ToListAsync(cancel);
        if (grown.Count == 0) return;
        var sql = "ANALYZE " + string.Join(", ", grown);
        await _db.Database.ExecuteSqlRawAsync(sql, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_db.Engine == Engine.Sqlite) await _db.Database.ExecuteSqlRawAsync(SqliteTuning.Analysis + " PRAGMA optimize=0x10002; " + SqliteTuning.Cache);
        else await PendingEntries.PutInAsync(_db, CancellationToken.None);
        await _db.Database.CloseConnectionAsync();
    }
}
