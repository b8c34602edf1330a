using System.Diagnostics;
using Liaison.Host;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Host;

/// <summary>What stops a start says so in one line, and what is checked is said line by line.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("serve"), InlineData("check")]
    public async Task A_database_of_a_newer_version_is_refused(string command)
    {
        await using var database = await TestDatabase.CopyAsync();
        await using (var app = database.Build())
        await using (var db = app.Services.GetRequiredService<Databases>().Open(Viewer.System))
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('999912310001_Future', '99.0')""");

        var (code, output, errors) = await LiaisonAsync(database, command);

        Assert.Equal(1, code);
        Assert.Contains("999912310001_Future", Assert.Single(Lines(output + errors), l => !l.StartsWith("ok ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_migration_stops_the_start_in_one_line_and_leaves_the_data()
    {
        await using var database = await TestDatabase.CopyAsync();
        await using var app = database.Build(services => services.AddSingleton(new ModuleList([.. LiaisonHost.BuiltIn, new BrokenModule()])));

        var stopped = await Assert.ThrowsAsync<CannotStartException>(() => app.Services.GetRequiredService<Migrator>().RunAsync());

        Assert.Single(Lines(stopped.Message));
        Assert.Contains("999812310001_Broken", stopped.Message, StringComparison.Ordinal);
        if (TestDatabase.Engine == Engine.Sqlite) Assert.Contains(Path.GetFileName(Assert.Single(Directory.GetFiles(database.Settings.DataFolder, "*.before-*"))), stopped.Message, StringComparison.Ordinal);
        await using var db = app.Services.GetRequiredService<Databases>().Open(Viewer.System);
        Assert.True(await db.Set<Liaison.Access.User>().AnyAsync(u => u.UserName == Cast.Anna.UserName));
        Assert.DoesNotContain("999812310001_Broken", await db.Database.GetAppliedMigrationsAsync());
    }

    [Fact]
    public async Task Check_says_what_is_well()
    {
        await using var database = await TestDatabase.CopyAsync();
        var (code, output, errors) = await LiaisonAsync(database, "check");
        Assert.True(code == 0, output + errors);
        Assert.All(Lines(output), line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_says_what_is_wrong()
    {
        await using var database = await TestDatabase.EmptyAsync();
        var (code, output, _) = await LiaisonAsync(database, "check");
        Assert.Equal(1, code);
        Assert.Contains(Lines(output), line => line.StartsWith("WRONG ", StringComparison.Ordinal) && line.Contains("liaison migrate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Check_answers_in_JSON_when_asked(bool isMigrated, int expected)
    {
        await using var database = isMigrated ? await TestDatabase.CopyAsync() : await TestDatabase.EmptyAsync();
        var (code, output, _) = await LiaisonAsync(database, "check --json");
        Assert.Equal(expected, code);
        using var answer = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal(isMigrated, answer.RootElement.GetProperty("ok").GetBoolean());
        var checks = answer.RootElement.GetProperty("checks").EnumerateArray().ToList();
        Assert.All(checks, check => Assert.NotEqual("", check.GetProperty("message").GetString()));
        Assert.Equal(checks.Count, checks.Select(c => c.GetProperty("name").GetString()).Distinct().Count());
        Assert.Equal(isMigrated, checks.TrueForAll(c => c.GetProperty("ok").GetBoolean()));
        Assert.Equal(isMigrated, checks.Exists(c => c.GetProperty("name").GetString() == "schema" && c.GetProperty("ok").GetBoolean()));
    }

    [Fact]
    public async Task A_setting_that_cannot_be_understood_is_named()
    {
        await using var database = await TestDatabase.EmptyAsync();
        var (code, _, errors) = await LiaisonAsync(database, "serve", ("LIAISON_URL", "nowhere"));
        Assert.Equal(1, code);
        Assert.Contains("LIAISON_URL", Assert.Single(Lines(errors)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LIAISON_URL", "https://127.0.0.1:0", "LIAISON_PUBLIC_URL")]
    [InlineData("LIAISON_URL", "http://192.0.2.1:5080", "LIAISON_URL")] // an address of nobody
    [InlineData("LIAISON_PUBLIC_URL", "crm.example", "LIAISON_PUBLIC_URL")]
    [InlineData("LIAISON_PROXIES", "127.0.0.1, proxy", "\"proxy\"")]
    [InlineData("LIAISON_DATABASE", "postgres://user:ge/heim@localhost/liaison", "LIAISON_DATABASE")]
    [InlineData("LIAISON_DATABASE", "postgres://user@localhost/liaison?Sll=1", "\"Sll\"")]
    [InlineData("LIAISON_DATABASE", "postgres://", "names no server")]
    [InlineData("LIAISON_DATABASE", "postgres://user:geheim@localhost/liaison?Port=99999", "99999")]
    [InlineData("LIAISON_DATABASE", "sqlite:", "names no database")]
    [InlineData("LIAISON_DATABASE", "Host=localhost;Password=geheim", "names no database")]
    [InlineData("LIAISON_DATABASE", "postgres://user:geheim@127.0.0.1:1/liaison", "Connection refused")]
    [InlineData("LIAISON_DATABASE", "postgres://user:geheim@liaison.invalid/liaison", "LIAISON_DATABASE")]
    public async Task What_is_in_the_way_is_told_in_one_line(string setting, string value, string told)
    {
        await using var database = await TestDatabase.CopyAsync();
        var (code, _, errors) = await LiaisonAsync(database, "serve", (setting, value));
        Assert.Equal(1, code);
        Assert.Contains(told, Assert.Single(Lines(errors)), StringComparison.Ordinal);
        Assert.DoesNotContain("heim", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve", "this is no database, whatever its name says")]
    [InlineData("check", "this is no database, whatever its name says")]
    [InlineData("serve", null)]
    [InlineData("check", null)]
    public async Task A_file_that_is_damaged_or_no_database_is_named(string command, string? text)
    {
        await using var database = await TestDatabase.EmptyAsync();
        var file = Path.Combine(database.Settings.DataFolder, "other.db");
        if (text is not null) await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        else
        {
            await LiaisonAsync(database, "migrate", ("LIAISON_DATABASE", file));
            await using var cut = File.OpenWrite(file);
            cut.SetLength(cut.Length / 2);
        }
        var (code, output, errors) = await LiaisonAsync(database, command, ("LIAISON_DATABASE", file));
        Assert.Equal(1, code);
        Assert.Contains($"{file} is damaged", Assert.Single(Lines(command == "check" ? output : errors), l => !l.StartsWith("ok ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve"), InlineData("check")]
    public async Task The_file_of_another_program_is_left_as_it_is(string command)
    {
        await using var database = await TestDatabase.EmptyAsync();
        var file = Path.Combine(database.Settings.DataFolder, "accounts.db");
        await using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var create = other.CreateCommand();
            create.CommandText = "CREATE TABLE ledger (amount INTEGER)";
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var (code, output, errors) = await LiaisonAsync(database, command, ("LIAISON_DATABASE", file));
        Assert.Equal(1, code);
        Assert.Contains("ledger", Assert.Single(Lines(output + errors), l => !l.StartsWith("ok ", StringComparison.Ordinal)), StringComparison.Ordinal);
        await using var same = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        await same.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = same.CreateCommand();
        count.CommandText = "SELECT count(*) FROM sqlite_master";
        Assert.Equal(1L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("migrate", "folder", "is a folder"), InlineData("check", "folder", "is a folder")]
    [InlineData("check", "text.txt/liaison.db", "text.txt is a file")]
    public async Task What_stands_where_the_database_would_be_is_named(string command, string place, string told)
    {
        await using var database = await TestDatabase.EmptyAsync();
        Directory.CreateDirectory(Path.Combine(database.Settings.DataFolder, "folder"));
        await File.WriteAllTextAsync(Path.Combine(database.Settings.DataFolder, "text.txt"), "x", TestContext.Current.CancellationToken);
        var (code, output, errors) = await LiaisonAsync(database, command, ("LIAISON_DATABASE", "sqlite:" + Path.Combine(database.Settings.DataFolder, place)));
        Assert.Equal(1, code);
        Assert.Contains(told, Assert.Single(Lines(output + errors), l => !l.StartsWith("ok ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_stops_the_start_at_once()
    {
        // A folder where the lock would be: whoever runs the tests may write everywhere.
        await using var database = await TestDatabase.EmptyAsync();
        var file = Path.Combine(database.Settings.DataFolder, "other.db");
        Directory.CreateDirectory(file + ".migrating");
        var (code, _, errors) = await LiaisonAsync(database, "serve", ("LIAISON_DATABASE", file));
        Assert.Equal(1, code);
        Assert.Contains($"{file} cannot be opened", Assert.Single(Lines(errors)), StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<(int Code, string Output, string Errors)> LiaisonAsync(TestDatabase database, string command, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "liaison.dll"), .. command.Split(' ')])
        {
            WorkingDirectory = database.Settings.DataFolder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["LIAISON_DATA"] = database.Settings.DataFolder, ["LIAISON_DATABASE"] = database.Setting, ["LIAISON_URL"] = "http://127.0.0.1:0" },
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { process.Kill(entireProcessTree: true); throw; }
        return (process.ExitCode, await output, await errors);
    }
}

/// <summary>A module whose migration cannot be run.</summary>
public sealed class BrokenModule : Module
{
    public override string Name => "broken";
}

[DbContext(typeof(LiaisonDb)), Migration("999812310001_Broken")]
internal sealed class Broken : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("INSERT INTO no_such_table VALUES (1)");
}
