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
            var fields = arguments["fields"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            await WholeFile.WriteAsync(arguments["output"], output => export.RunAsync(source, query, WriteExport.FormatOf(arguments["format"]), fields, () => output, CancellationToken.None));
            return 0;
        }
        catch (BadFieldException e)
        {
            return Fail(services.GetRequiredService<Localizer>()[e.Text, e.Arguments]);
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
