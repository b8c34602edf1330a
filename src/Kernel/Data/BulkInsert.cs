using System.Collections.Concurrent;
using Liaison.Kernel.Data.Engines;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using SQLitePCL;

namespace Liaison.Kernel.Data;

/// <summary>
/// Writes many new rows at once, ten times faster than the change tracker: prepared statements on SQLite, COPY on PostgreSQL. Ids are
/// reserved first, so that rows can refer to each other. For imports and seeding; call inside <see cref="LiaisonDb.InTransactionAsync"/>.
/// </summary>
public static class BulkInsert
{
    // So few rows are left to the triggers: switching these off makes SQLite prepare all statements again.
    private const int Few = 20;

    private static readonly ConcurrentDictionary<(IModel, Type, bool), object> Plans = new();

    /// <summary>Reserves <paramref name="count"/> ids of an entity with identity key, in ascending order.</summary>
    public static async Task<long[]> ReserveIdsAsync<T>(this LiaisonDb db, int count, CancellationToken cancel = default) where T : class
    {
        if (count == 0) return [];
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName()!;
        if (db.Engine == Engine.PostgreSql)
        {
            // The sequence is looked up once, not for each id, and one row brings them all.
            const string sql = "SELECT array_agg(nextval(s.name)) AS \"Value\" FROM (SELECT pg_get_serial_sequence({0}, 'id')::regclass AS name OFFSET 0) s, generate_series(1, {1})";
            // A single one without a series, whose length the database would plan for each time.
            const string one = "SELECT ARRAY[nextval(pg_get_serial_sequence({0}, 'id'))] AS \"Value\"";
            var ids = (await (count == 1 ? db.Database.SqlQueryRaw<long[]>(one, table) : db.Database.SqlQueryRaw<long[]>(sql, table, count)).ToListAsync(cancel))[0];
            Array.Sort(ids);
            return ids;
        }
        // The write transaction is ours alone, so the highest number given out is stable until we insert.
        var last = Reserve((KeptConnection)db.Database.GetDbConnection(), table, count) - count;
        var result = new long[count];
        for (var i = 0; i < count; i++) result[i] = last + 1 + i;
        return result;
    }

    /// <summary>Inserts rows to whose ids nothing refers yet: they get their ids in this order, on PostgreSQL from the table itself while it takes them in.</summary>
    public static async Task BulkInsertNewAsync<T>(this LiaisonDb db, IReadOnlyList<T> rows, Action<T, long> give, CancellationToken cancel = default) where T : class
    {
        var ids = db.Engine == Engine.Sqlite ? await db.ReserveIdsAsync<T>(rows.Count, cancel) : [];
        for (var i = 0; i < ids.Length; i++) give(rows[i], ids[i]);
        await BulkInsertAsync(db, rows, isNew: true, cancel);
    }

    /// <summary>Inserts the rows as they are (ids included, no stamps, no journal).</summary>
    public static Task BulkInsertAsync<T>(this LiaisonDb db, IReadOnlyCollection<T> rows, CancellationToken cancel = default) where T : class => BulkInsertAsync(db, rows, isNew: false, cancel);

    private static async Task BulkInsertAsync<T>(LiaisonDb db, IReadOnlyCollection<T> rows, bool isNew, CancellationToken cancel) where T : class
    {
        if (rows.Count == 0) return;
        var withoutId = isNew && db.Engine == Engine.PostgreSql;
        var columns = (BulkColumns<T>)Plans.GetOrAdd((db.Model, typeof(T), withoutId), _ => new BulkColumns<T>(db.Model.FindEntityType(typeof(T))!, db.Engine, withoutId));
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Bulk inserts run inside a transaction.");
        if (db.Inserts is { } inserts) AddTo(inserts, columns, rows);
        else if (db.Engine == Engine.PostgreSql) await CopyBuffer.SendAsync((NpgsqlConnection)db.Database.GetDbConnection(), columns.Table, columns.Names, columns.Write!, rows, cancel);
        else
        {
            var connection = (KeptConnection)db.Database.GetDbConnection();
            var search = columns.SearchText is not null && (rows.Count > Few || connection.HasNoTriggers) && HasSearch(connection.Handle!, columns.Table);
            using (search ? connection.WithoutTriggers() : null) InsertRows(connection, columns, rows);
            if (search) InsertSearch(connection, columns, rows);
        }
    }

