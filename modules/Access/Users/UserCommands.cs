using System.Text.Json;
using Liaison.Kernel;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Access;

/// <summary>liaison user add, user reset-password, user list</summary>
internal static class UserCommands
{
    public static IEnumerable<Command> All =>
    [
        new("user add", "user add EMAIL --name NAME --role administrator|user\n    Adds an account and prints its one-time password.", AddAsync),
        new("user reset-password", "user reset-password EMAIL\n    Gives the account a new one-time password and prints it; all its sessions end.", ResetAsync),
        new("user list", "user list\n    Lists the accounts.", ListAsync),
    ];

    /// <summary>The account with this user name or e-mail.</summary>
    public static Task<User?> FindAsync(LiaisonDb db, string name)
    {
        var wanted = User.Normalize(name);
        return db.Set<User>().FirstOrDefaultAsync(u => u.NormalizedUserName == wanted || u.NormalizedEmail == wanted);
    }

    public static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }

    private static async Task<int> AddAsync(IServiceProvider services, Arguments arguments)
    {
        var db = services.GetRequiredService<LiaisonDb>();
        if (arguments.Words is not [var email]) return Fail("Give one e-mail address: liaison user add EMAIL --name NAME --role administrator|user");
        if (!NewUser.IsEmail(email)) return Fail($"\"{email}\" is not an e-mail address.");
        if (arguments["name"]?.Trim() is not { Length: > 0 and <= 200 } name || name.Any(char.IsControl)) return Fail("Give the person's name, at most 200 characters on one line: --name NAME");
        Level? level = (arguments["role"] ?? "user").ToLowerInvariant() switch { "user" => Level.User, "administrator" or "admin" => Level.Administrator, _ => null };
        if (level is null) return Fail($"There is no role \"{arguments["role"]}\": give administrator or user.");
        if (await FindAsync(db, email) is not null) return Fail($"There is already an account {email}.");
        var (user, password) = await NewUser.AddAsync(db, services.GetRequiredService<Passwords>(), email, name, level.Value);
        Console.WriteLine(arguments.Json ? JsonSerializer.Serialize(new { user.Id, user.Email, user.Name, user.Level, password }, Kernel.Api.ApiJson.Options) : password);
        return 0;
    }

    private static async Task<int> ResetAsync(IServiceProvider services, Arguments arguments)
    {
        var db = services.GetRequiredService<LiaisonDb>();
        if (arguments.Words is not [var email]) return Fail("Give one e-mail address: liaison user reset-password EMAIL");
        if (await FindAsync(db, email) is not { } user) return Fail($"There is no account {email}.");
        var password = Passwords.Random();
        services.GetRequiredService<Passwords>().Set(user, password, mustChange: true);
        await db.InTransactionAsync(async () =>
        {
            await db.Set<Session>().Where(s => s.UserId == user.Id).ExecuteDeleteAsync();
            db.Record("user.passwordReset", "user", user.Id);
            await db.SaveChangesAsync();
        });
        if (user.UserName == FirstAdministrator.UserName) FirstAdministrator.Forget(services.GetRequiredService<DatabaseSettings>());
        Console.WriteLine(arguments.Json ? JsonSerializer.Serialize(new { user.Id, user.Email, password }, Kernel.Api.ApiJson.Options) : password);
        return 0;
    }

    private static async Task<int> ListAsync(IServiceProvider services, Arguments arguments)
    {
        var users = await services.GetRequiredService<LiaisonDb>().Set<User>().AsNoTracking().OrderBy(u => u.Id)
            .Select(u => new { u.Id, u.UserName, u.Email, u.Name, u.Level, u.ClosedAt }).ToListAsync();
        if (arguments.Json) Console.WriteLine(JsonSerializer.Serialize(users, Kernel.Api.ApiJson.Options));
        else foreach (var user in users) Console.WriteLine($"{user.Email ?? user.UserName}\t{user.Name}\t{user.Level.ToString().ToLowerInvariant()}{(user.ClosedAt is null ? "" : "\tclosed")}");
        return 0;
    }
}
