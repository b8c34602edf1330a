using Npgsql;

namespace Liaison.Kernel.Data;

/// <summary>The two engines Liaison runs on.</summary>
public enum Engine
{
    /// <summary>One file, embedded.</summary>
    Sqlite,
    /// <summary>A PostgreSQL server, version 15 or later.</summary>
    PostgreSql,
}

/// <summary>Where the database is, from LIAISON_DATABASE and LIAISON_DATA.</summary>
public sealed partial class DatabaseSettings
{
    /// <summary>The engine.</summary>
    public required Engine Engine { get; init; }
    /// <summary>ADO.NET connection string.</summary>
    public required string ConnectionString { get; init; }
    /// <summary>The SQLite file, or null.</summary>
    public string? File { get; init; }
    /// <summary>Folder for the database file and what is kept beside it.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Reads "sqlite:PATH", a path, or "postgres://user:password@host:port/database?options".</summary>
    /// <exception cref="FormatException">The text is neither; the message says what is accepted.</exception>
    public static DatabaseSettings Parse(string? database, string dataFolder)
    {
        dataFolder = Path.GetFullPath(dataFolder);
        if (string.IsNullOrWhiteSpace(database)) return Sqlite(Path.Combine(dataFolder, "liaison.db"), dataFolder);
        if (database.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || database.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
            return Postgres(database, dataFolder);
        if (database.Contains("://", StringComparison.Ordinal))
            throw new FormatException($"LIAISON_DATABASE: \"{database.Split(':')[0]}\" is not supported; give sqlite:PATH or postgres://user:password@host/database.");
        var file = database.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) ? database[7..].Trim() : database;
        // Other programs take "Host=db;Password=…" here: it is no name for a file.
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal) || OtherNotation().IsMatch(file)) throw new FormatException("LIAISON_DATABASE names no database: give sqlite:PATH or postgres://user:password@host/database.");
        return Sqlite(file, dataFolder);
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^\s*(Host|Server|Data Source|DataSource|Filename)\s*=", System.Text.RegularExpressions.RegexOptions.IgnoreCase | System.Text.RegularExpressions.RegexOptions.CultureInvariant)]
    private static partial System.Text.RegularExpressions.Regex OtherNotation();

    private static DatabaseSettings Sqlite(string file, string dataFolder)
    {
        file = Path.GetFullPath(file);
        var text = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder
        {
            DataSource = file, ForeignKeys = true, Pooling = false, DefaultTimeout = 15,
        };
        return new() { Engine = Engine.Sqlite, ConnectionString = text.ToString(), File = file, DataFolder = dataFolder };
    }

    private static DatabaseSettings Postgres(string database, string dataFolder)
    {
        if (!Uri.TryCreate(database, UriKind.Absolute, out var uri)) throw new FormatException("LIAISON_DATABASE is not an address such as postgres://user:password@host:5432/database; signs such as / or @ in the password are written as %2F, %40.");
        var user = uri.UserInfo.Split(':', 2);
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = Uri.UnescapeDataString(uri.Host),
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Timeout = 5, CommandTimeout = 30, MaxAutoPrepare = 200, AutoPrepareMinUsages = 3,
            // Nothing here changes a session beyond its transaction; putting it back before each statement would cost as much as a small query.
            NoResetOnClose = true,
        };
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            var name = Uri.UnescapeDataString(pair[0]);
            try { text[name] = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""; }
            catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException) { throw new FormatException($"LIAISON_DATABASE: the option \"{name}\" does not exist, or not with this value.", e); }
        }
        if (string.IsNullOrWhiteSpace(text.Host)) throw new FormatException("LIAISON_DATABASE names no server: postgres://user:password@host/database.");
        if (text.Port is < 1 or > 65535) throw new FormatException($"LIAISON_DATABASE: {text.Port} is no port; give 1 to 65535.");
        return new() { Engine = Engine.PostgreSql, ConnectionString = text.ToString(), DataFolder = dataFolder };
    }
}
