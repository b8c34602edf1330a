using System.Globalization;
using System.Text.Json;

namespace Liaison.Bench;

/// <summary>An account with which the measurement signs in.</summary>
internal sealed record Login(string Email, string Password, string Token);

/// <summary>A seeded database that is kept between runs.</summary>
internal abstract class Base(string engine, int contacts, string folder)
{
    public string Engine => engine;
    public int Contacts => contacts;
    public string Folder => folder;
    /// <summary>What LIAISON_DATABASE is.</summary>
    public abstract string Setting { get; }
    public abstract double DatabaseCpu { get; }
    /// <summary>Sees every contact.</summary>
    public Login All { get; private set; } = null!;
    /// <summary>Sees one contact in a thousand in a narrowed copy.</summary>
    public Login Few { get; private set; } = null!;

    public abstract IReadOnlyList<object?[]> Query(string sql);
    public abstract Base Copy();
    protected abstract bool IsThere { get; }
    protected abstract void Make();

    public static Base Open(Options options, string engine, int contacts)
    {
        var folder = Path.Combine(options.Folder, string.Create(CultureInfo.InvariantCulture, $"{engine}-{contacts}"));
        Base made = engine == "sqlite" ? new SqliteBase(contacts, folder) : new PostgresBase(contacts, folder, Postgres.Start(options.Folder));
        made.Ready(options);
        return made;
    }

    /// <summary>Makes all contacts private to others, and leaves every thousandth with the second account.</summary>
    public void Narrow()
    {
        var few = Query($"SELECT id FROM user_account WHERE email = '{Few.Email}'")[0][0];
        Query("UPDATE contact SET access = 0");
        Query($"DELETE FROM contact_responsible WHERE contact_id % 1000 = 7");
        Query($"INSERT INTO contact_responsible (contact_id, user_id) SELECT id, {few} FROM contact WHERE id % 1000 = 7");
        // Otherwise PostgreSQL tidies up by itself, sometime during the measurement.
        Query(engine == "sqlite" ? "ANALYZE" : "VACUUM ANALYZE");
    }

    /// <summary>Gives one contact ten thousand more actions; its id.</summary>
    public long Lengthen()
    {
        var id = (long)Query("SELECT contact_id FROM activity WHERE deleted_at IS NULL ORDER BY id LIMIT 1")[0][0]!;
        var columns = ColumnsOf("activity").Where(c => c != "id").ToList();
        var at = engine == "sqlite" ? "a.occurred_at - s.n * 60000000" : "a.occurred_at - s.n * interval '1 minute'";
        Query(string.Create(CultureInfo.InvariantCulture, $"""
            WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 10000)
            INSERT INTO activity ({string.Join(", ", columns)})
            SELECT {string.Join(", ", columns.Select(c => c == "occurred_at" ? at : "a." + c))} FROM s, activity a WHERE a.id = (SELECT min(id) FROM activity WHERE contact_id = {id} AND deleted_at IS NULL)
            """));
        return id;
    }

    private IEnumerable<string> ColumnsOf(string table) => Query(engine == "sqlite" ? $"SELECT name FROM pragma_table_info('{table}')"
        : $"SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = current_schema()").Select(r => (string)r[0]!);

    protected void Share(Base other) => (All, Few) = (other.All, other.Few);

    private void Ready(Options options)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "accounts.json");
        if (!IsThere || Query("SELECT count(*) FROM (SELECT 1 FROM contact LIMIT 10) c") is not [[10L]])
        {
            Make();
            File.Delete(file);
            Console.Error.WriteLine($"Seeding {contacts:N0} contacts on {engine}");
            Server.Command(options, this, "seed", "--contacts", contacts.ToString(CultureInfo.InvariantCulture));
        }
        if (!File.Exists(file)) File.WriteAllText(file, JsonSerializer.Serialize(new[] { NewLogin(options, "bench-all@example.com", "administrator"), NewLogin(options, "bench-few@example.com", "user") }));
        var logins = JsonSerializer.Deserialize<Login[]>(File.ReadAllText(file))!;
        (All, Few) = (logins[0], logins[1]);
    }

    private Login NewLogin(Options options, string email, string role)
    {
        var made = JsonDocument.Parse(Server.Command(options, this, "user", "add", email, "--name", "Bench " + role, "--role", role, "--json").Output);
        var token = Server.Command(options, this, "token", "add", "--user", email, "--name", "bench").Output.Trim();
        Query($"UPDATE user_account SET must_change_password = {(engine == "sqlite" ? "0" : "false")}");
        return new(email, made.RootElement.GetProperty("password").GetString()!, token);
    }

    protected static List<object?[]> Read(System.Data.Common.DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 3600;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }
}

/// <summary>A base in one file.</summary>
internal sealed class SqliteBase(int contacts, string folder) : Base("sqlite", contacts, folder)
{
    private string FileName => Path.Combine(Folder, "liaison.db");
    public override string Setting => "sqlite:" + FileName;
    public override double DatabaseCpu => 0;
    protected override bool IsThere => File.Exists(FileName);

    protected override void Make()
    {
        foreach (var file in Directory.EnumerateFiles(Folder)) File.Delete(file);
    }

    public override IReadOnlyList<object?[]> Query(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={FileName};Pooling=False;Default Timeout=3600");
        connection.Open();
        return Read(connection, sql);
    }

    public override Base Copy()
    {
        Query("PRAGMA wal_checkpoint(TRUNCATE)");
        var place = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Folder)!, "sqlite-copy"));
        foreach (var file in place.EnumerateFiles()) file.Delete();
        var copy = new SqliteBase(Contacts, place.FullName);
        File.Copy(FileName, copy.FileName);
        copy.Share(this);
        return copy;
    }
}

/// <summary>A base on the measurement's own PostgreSQL.</summary>
internal sealed class PostgresBase(int contacts, string folder, Postgres server, string? name = null) : Base("postgres", contacts, folder)
{
    private string Name => name ?? string.Create(CultureInfo.InvariantCulture, $"liaison_{Contacts}");
    public override string Setting => server.Url(Name);
    public override double DatabaseCpu => Account.CpuOfFamily(server.Pid);
    protected override bool IsThere => server.Query("postgres", $"SELECT 1 FROM pg_database WHERE datname = '{Name}'", Read).Count > 0;

    protected override void Make()
    {
        server.Query("postgres", $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", Read);
        server.Query("postgres", $"CREATE DATABASE {Name}", Read);
    }

    public override IReadOnlyList<object?[]> Query(string sql) => server.Query(Name, sql, Read);

    public override Base Copy()
    {
        var place = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Folder)!, "postgres-copy")).FullName;
        server.Query("postgres", "DROP DATABASE IF EXISTS liaison_copy WITH (FORCE)", Read);
        server.Query("postgres", $"CREATE DATABASE liaison_copy TEMPLATE {Name}", Read);
        var copy = new PostgresBase(Contacts, place, server, "liaison_copy");
        copy.Share(this);
        return copy;
    }
}
