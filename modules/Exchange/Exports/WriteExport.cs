using System.Text;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Http;

namespace Liaison.Exchange.Exports;

/// <summary>Formats of an export.</summary>
public enum ExportFormat
{
    /// <summary>UTF-8 with byte order mark; semicolons in French, commas in English.</summary>
    Csv,
    /// <summary>Excel workbook.</summary>
    Xlsx,
    /// <summary>vCard 4.0 (or 3.0 as vcf3).</summary>
    Vcf,
    /// <summary>vCard 3.0.</summary>
    Vcf3,
}

/// <summary>Writes an export to a stream, page by page; memory stays flat whatever the size.</summary>
public sealed class WriteExport(LiaisonDb db, IEnumerable<ExportSource> sources, Localizer texts)
{
    /// <summary>The source of this key, or null.</summary>
    public ExportSource? Source(string key) => sources.FirstOrDefault(s => s.Key == key);

    /// <summary>Reads "csv", "xlsx", "vcf", "vcf3"; csv for nothing.</summary>
    /// <exception cref="BadFieldException">Another word.</exception>
    public static ExportFormat FormatOf(string? word) =>
        string.IsNullOrEmpty(word) ? ExportFormat.Csv : EnumWords.Find<ExportFormat>(word) ?? throw new BadFieldException("format", "export.error.format", word);

    /// <summary>Media type and file name of an export.</summary>
    public static (string ContentType, string FileName) Names(string key, ExportFormat format, DateTime now) => format switch
    {
        ExportFormat.Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FormattableString.Invariant($"{key}-{now:yyyy-MM-dd}.xlsx")),
        ExportFormat.Csv => ("text/csv; charset=utf-8", FormattableString.Invariant($"{key}-{now:yyyy-MM-dd}.csv")),
        _ => ("text/vcard; charset=utf-8", FormattableString.Invariant($"{key}-{now:yyyy-MM-dd}.vcf")),
    };

    /// <summary>Writes what the query string selects. The journal says who took what before the first byte leaves.</summary>
    public async Task RunAsync(ExportSource source, IQueryCollection query, ExportFormat format, IReadOnlyList<string>? fields, Func<Stream> begin, CancellationToken cancel)
    {
        var open = format is ExportFormat.Csv or ExportFormat.Xlsx ? await source.OpenAsync(db, query, fields, cancel) : null;
        db.Record(source.Key + ".exported", "export", 0, new { query = string.Join('&', query.Select(q => $"{q.Key}={q.Value}")), format = format.ToString() });
        await db.SaveChangesAsync(cancel);
        var output = begin();
        if (format == ExportFormat.Xlsx) await new XlsxWriter(texts).WriteAsync(output, open!, cancel);
        else if (format == ExportFormat.Csv) await CsvAsync(output, open!, cancel);
        else
        {
            await using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            await source.WriteCardsAsync(db, query, writer, format == ExportFormat.Vcf3, cancel);
        }
    }

    private static async Task CsvAsync(Stream output, OpenExport open, CancellationToken cancel)
    {
        var french = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr";
        // Not disposed: after a failure nothing more is sent, and the server refuses blocking writes.
        var csv = new CsvWriter(output, french ? ';' : ',');
        csv.Write(open.Headers);
        await foreach (var page in open.Rows.WithCancellation(cancel))
        {
            csv.Write(page);
            await csv.FlushAsync(cancel);
        }
        await csv.FlushAsync(cancel);
    }
}
