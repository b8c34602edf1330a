using System.Globalization;
using Liaison.Exchange.Reading;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Exchange.Imports;

/// <summary>The options of the command line as input of an import.</summary>
internal static class ImportArguments
{
    /// <exception cref="FormatException">An option says something that cannot be.</exception>
    public static async Task<ImportInput> ReadAsync(IServiceProvider services, Arguments arguments, ContactFile file, CancellationToken cancel)
    {
        var texts = services.GetRequiredService<Localizer>();
        var input = new ImportInput
        {
            Duplicates = arguments["duplicates"], Access = arguments["access"], Type = arguments["type"], Status = arguments["status"], Encoding = arguments["encoding"], Delimiter = arguments["delimiter"], Sheet = arguments["sheet"], DateOrder = arguments["dates"],
            MatchBy = arguments.Many("match"), Tags = arguments.Many("tag"),
            Header = arguments["header"] switch { null => null, "yes" or "true" => true, "no" or "false" => false, var other => throw new FormatException(texts["imports.command.header", other]) },
            HeaderRow = arguments["header-row"] is not { } row ? null : int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : throw new FormatException(texts["imports.command.number", "--header-row", row]),
            Company = arguments["company"] is not { } company ? null : long.TryParse(company, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new FormatException(texts["imports.command.number", "--company", company]),
        };
        if (arguments.Many("responsible") is { } users)
        {
            input.Responsibles = [];
            foreach (var user in users) input.Responsibles.Add((await services.GetRequiredService<IViewerOfName>().FindAsync(user, cancel))?.UserId ?? throw new FormatException(texts["imports.command.account", user]));
        }
        if (arguments.Many("map") is { } map)
        {
            var shape = input.OnSheet(file.Shape, file.Text);
            var headers = shape is { Fatal: null, IsTable: true } ? CsvRows.Header(file.Text, input.ApplyTo(shape)) : [];
            input.Mapping = map.ConvertAll(m => Column(m, headers, texts));
        }
        return input;
    }

    /// <summary>The option that a problem of the input is about.</summary>
    public static string OptionOf(Kernel.Validation.Problem problem) => "--" + (problem.Path.Split('[')[0] switch
    {
        nameof(ImportInput.Mapping) => "map", nameof(ImportInput.MatchBy) => "match", nameof(ImportInput.Tags) => "tag", nameof(ImportInput.Responsibles) => "responsible",
        nameof(ImportInput.HeaderRow) => "header-row", nameof(ImportInput.DateOrder) => "dates", _ => problem.ApiPath,
    });

    private static ColumnTarget Column(string text, string[] headers, Localizer texts)
    {
        var equals = text.LastIndexOf('=');
        if (equals < 1) throw new FormatException(texts["imports.command.map", text]);
        var name = text[..equals].Trim();
        var column = Array.FindIndex(headers, h => string.Equals(h.Trim(), name, StringComparison.OrdinalIgnoreCase));
        if (column < 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) column = number - 1;
        if (column < 0 || (headers.Length > 0 && column >= headers.Length)) throw new FormatException(texts["imports.command.column", name, string.Join(", ", headers)]);
        return new(column, text[(equals + 1)..].Trim());
    }
}
