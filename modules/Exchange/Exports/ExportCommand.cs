using System.Globalization;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Exchange.Exports;

/// <summary>liaison export contacts: to standard output or a file.</summary>
internal static class ExportCommand
{
    public static readonly Command Command = new("export",
        "export contacts [--format csv|xlsx|vcf|vcf3] [--fields a,b] [--filter \"status=prospect&tag=VIP\"] [--language fr|en] [--user EMAIL] [--output FILE]\n"
        + "    Writes the records that the account sees, with status and last action, to standard output or a file; by default all, with dates in the time zone of the first administrator.", RunAsync);

    private static async Task<int> RunAsync(IServiceProvider services, Arguments arguments)
    {
        if (arguments["language"] is { } code && !Cultures.Codes.Contains(code)) return Fail($"There is no language \"{code}\": give {string.Join(" or ", Cultures.Codes)}.");
        // Dates are written as imports read them: in the time zone of whoever does it.
        if (await services.GetRequiredService<IViewerOfName>().FindAsync(arguments["user"], CancellationToken.None) is not { } viewer)
            return Fail(arguments["user"] is { } name ? $"There is no open account {name}." : "There is no administrator to export for: give --user EMAIL.");
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = viewer;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = arguments["language"] is { } language ? Cultures.Of(language) : viewer.Culture;
        return await RunAsync(scope.ServiceProvider, viewer, arguments);
    }

    private static async Task<int> RunAsync(IServiceProvider services, Viewer viewer, Arguments arguments)
    {
        var export = services.GetRequiredService<WriteExport>();
        if (arguments.Words is not [var target] || export.Source(target) is not { } source) return Fail("Say what: liaison export contacts.");
        if (!viewer.May("exchange.export") || !viewer.May(source.Permission)) return Fail($"{viewer.Name} may not export {target}.");
        try
        {
            var query = new QueryCollection(QueryHelpers.ParseQuery(arguments["filter"]));
            // A filter that is not understood must not let everything out.
            if (query.Keys.FirstOrDefault(k => !source.Filters.Contains(k)) is { } unknown) throw new BadFieldException(unknown, "export.error.filter", unknown, string.Join(", ", source.Filters));
            var fields = arguments["fields"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (fields is { Length: 0 }) throw new BadFieldException("fields", "export.error.noneNamed");
            using var interruption = new Interruption();
            await WholeFile.WriteAsync(arguments["output"], output => export.RunAsync(source, query, WriteExport.FormatOf(arguments["format"]), fields, () => output, interruption.Token));
            return 0;
        }
        catch (BadFieldException e)
        {
            return Fail(services.GetRequiredService<Localizer>()[e.Text, e.Arguments]);
        }
        catch (OperationCanceledException)
        {
            Fail(services.GetRequiredService<Localizer>()["export.command.interrupted"]);
            return Interruption.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"The file cannot be written: {e.Message}");
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
