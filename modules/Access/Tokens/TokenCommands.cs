using System.Globalization;
using System.Text.Json;
using Liaison.Kernel;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Access;

/// <summary>liaison token add, token list, token revoke</summary>
internal static class TokenCommands
{
    private const int MostDays = 3650;

    public static IEnumerable<Command> All =>
    [
        new("token add", "token add --user EMAIL|admin --name NAME [--expires DAYS] [--permissions a,b]\n    Makes an API token for the account and prints it, once. It may end by itself, and carry only some of the account's permissions.", AddAsync),
        new("token list", "token list [--user EMAIL]\n    Lists API tokens: number, account, name, last use, end, permissions.", ListAsync),
        new("token revoke", "token revoke NUMBER | token revoke --user EMAIL\n    Ends one API token, or all of an account.", RevokeAsync),
    ];

    private static async Task<int> AddAsync(IServiceProvider services, Arguments arguments)
    {
        var db = services.GetRequiredService<LiaisonDb>();
        if (arguments["user"] is not { Length: > 0 } email) return UserCommands.Fail("Give the account: --user EMAIL");
        if (arguments["name"]?.Trim() is not { Length: > 0 and <= 200 } name || name.Any(char.IsControl)) return UserCommands.Fail("Say what the token is for, in at most 200 characters on one line: --name NAME");
        DateTime? expires = null;
        if (arguments["expires"] is { } days)
        {
            if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MostDays) return UserCommands.Fail($"Give the days after which it ends, 1 to {MostDays}: --expires DAYS");
            expires = db.Clock.Now().AddDays(number);
        }
        var permissions = arguments["permissions"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var known = services.GetRequiredService<ModuleList>().Permissions;
        if (permissions is { Length: 0 }) return UserCommands.Fail($"Name at least one permission: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}");
        if (permissions?.FirstOrDefault(p => !known.ContainsKey(p)) is { } wrong) return UserCommands.Fail($"There is no permission \"{wrong}\"; there are {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}.");
        if (await UserCommands.FindAsync(db, email) is not { } user) return UserCommands.Fail($"There is no account {email}.");
        if (user.ClosedAt is not null) return UserCommands.Fail($"The account {email} is closed.");
        var token = await services.GetRequiredService<Tokens>().CreateAsync(db, user.Id, name, permissions, expires);
        Console.WriteLine(arguments.Json ? JsonSerializer.Serialize(new { token, name, user = email, expires, permissions }, Kernel.Api.ApiJson.Options) : token);
        return 0;
    }

    private static async Task<int> ListAsync(IServiceProvider services, Arguments arguments)
    {
        var db = services.GetRequiredService<LiaisonDb>();
        var wanted = arguments["user"] is { } email ? await UserCommands.FindAsync(db, email) : null;
        if (wanted is null && arguments.Has("user")) return UserCommands.Fail($"There is no account {arguments["user"]}.");
        var tokens = await db.Set<ApiToken>().AsNoTracking().Where(t => wanted == null || t.UserId == wanted.Id).OrderBy(t => t.Id)
            .Join(db.Set<User>(), t => t.UserId, u => u.Id, (t, u) => new { t.Id, User = u.Email ?? u.UserName, t.Name, t.CreatedAt, t.LastUsedAt, t.ExpiresAt, t.Permissions }).ToListAsync();
        if (arguments.Json) Console.WriteLine(JsonSerializer.Serialize(tokens, Kernel.Api.ApiJson.Options));
        else foreach (var t in tokens) Console.WriteLine($"{t.Id}\t{t.User}\t{t.Name}\tused {Day(t.LastUsedAt)}\tends {Day(t.ExpiresAt)}\t{t.Permissions ?? "all"}");
        return 0;

        static string Day(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never";
    }

    private static async Task<int> RevokeAsync(IServiceProvider services, Arguments arguments)
    {
        var db = services.GetRequiredService<LiaisonDb>();
        long? id = arguments.Words is [var word] && long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (id is null == !arguments.Has("user")) return UserCommands.Fail("Give the token's number (liaison token list), or --user EMAIL for all of an account.");
        var user = id is { } one ? await db.Set<ApiToken>().Where(t => t.Id == one).Select(t => (long?)t.UserId).FirstOrDefaultAsync() : (await UserCommands.FindAsync(db, arguments["user"]!))?.Id;
        if (user is null) return UserCommands.Fail(id is null ? $"There is no account {arguments["user"]}." : $"There is no token {id}.");
        var ended = await services.GetRequiredService<Tokens>().RevokeAsync(db, user.Value, id);
        Console.WriteLine(arguments.Json ? JsonSerializer.Serialize(new { ended }, Kernel.Api.ApiJson.Options) : $"{ended} ended");
        return 0;
    }
}