    /// <summary>
    /// Leaves out SQLite's triggers until disposed, when so many records are inserted that it pays and their rows hold already what triggers would give them:
    /// a trigger makes each row a savepoint, which costs as much as the row. The full-text index is filled all the same.
    /// </summary>
    public static IDisposable? WithoutTriggers(this LiaisonDb db, int records) =>
        db.Engine == Engine.Sqlite && records > Few ? ((KeptConnection)db.Database.GetDbConnection()).WithoutTriggers() : null;

    /// <summary>Inserts one row that has its key, inside a transaction.</summary>
    public static Task InsertAsync<T>(this LiaisonDb db, T row, CancellationToken cancel = default) where T : class => db.InsertTogetherAsync(() => db.BulkInsertAsync([row], cancel), cancel);

    /// <summary>
    /// Sends what these bulk inserts write, a few rows of several tables, to PostgreSQL in one go when they have ended, inside a transaction. It costs a
    /// fraction of the change tracker's work, and no COPY for each table. On SQLite they run as they are.
    /// </summary>
    public static async Task InsertTogetherAsync(this LiaisonDb db, Func<Task> inserts, CancellationToken cancel = default)
    {
        if (db.Engine == Engine.Sqlite || db.Inserts is not null) { await inserts(); return; }
        if (db.Database.CurrentTransaction?.GetDbTransaction() is not NpgsqlTransaction transaction) throw new InvalidOperationException("Bulk inserts run inside a transaction.");
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        if (db.Database.GetCommandTimeout() is { } seconds) batch.Timeout = seconds;
        try
        {
            db.Inserts = batch;
            await inserts();
        }
        finally { db.Inserts = null; }
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancel);
    }

    private static void AddTo<T>(NpgsqlBatch batch, BulkColumns<T> columns, IReadOnlyCollection<T> rows) where T : class
    {
        foreach (var row in rows)
        {
            var insert = new NpgsqlBatchCommand(columns.InsertText);
            columns.Add!(insert.Parameters, row);
            batch.BatchCommands.Add(insert);
        }
    }

    // Straight to SQLite: parameters by name and boxed values would cost more than the insert itself.
    private static void InsertRows<T>(KeptConnection connection, BulkColumns<T> columns, IReadOnlyCollection<T> rows) where T : class
    {
        var statement = connection.Statement(columns.InsertText);
        T? before = null;
        foreach (var row in rows)
        {
            columns.Bind!(statement, before, row);
            Run(connection, statement);
            before = row;
        }
    }

    private static void Run(KeptConnection connection, sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, connection.Handle);
    }

    // The highest number given out from now on.
    private static long Reserve(KeptConnection connection, string table, int count)
    {
        var statement = connection.Statement("UPDATE sqlite_sequence SET seq = seq + ?2 WHERE name = ?1 RETURNING seq");
        SqliteBinding.Put(statement, 1, table);
        SqliteBinding.Put(statement, 2, count);
        var code = raw.sqlite3_step(statement);
        var last = code == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : 0;
        if (code == raw.SQLITE_ROW) code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, connection.Handle);
        if (last > 0) return last;
        var first = connection.Statement("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)");
        SqliteBinding.Put(first, 1, table);
        SqliteBinding.Put(first, 2, count);
        Run(connection, first);
        return count;
    }

    // A trigger that writes to the full-text index makes each row a savepoint, and each savepoint makes the index write what it has gathered: ten times
    // the work. So the index is filled by a statement of its own, in ascending order of ids, as its trigger would.
    private static void InsertSearch<T>(KeptConnection connection, BulkColumns<T> columns, IReadOnlyCollection<T> rows) where T : class
    {
        var statement = connection.Statement($"INSERT INTO {columns.Table}_search(rowid, search_text) VALUES (?, ?)");
        foreach (var (id, text) in rows.Select(r => (Id: columns.Id!(r), Text: columns.SearchText!(r))).OrderBy(r => r.Id))
        {
            SqliteBinding.Put(statement, 1, id);
            SqliteBinding.Put(statement, 2, text);
            Run(connection, statement);
        }
    }

    private static bool HasSearch(sqlite3 database, string table)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, $"SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = '{table}_search_insert'", out var statement), database);
        using (statement) return raw.sqlite3_step(statement) == raw.SQLITE_ROW;
    }
}
