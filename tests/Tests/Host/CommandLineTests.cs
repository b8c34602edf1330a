using Liaison.Access;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Host;

/// <summary>What is typed wrongly is told in one line, and nothing is done.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("takes no other word", "migrate", "now")]
    [InlineData("has no options", "serve", "--port=80")]
    [InlineData("user add, user reset-password, user list", "user")]
    [InlineData("\"now\"", "user", "list", "now")]
    [InlineData("\"surplus\"", "token", "add", "surplus", "--user", "admin", "--name", "Surplus")]
    [InlineData("--name", "user", "add", "twice@command.example", "--name", "A", "--name", "B")]
    [InlineData("one line", "user", "add", "lines@command.example", "--name", "A\u0001B")]
    [InlineData("200 characters", "token", "add", "--user", "admin", "--name", "A\u0001B")]
    [InlineData("--json", "user", "list", "--json=no")]
    [InlineData("\"walk\"", "help", "walk")]
    [InlineData("fr or en", "export", "contacts", "--language", "xx")]
    [InlineData("« stauts »", "export", "contacts", "--filter", "stauts=client")]
    [InlineData("au moins un champ", "export", "contacts", "--fields", "")]
    public async Task What_is_typed_wrongly_is_told_in_one_line(string told, params string[] words)
    {
        await using var database = await TestDatabase.CopyAsync();
        var (code, said) = await LiaisonProcess.RunAsync(database, words);
        Assert.Equal(1, code);
        var line = Assert.Single(said.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(told, line.Replace('\u202F', ' ').Replace('\u00A0', ' '), StringComparison.Ordinal);
        await using var eyes = database.Build();
        await using var db = eyes.Services.GetRequiredService<Databases>().Open(Viewer.System);
        Assert.False(await db.Set<User>().AnyAsync(u => u.Email!.EndsWith("@command.example")));
        Assert.False(await db.Set<ApiToken>().AnyAsync(t => t.Name == "Surplus" || t.Name == "A\u0001B"));
    }

    [Theory]
    [InlineData("user add", "user", "add", "--help")]
    [InlineData("token revoke", "help", "token", "revoke")]
    public async Task Help_about_a_command_shows_that_command_alone(string command, params string[] words)
    {
        await using var database = await TestDatabase.CopyAsync();
        var (code, said) = await LiaisonProcess.RunAsync(database, words);
        Assert.Equal(0, code);
        Assert.StartsWith("liaison " + command, Assert.Single(said.Split(Environment.NewLine), l => l.StartsWith("liaison ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
