using Liaison.Kernel;
using Liaison.Kernel.Api;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Exchange.Exports;

/// <summary>liaison export contacts: to standard output or a file.</summary>
internal static class ExportCommand
{
    public static readonly Command Command = new("export", "export contacts [--format csv|xlsx|vcf|vcf3] [--fields a,b] [--filter \"status=prospect&tag=VIP\"] [--language fr|en] [--output FILE]\n    Writes the records, with status and last action, to standard output or a file.", RunAsync);

    private static async Task<int> RunAsync(IServiceProvider services, Arguments arguments)
    {
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture = Kernel.Access.Cultures.Of(arguments["language"]);
        var export = services.GetRequiredService<WriteExport>();
        if (arguments.Words is not [var target] || export.Source(target) is not { } source)
        {
            await Console.Error.WriteLineAsync("Say what: liaison export contacts.");
            return 1;
        }
        try
        {
            var query = new QueryCollection(QueryHelpers.ParseQuery(arguments["filter"]));
            var fields = arguments["fields"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            await using var output = arguments["output"] is { Length: > 0 } file ? File.Create(file) : Console.OpenStandardOutput();
            await export.RunAsync(source, query, WriteExport.FormatOf(arguments["format"]), fields, () => output, CancellationToken.None);
            return 0;
        }
        catch (BadFieldException e)
        {
            await Console.Error.WriteLineAsync(services.GetRequiredService<Localizer>()[e.Text, e.Arguments]);
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The file cannot be written: {e.Message}");
            return 1;
        }
    }
}
