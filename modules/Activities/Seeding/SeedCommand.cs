using System.Globalization;
using Liaison.Kernel;
using Liaison.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Activities.Seeding;

/// <summary>liaison seed --contacts N.</summary>
internal static class SeedCommand
{
    public static async Task<int> RunAsync(IServiceProvider services, Arguments arguments)
    {
        if (!int.TryParse(arguments["contacts"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 10 or > 20_000_000)
        {
            await Console.Error.WriteLineAsync("Say how many: liaison seed --contacts 10000 (10 to 20000000).");
            return 1;
        }
        try
        {
            await new SeedBase(services.GetRequiredService<LiaisonDb>()).RunAsync(count, done => Console.Error.Write($"\r{done:N0} of {count:N0} contacts"), CancellationToken.None);
        }
        catch (InvalidOperationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        await Console.Error.WriteLineAsync();
        if (arguments.Json) Console.WriteLine($"{{\"contacts\":{count}}}");
        return 0;
    }
}
