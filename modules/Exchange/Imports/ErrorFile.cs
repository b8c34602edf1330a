using System.Text;
using System.Text.Json;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Liaison.Kernel.Files;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>The refused rows as a file: the columns of the input as they are, and one more with the reasons. Corrected, it can be imported.</summary>
public sealed class ErrorFile(LiaisonDb db, ImportRows words, Localizer texts)
{
    private const int Step = 500;
    private const string ReasonProperty = "X-LIAISON-REASON";

    /// <summary>Name and media type of the download.</summary>
    public static (string Name, string ContentType) Of(Import import)
    {
        var (name, isCard) = (Path.GetFileNameWithoutExtension(import.FileName), StartImport.ShapeOf(import).Format == FileFormat.VCard);
        return isCard ? (name + ".errors.vcf", "text/vcard") : (name + ".errors.csv", "text/csv; charset=utf-8");
    }

    /// <summary>Writes the file; flat memory.</summary>
    public async Task WriteAsync(Import import, ImportTarget target, Stream output, CancellationToken cancel)
    {
        var shape = StartImport.ShapeOf(import);
        var stored = await db.Set<StoredFile>().AsNoTracking().SingleAsync(f => f.Id == import.FileId, cancel);
        // The rows are read from a copy, since one context does one thing at a time.
        await using var file = TemporaryFile.Create();
        await using (var source = db.OpenFile(stored)) await source.CopyToAsync(file, cancel);
        if (shape.Format == FileFormat.VCard) await CardsAsync(import, target, file, shape, output, cancel);
        else await RowsAsync(import, target, file, shape, output, cancel);
    }

    private async Task RowsAsync(Import import, ImportTarget target, FileStream file, FileShape shape, Stream output, CancellationToken cancel)
    {
        // Answers may only be written asynchronously, so rows are collected in memory first.
        using var memory = new MemoryStream();
        using var writer = new PlainCsv(memory, shape.Delimiter);
        var width = shape.Columns;
        var header = CsvRows.Header(file, shape);
        width = Math.Max(width, header.Length);
        if (shape.HasHeader) writer.Write([.. header, texts["imports.errors.column"]]);
        using var rows = CsvRows.Read(file, shape).GetEnumerator();
        await foreach (var (number, reasons) in RefusedAsync(import, target, cancel))
        {
            while (rows.MoveNext() && rows.Current.Number < number) { }
            var cells = rows.Current.Cells;
            // A row with too many cells keeps them all; the reason comes behind.
            writer.Write([.. cells, .. Enumerable.Repeat("", Math.Max(0, width - cells.Length)), reasons]);
            if (memory.Length > 1 << 16) await DrainAsync(writer, memory, output, cancel);
        }
        await DrainAsync(writer, memory, output, cancel);
    }

    private static async Task DrainAsync(PlainCsv writer, MemoryStream memory, Stream output, CancellationToken cancel)
    {
        writer.Flush();
        await output.WriteAsync(memory.GetBuffer().AsMemory(0, (int)memory.Length), cancel);
        memory.SetLength(0);
    }

    // Bytes stay as they are, since each property of a card may have a charset of its own; only wide files are read as text.
    private async Task CardsAsync(Import import, ImportTarget target, FileStream file, FileShape shape, Stream output, CancellationToken cancel)
    {
        var isWide = shape.Encoding.StartsWith("utf-16", StringComparison.Ordinal) || shape.Encoding.StartsWith("utf-32", StringComparison.Ordinal);
        var encoding = isWide ? FileShape.Decoder(shape.Encoding) : Encoding.Latin1;
        file.Position = 0;
        using var reader = new StreamReader(file, encoding, false, 1 << 16, leaveOpen: true);
        await using var writer = new StreamWriter(output, encoding, 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        if (isWide) await writer.WriteAsync('\uFEFF');
        await using var refused = RefusedAsync(import, target, cancel).GetAsyncEnumerator(cancel);
        var (more, isOpen, card) = (await refused.MoveNextAsync(), false, 0L);
        Task ReasonAsync() => writer.WriteLineAsync((ReasonProperty + ":" + (isWide ? Quoted(refused.Current.Reasons) : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Quoted(refused.Current.Reasons))))).AsMemory(), cancel);
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (IsLine(line, "BEGIN:VCARD"))
            {
                // A card without END ends where the next one begins.
                if (isOpen) await ReasonAsync();
                card++;
                while (more && refused.Current.Number < card) more = await refused.MoveNextAsync();
                isOpen = more && refused.Current.Number == card;
            }
            if (!isOpen || line.StartsWith(ReasonProperty, StringComparison.OrdinalIgnoreCase)) continue;
            var isEnd = IsLine(line, "END:VCARD");
            if (isEnd) await ReasonAsync();
            await writer.WriteLineAsync(line.AsMemory(), cancel);
            isOpen = !isEnd;
        }
        if (isOpen) await ReasonAsync();
    }

    // With a byte order mark before the first one, in whichever way it was read.
    private static bool IsLine(string line, string word) => line.AsSpan().TrimEnd().TrimStart("\uFEFF\u00EF\u00BB\u00BF").Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal);

    private async IAsyncEnumerable<(long Number, string Reasons)> RefusedAsync(Import import, ImportTarget target, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        long after = 0;
        while (true)
        {
            var rows = await db.Set<ImportedRow>().AsNoTracking().Where(r => r.ImportId == import.Id && r.Result == ImportResult.Failed && r.Number > after).OrderBy(r => r.Number).Take(Step).ToListAsync(cancel);
            foreach (var row in rows)
            {
                var messages = (row.Details is null ? null : JsonSerializer.Deserialize<OutcomeDetails>(row.Details, Journaling.Json)!.Messages) ?? [];
                yield return (row.Number, string.Join(" ", messages.Where(m => m.Refuses).Select(m => words.Reason(m, target)).Select(r => r.Label.Length == 0 ? r.Message : texts["imports.errors.reason", r.Label, r.Message])));
            }
            if (rows.Count < Step) yield break;
            after = rows[^1].Number;
        }
    }
}
