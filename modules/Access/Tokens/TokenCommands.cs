using System.Text.Json;
using Liaison.Kernel;
using Liaison.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Access;

/// <summary>liaison token add</summary>
internal static class TokenCommands
{
    public static Command Add => new("token add", "token add --user EMAIL|admin --name NAME\n    Makes an API token for the account and prints it, once.", AddAsync);

    private static async Task<int> AddAsync(IServiceProvider services, Arguments arguments)
    {
        var db = services.GetRequiredService<LiaisonDb>();
        if (arguments["user"] is not { Length: > 0 } email) return UserCommands.Fail("Give the account: --user EMAIL");
        if (arguments["name"]?.Trim() is not { Length: > 0 and <= 200 } name) return UserCommands.Fail("Say what the token is for: --name NAME");
        if (await UserCommands.FindAsync(db, email) is not { } user) return UserCommands.Fail($"There is no account {email}.");
        if (user.ClosedAt is not null) return UserCommands.Fail($"The account {email} is closed.");
        var token = await services.GetRequiredService<Tokens>().CreateAsync(db, user.Id, name);
        Console.WriteLine(arguments.Json ? JsonSerializer.Serialize(new { token, name, user = email }, Kernel.Api.ApiJson.Options) : token);
        return 0;
    }
}
