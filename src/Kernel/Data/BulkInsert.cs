using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Liaison.Kernel.Data;

/// <summary>
/// Writes many new rows at once, ten times faster than the change tracker: prepared statements on SQLite, COPY on PostgreSQL. Ids are
/// reserved first, so that rows can refer to each other. For imports and seeding; call inside <see cref="LiaisonDb.InTransactionAsync"/>.
/// </summary>
public static class BulkInsert
{
    private static readonly ConcurrentDictionary<(IModel, Type), Column[]> Plans = new();

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
        var entity = db.Model.FindEntityType(typeof(T))!;
        var columns = Plans.GetOrAdd((db.Model, typeof(T)), _ => Plan(entity));
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Bulk inserts run inside a transaction.");
        if (db.Engine == Engine.PostgreSql) await CopyAsync(db, entity.GetTableName()!, columns, rows, cancel);
        else InsertRows(db, entity.GetTableName()!, columns, rows);
    }

    private static Column[] Plan(IEntityType entity) =>
        [.. entity.GetProperties().Where(p => !p.IsShadowProperty()).Select(p =>
        {
            var getter = p.GetGetter();
            var converter = p.GetTypeMapping().Converter;
            var type = converter?.ProviderClrType ?? p.ClrType;
            return new Column(p.GetColumnName(), TypeOf(Nullable.GetUnderlyingType(type) ?? type), row =>
            {
                var value = getter.GetClrValue(row);
                return value is null ? null : converter is null ? value : converter.ConvertToProvider(value);
            });
        })];

    private static NpgsqlDbType TypeOf(Type type) =>
        type == typeof(long) ? NpgsqlDbType.Bigint : type == typeof(int) || type.IsEnum ? NpgsqlDbType.Integer : type == typeof(bool) ? NpgsqlDbType.Boolean :
        type == typeof(DateTime) ? NpgsqlDbType.TimestampTz : type == typeof(DateOnly) ? NpgsqlDbType.Date : type == typeof(byte[]) ? NpgsqlDbType.Bytea : NpgsqlDbType.Text;

    private static void InsertRows<T>(LiaisonDb db, string table, Column[] columns, IReadOnlyCollection<T> rows) where T : class
    {
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"INSERT INTO {table} ({string.Join(',', columns.Select(c => c.Name))}) VALUES ({string.Join(',', columns.Select((_, i) => "@p" + i))})";
        var parameters = new DbParameter[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            parameters[i] = command.CreateParameter();
            parameters[i].ParameterName = "@p" + i;
            command.Parameters.Add(parameters[i]);
        }
        command.Prepare();
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var value = columns[i].Get(row);
                parameters[i].Value = value is null ? DBNull.Value : value is Enum e ? Convert.ToInt32(e) : value;
            }
            command.ExecuteNonQuery();
        }
    }

    private static async Task CopyAsync<T>(LiaisonDb db, string table, Column[] columns, IReadOnlyCollection<T> rows, CancellationToken cancel) where T : class
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table} ({string.Join(',', columns.Select(c => c.Name))}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancel);
            foreach (var column in columns)
            {
                var value = column.Get(row);
                if (value is null) await writer.WriteNullAsync(cancel);
                else await writer.WriteAsync(value is Enum e ? Convert.ToInt32(e) : value, column.Type, cancel);
            }
        }
        await writer.CompleteAsync(cancel);
    }

    private sealed record Column(string Name, NpgsqlDbType Type, Func<object, object?> Get);
}
