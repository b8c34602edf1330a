using System.Diagnostics;
using Liaison.Access;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Access;

public sealed class FirstAdministratorTests
{
    [Fact]
    public async Task Two_programs_that_start_at_once_make_one_administrator_whose_password_is_in_the_file()
    {
        await using var database = await TestDatabase.EmptyAsync();
        await using var one = database.Build();
        await using var two = database.Build();
        await Task.WhenAll(one.Services.GetRequiredService<Migrator>().RunAsync(), two.Services.GetRequiredService<Migrator>().RunAsync());
        await using var db = one.Services.GetRequiredService<Databases>().Open(Viewer.System);
        var admin = await db.Set<User>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("admin", Level.Administrator, true), (admin.UserName, admin.Level, admin.MustChangePassword));
        var file = Path.Combine(database.Settings.DataFolder, "initial-password.txt");
        string[] files = TestDatabase.Engine == Engine.Sqlite ? [file, database.Settings.File!, database.Settings.File + "-wal"] : [file];
        if (!OperatingSystem.IsWindows()) foreach (var mine in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(mine));
        Assert.True(one.Services.GetRequiredService<Passwords>().Check(admin, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim(), out _));
    }

    [Fact]
    public async Task The_file_goes_away_when_the_password_is_changed()
    {
        await using var server = new EmptyServer();
        await server.InitializeAsync();
        var file = Path.Combine(server.Database.DataFolder, "initial-password.txt");
        var password = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim();
        var page = await SignIn.FillAsync(await server.As(Cast.Nobody).GetAsync("/sign-in"), "admin", password);
        Assert.Equal("/account/password", page.Url);
        await page.Form().Fill("Input.Current", password).Fill("Input.New", "a sentence of my own").SubmitAsync(follow: false);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task The_command_line_adds_people_and_tokens_and_prints_the_secret_alone()
    {
        await using var database = await TestDatabase.EmptyAsync();
        var (code, password, _) = await RunAsync(database, "user", "add", "zoe@liaison.example", "--name", "Zoé", "--role", "administrator");
        Assert.Equal(0, code);
        Assert.Matches("^[a-z2-9]{4}(-[a-z2-9]{4}){3}\n$", password);
        Assert.Matches("^lia_[A-Za-z0-9]{43}\n$", (await RunAsync(database, "token", "add", "--user", "admin", "--name", "tests")).Output);
        var again = await RunAsync(database, "user", "add", "ZOE@liaison.example", "--name", "Zoé", "--role", "user");
        Assert.Equal(1, again.Code);
        Assert.Contains("zoe@liaison.example", again.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, (await RunAsync(database, "user", "add", "other@liaison.example", "--name", "O", "--role", "owner")).Code);
        var users = (await RunAsync(database, "user", "list", "--json")).Output;
        Assert.Equal(2, System.Text.Json.JsonDocument.Parse(users).RootElement.GetArrayLength());
        Assert.DoesNotContain("hash", users, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(TestDatabase database, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "liaison.dll"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["LIAISON_DATABASE"] = database.Setting;
        start.Environment["LIAISON_DATA"] = database.Settings.DataFolder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private sealed class EmptyServer : LiaisonServer
    {
        protected override async Task<TestDatabase> DatabaseAsync()
        {
            var database = await TestDatabase.EmptyAsync();
            await using var app = database.Build();
            await app.Services.GetRequiredService<Migrator>().RunAsync();
            return database;
        }
    }
}
