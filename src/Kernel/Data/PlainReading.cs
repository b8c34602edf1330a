using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Liaison.Kernel.Data;

/// <summary>Reads what a query selects without making objects of it, filters and all.</summary>
public static class PlainReading
{
    /// <summary>Fills <paramref name="rows"/> with the selected columns in their order: texts, and numbers, truths and moments (microseconds since 1970) as numbers.</summary>
    public static async Task ReadAsync(this IQueryable query, LiaisonDb db, Utf8Rows rows, CancellationToken cancel)
    {
        rows.Clear();
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = query.CreateDbCommand();
            if (command is SqliteCommand { Connection.Handle: { } handle } sqlite && Bound(handle, sqlite) is { } statement)
            {
                using (statement) Read(handle, statement, rows, cancel);
                return;
            }
            await using var reader = await command.ExecuteReaderAsync(cancel);
            await ReadAsync(reader, rows, cancel);
        }
        finally { await db.Database.CloseConnectionAsync(); }
    }

    /// <summary>A number that stands for a moment.</summary>
    public static DateTime Moment(long number) => new((number * 10) + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc);

    // The provider asks SQLite several times for each cell and makes a string of each text.
    private static void Read(sqlite3 handle, sqlite3_stmt statement, Utf8Rows rows, CancellationToken cancel)
    {
        int code;
        while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
        {
            if (rows.Count % 256 == 0) cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < rows.Columns; i++)
            {
                var type = raw.sqlite3_column_type(statement, i);
                if (type == raw.SQLITE_INTEGER) rows.Add(raw.sqlite3_column_int64(statement, i));
                else if (type == raw.SQLITE_NULL) rows.AddNothing();
                else rows.Add(raw.sqlite3_column_blob(statement, i));
            }
        }
        if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, handle);
    }

    // Null when a parameter is of a kind that only the provider knows how to hand over.
    private static sqlite3_stmt? Bound(sqlite3 handle, SqliteCommand command)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, command.CommandText, out var statement), handle);
        foreach (SqliteParameter parameter in command.Parameters)
        {
            var index = raw.sqlite3_bind_parameter_index(statement, parameter.ParameterName);
            switch (parameter.Value)
            {
                case string text: SqliteBinding.Put(statement, index, text); break;
                case long or int or bool or Enum: SqliteBinding.Put(statement, index, Convert.ToInt64(parameter.Value, System.Globalization.CultureInfo.InvariantCulture)); break;
                default: statement.Dispose(); return null;
            }
        }
        return statement;
    }

    private static async Task ReadAsync(DbDataReader reader, Utf8Rows rows, CancellationToken cancel)
    {
        var types = Enumerable.Range(0, rows.Columns).Select(reader.GetFieldType).ToArray();
        while (await reader.ReadAsync(cancel))
        {
            for (var i = 0; i < types.Length; i++)
            {
                if (reader.IsDBNull(i)) rows.AddNothing();
                else if (types[i] == typeof(string)) rows.Add(reader.GetString(i));
                else if (types[i] == typeof(DateTime)) rows.Add((reader.GetDateTime(i).Ticks - DateTime.UnixEpoch.Ticks) / 10);
                else if (types[i] == typeof(bool)) rows.Add(reader.GetBoolean(i) ? 1 : 0);
                else rows.Add(reader.GetInt64(i));
            }
        }
    }
}
