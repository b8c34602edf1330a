using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Liaison.Plain;

/// <summary>A row of the plain page.</summary>
public sealed record PlainRow(long Id, string Name, string Company, int Status, DateTime LastActivityAt);

/// <summary>Ten thousand contacts in a SQLite file of their own.</summary>
public sealed class PlainRows
{
    private readonly string _connection;

    /// <summary>Makes the file.</summary>
    public PlainRows(string file)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true }.ToString();
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            CREATE TABLE contact (id INTEGER PRIMARY KEY, name TEXT NOT NULL, company TEXT NOT NULL, status INTEGER NOT NULL, last_activity_at INTEGER NOT NULL);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
            INSERT INTO contact SELECT i, printf('Dupont %05d Éléonore', i * 7919 % 10007), printf('Société %d', i / 5), i % 5, i * 60000000 FROM n;
            CREATE INDEX ix_contact_name ON contact (name, id);
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>The first fifty by name.</summary>
    public async Task<IReadOnlyList<PlainRow>> FirstAsync(CancellationToken cancel)
    {
        var rows = new List<PlainRow>(50);
        await using var connection = new SqliteConnection(_connection);
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, name, company, status, last_activity_at FROM contact ORDER BY name, id LIMIT 50";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            rows.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), DateTime.UnixEpoch.AddMicroseconds(reader.GetInt64(4))));
        return rows;
    }

    /// <summary>A moment as the page prints it.</summary>
    public static string At(DateTime moment) => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
