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

    /// <summary>Name for the download.</summary>
    public static string NameOf(Import import) => Path.GetFileNameWithoutExtension(import.FileName) + (StartImport.ShapeOf(import).Format == FileFormat.VCard ? ".errors.vcf" : ".errors.csv");

    /// <summary>Writes the file; flat memory.</summary>
    public async Task WriteAsync(Import import, ImportTarget target, Stream output, CancellationToken cancel)
    {
        var shape = StartImport.ShapeOf(import);
        var stored = await db.Set<StoredFile>().AsNoTracking().SingleAsync(f => f.Id == import.FileId, cancel);
        // The rows are read from a copy, since one context does one thing at a time.
        await using var file = TemporaryFile.Create();
        await using (var source = db.OpenFile(stored)) await source.CopyToAsync(file, cancel);
        if (shape.Format == FileFormat.VCard) await CardsAsync(import, file, shape, output, cancel);
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

    private async Task CardsAsync(Import import, FileStream file, FileShape shape, Stream output, CancellationToken cancel)
    {
        var numbers = new HashSet<long>();
        await foreach (var number in db.Set<ImportedRow>().Where(r => r.ImportId == import.Id && r.Result == ImportResult.Failed).Select(r => r.Number).AsAsyncEnumerable().WithCancellation(cancel)) numbers.Add(number);
        file.Position = 0;
        using var reader = new StreamReader(file, FileShape.Decoder(shape.Encoding), true, 1 << 16, leaveOpen: true);
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        long card = 0;
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (line.Trim().Equals("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase)) card++;
            if (numbers.Contains(card)) await writer.WriteAsync((line + "\r\n").AsMemory(), cancel);
        }
    }

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

/// <summary>Writes cells exactly as they were read: the file goes back to whoever sent it.</summary>
internal sealed class PlainCsv(Stream stream, char delimiter) : IDisposable
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(true), 1 << 16, leaveOpen: true);

    public void Write(IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) _writer.Write(delimiter);
            var cell = CsvText.Escape(CsvText.Unescape(cells[i]));
            if (cell.Contains(delimiter) || cell.AsSpan().IndexOfAny('"', '\r', '\n') >= 0 || (cell.Length > 0 && (cell[0] == ' ' || cell[^1] == ' '))) _writer.Write('"' + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + '"');
            else _writer.Write(cell);
        }
        _writer.Write("\r\n");
    }

    public void Flush() => _writer.Flush();
    public void Dispose() => _writer.Dispose();
}
