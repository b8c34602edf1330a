using Liaison.Host;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Liaison.Tests.Harness;

/// <summary>
/// A database of its own for one server. The engine is SQLite, or PostgreSQL when LIAISON_TEST_DATABASE names a server on which
/// databases may be created. A migrated one with the cast is made once per run and copied.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("LIAISON_TEST_DATABASE") is { Length: > 0 } url ? url : null;
    private static readonly string Folder = Directory.CreateTempSubdirectory("liaison-tests-").FullName;
    private static readonly Lazy<Task<TestDatabase>> Template = new(MakeTemplateAsync);
    private static int _made;

    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        if (Template.IsValueCreated && Server is not null) Execute($"DROP DATABASE IF EXISTS \"{Template.Value.GetAwaiter().GetResult().Name}\" WITH (FORCE)").GetAwaiter().GetResult();
        Directory.Delete(Folder, recursive: true);
    };

    private TestDatabase(string name)
    {
        Name = name;
        var folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        Settings = Server is null ? DatabaseSettings.Parse(null, folder) : DatabaseSettings.Parse(Url(name), folder);
    }

    /// <summary>The engine of this run.</summary>
    public static Engine Engine => Server is null ? Engine.Sqlite : Engine.PostgreSql;

    /// <summary>What the server is given.</summary>
    public DatabaseSettings Settings { get; private set; }

    /// <summary>The port of the PostgreSQL server of this run.</summary>
    public static int Port => new Uri(Server!).Port;

    /// <summary>Sends a PostgreSQL database's connections over another port.</summary>
    public void GoThrough(int port) => Settings = DatabaseSettings.Parse(new UriBuilder(Url(Name)) { Port = port }.Uri.ToString(), Settings.DataFolder);

    /// <summary>What LIAISON_DATABASE would be.</summary>
    public string Setting => Settings.File ?? Url(Name);

    private string Name { get; }

    /// <summary>A database without a table.</summary>
    public static async Task<TestDatabase> EmptyAsync()
    {
        var database = new TestDatabase(NextName());
        if (Server is not null) await Execute($"CREATE DATABASE \"{database.Name}\"");
        return database;
    }

    /// <summary>A migrated database with the cast.</summary>
    public static async Task<TestDatabase> CopyAsync()
    {
        var template = await Template.Value;
        var database = new TestDatabase(NextName());
        if (Server is not null) await Execute($"CREATE DATABASE \"{database.Name}\" TEMPLATE \"{template.Name}\"");
        else File.Copy(template.Settings.File!, database.Settings.File!);
        return database;
    }

    /// <summary>The program on this database, not started.</summary>
    public WebApplication Build(Action<IServiceCollection>? more = null, string? extensions = null) => LiaisonHost.Build(new Configuration
    {
        Url = "http://127.0.0.1:0", PublicUrl = "http://liaison.example", Database = Settings, ExtensionsFolder = extensions, LogLevel = LogLevel.Error,
    }, more);

    public async ValueTask DisposeAsync()
    {
        Release();
        if (Server is not null) await Execute($"DROP DATABASE IF EXISTS \"{Name}\" WITH (FORCE)");
        Directory.Delete(Settings.DataFolder, recursive: true);
    }

    private static async Task<TestDatabase> MakeTemplateAsync()
    {
        var database = await EmptyAsync();
        await using (var app = database.Build())
        {
            await app.Services.GetRequiredService<Migrator>().RunAsync();
            await Cast.MoveInAsync(app.Services);
        }
        database.Release();
        return database;
    }

    /// <summary>Closes this process's idle connections: they would keep the file's log open, or the template busy.</summary>
    public void Release()
    {
        if (Server is null) { using var connection = new SqliteConnection(Settings.ConnectionString); SqliteConnection.ClearPool(connection); }
        else { using var connection = new NpgsqlConnection(Settings.ConnectionString); NpgsqlConnection.ClearPool(connection); }
    }

    private static string NextName() => $"liaison_test_{Environment.ProcessId}_{Interlocked.Increment(ref _made)}";

    private static string Url(string name) => new UriBuilder(Server!) { Path = name }.Uri.ToString();

    private static async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(DatabaseSettings.Parse(Server, Folder).ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
