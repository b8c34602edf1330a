using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Host;

/// <summary>liaison COMMAND: results on standard output, messages on standard error, exit code 0 or not.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        Configuration? configuration = null;
        try
        {
            configuration = Configuration.Read();
            if (args.Length == 0) return await ServeAsync(configuration);
            if (args[0] is "help" or "--help" or "-h") return Help(configuration, string.Join(' ', args[1..]));
            if (args[^1] is "--help" or "-h") return Help(configuration, string.Join(' ', args[..^1].TakeWhile(a => !a.StartsWith('-'))));
            if (args[0] is "serve" or "migrate" && args.Length > 1) return Fail($"\"{args[0]}\" has no options and takes no other word.");
            if (args[0] == "serve") return await ServeAsync(configuration);
            return await RunCommandAsync(configuration, args);
        }
        catch (CannotStartException e) { return Fail(e.Message); }
        catch (FormatException e) { return Fail(e.Message); }
        catch (Exception e) when (configuration is not null && DatabaseTrouble.Explain(e, configuration.Database) is { } why) { return Fail(why); }
        catch (Exception e) when (configuration is { IsDevelopment: false })
        {
            return Fail($"The program is at fault ({e.GetType().Name}: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}): please report it, with what LIAISON_DEVELOPMENT=1 shows.");
        }
    }

    private static async Task<int> ServeAsync(Configuration configuration)
    {
        await using var app = LiaisonHost.Build(configuration);
        await app.Services.GetRequiredService<Migrator>().RunAsync();
        try { await app.StartAsync(); }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        { throw new CannotStartException($"{e.Message.TrimEnd('.')}: another program (perhaps Liaison itself) listens there; stop it or set LIAISON_URL.", e); }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        { throw new CannotStartException($"LIAISON_URL: nothing can listen on {configuration.Url} ({e.Message.TrimEnd('.')}): give an address of this machine and a port that is free.", e); }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested) { return 0; }
        await Console.Error.WriteLineAsync($"Liaison is ready: {string.Join(", ", app.Urls)}");
        _ = Settle.WhenIdleAsync(app.Lifetime.ApplicationStopping);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<int> RunCommandAsync(Configuration configuration, string[] args)
    {
        await using var app = LiaisonHost.Build(configuration);
        if (args[0] == "check") return await Check.RunAsync(app.Services, configuration, args[1..]);
        var commands = Commands(app.Services);
        var line = string.Join(' ', args);
        var command = commands.Where(c => line == c.Name || line.StartsWith(c.Name + " ", StringComparison.Ordinal)).MaxBy(c => c.Name.Length);
        if (command is null && args[0] != "migrate")
        {
            var alike = commands.Where(c => c.Name.StartsWith(args[0] + " ", StringComparison.Ordinal)).Select(c => c.Name).ToList();
            return Fail(alike.Count > 0 ? $"Say which: {string.Join(", ", alike)}." : $"There is no command \"{args[0]}\"; liaison help lists them.");
        }
        // What is not understood is said before anything is done.
        var arguments = command?.Parse(args.Skip(command.Name.Split(' ').Length));
        await app.Services.GetRequiredService<Migrator>().RunAsync();
        if (command is null) { await Console.Error.WriteLineAsync("The database is up to date."); return 0; }
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = Viewer.System;
        return await command.RunAsync(scope.ServiceProvider, arguments!);
    }

    private static List<Command> Commands(IServiceProvider services) => [.. services.GetRequiredService<ModuleList>().All.SelectMany(m => m.Commands)];

    private static int Help(Configuration configuration, string about)
    {
        using var app = LiaisonHost.Build(configuration);
        List<string> usages =
        [
            "serve\n    Starts the server (also without any word).", "migrate\n    Brings the database to this version.",
            "check [--json]\n    Checks configuration, database and integrity.", .. Commands(app.Services).Select(c => c.Usage),
        ];
        var wanted = usages.FindAll(u => about.Length == 0 || (u + " ").StartsWith(about + " ", StringComparison.Ordinal) || u.StartsWith(about + "\n", StringComparison.Ordinal));
        if (wanted.Count == 0) return Fail($"There is no command \"{about}\"; liaison help lists them.");
        foreach (var usage in wanted) Console.WriteLine("liaison " + usage);
        return 0;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
