using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using SQLitePCL;

namespace Liaison.Kernel.Data;

/// <summary>
/// Writes many new rows at once, ten times faster than the change tracker: prepared statements on SQLite, COPY on PostgreSQL. Ids are
/// reserved first, so that rows can refer to each other. For imports and seeding; call inside <see cref="LiaisonDb.InTransactionAsync"/>.
/// </summary>
public static class BulkInsert
{
    private const int EnableTrigger = 1003; // SQLITE_DBCONFIG_ENABLE_TRIGGER

    private static readonly ConcurrentDictionary<(IModel, Type), object> Plans = new();

    /// <summary>Reserves <paramref name="count"/> ids of an entity with identity key, in ascending order.</summary>
    public static async Task<long[]> ReserveIdsAsync<T>(this LiaisonDb db, int count, CancellationToken cancel = default) where T : class
    {
        if (count == 0) return [];
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName()!;
        if (db.Engine == Engine.PostgreSql)
        {
            var ids = await db.Database.SqlQueryRaw<long>("SELECT nextval(pg_get_serial_sequence({0}, 'id')) AS \"Value\" FROM generate_series(1, {1})", table, count).ToArrayAsync(cancel);
            Array.Sort(ids);
            return ids;
        }
        // The write transaction is ours alone, so the highest number given out is stable until we insert.
        var last = await db.Database.SqlQueryRaw<long>("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = {0}), 0) AS \"Value\"", table).SingleAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("UPDATE sqlite_sequence SET seq = {1} WHERE name = {0}", [table, last + count], cancel);
        if (last == 0) await db.Database.ExecuteSqlRawAsync("INSERT INTO sqlite_sequence(name, seq) SELECT {0}, {1} WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = {0})", [table, last + count], cancel);
        var result = new long[count];
        for (var i = 0; i < count; i++) result[i] = last + 1 + i;
        return result;
    }

    /// <summary>Inserts the rows as they are (ids included, no stamps, no journal).</summary>
    public static async Task BulkInsertAsync<T>(this LiaisonDb db, IReadOnlyCollection<T> rows, CancellationToken cancel = default) where T : class
    {
        if (rows.Count == 0) return;
        var columns = (BulkColumns<T>)Plans.GetOrAdd((db.Model, typeof(T)), _ => new BulkColumns<T>(db.Model.FindEntityType(typeof(T))!, db.Engine));
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Bulk inserts run inside a transaction.");
        if (db.Engine == Engine.PostgreSql) await CopyAsync((NpgsqlConnection)db.Database.GetDbConnection(), columns, rows, cancel);
        else
        {
            var database = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
            var search = columns.SearchText is not null && HasSearch(database, columns.Table);
            if (!search) { InsertRows(database, columns, rows); return; }
            raw.sqlite3_db_config(database, EnableTrigger, 0, out _);
            try { InsertRows(database, columns, rows); }
            finally { raw.sqlite3_db_config(database, EnableTrigger, 1, out _); }
            InsertSearch(database, columns, rows);
        }
    }

    // Straight to SQLite: parameters by name and boxed values would cost more than the insert itself.
    private static void InsertRows<T>(sqlite3 database, BulkColumns<T> columns, IReadOnlyCollection<T> rows) where T : class
    {
        var sql = $"INSERT INTO {columns.Table} ({columns.Names}) VALUES ({string.Join(',', Enumerable.Repeat("?", columns.Count))})";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        using (statement)
        {
            foreach (var row in rows)
            {
                foreach (var bind in columns.Bind) bind(statement, row);
                var code = raw.sqlite3_step(statement);
                if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, database);
                raw.sqlite3_reset(statement);
            }
        }
    }

    // A trigger that writes to the full-text index makes each row a savepoint, and each savepoint makes the index write what it has gathered: ten times
    // the work. So the index is filled by a statement of its own, in ascending order of ids, as its trigger would.
    private static void InsertSearch<T>(sqlite3 database, BulkColumns<T> columns, IReadOnlyCollection<T> rows) where T : class
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, $"INSERT INTO {columns.Table}_search(rowid, search_text) VALUES (?, ?)", out var statement), database);
        using (statement)
        {
            foreach (var (id, text) in rows.Select(r => (Id: columns.Id!(r), Text: columns.SearchText!(r))).OrderBy(r => r.Id))
            {
                SqliteBinding.Put(statement, 1, id);
                SqliteBinding.Put(statement, 2, text);
                var code = raw.sqlite3_step(statement);
                if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, database);
                raw.sqlite3_reset(statement);
            }
        }
    }

    private static bool HasSearch(sqlite3 database, string table)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, $"SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = '{table}_search_insert'", out var statement), database);
        using (statement) return raw.sqlite3_step(statement) == raw.SQLITE_ROW;
    }

    private static async Task CopyAsync<T>(NpgsqlConnection connection, BulkColumns<T> columns, IReadOnlyCollection<T> rows, CancellationToken cancel) where T : class
    {
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {columns.Table} ({columns.Names}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancel);
            foreach (var write in columns.Write) write(writer, row);
        }
        await writer.CompleteAsync(cancel);
    }
}
