namespace Liaison.Exchange.Reading;

/// <summary>A file to import, made ready to be read: text as it is, the sheets of a workbook written out as text.</summary>
public sealed class ContactFile : IAsyncDisposable
{
    private readonly Stream? _own;

    private ContactFile(Stream text, FileShape shape, Stream? own) => (Text, Shape, _own) = (text, shape, own);

    /// <summary>What is kept of the file.</summary>
    public Stream Text { get; }

    /// <summary>How it is read, as far as can be told.</summary>
    public FileShape Shape { get; }

    /// <summary>Looks at the whole of a file, which stays open and must be able to seek. What cannot be read at all has a fatal problem.</summary>
    public static ContactFile Open(Stream file, long mostBytes, CancellationToken cancel)
    {
        Stream? text = null;
        try
        {
            if (WorkbookReading.Read(file, () => text = TemporaryFile.Create(), mostBytes, cancel) is { } sheets) return new(text!, Best(text!, new FileShape { Format = FileFormat.Workbook, Delimiter = SheetWriter.Delimiter, Sheets = sheets }), text);
            return new(file, ShapeDetection.Detect(file), null);
        }
        catch (BadWorkbookException e)
        {
            text?.Dispose();
            return new(file, new FileShape { Problems = [new(e.Kind, true)] }, null);
        }
        catch
        {
            text?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The first sheet whose columns are known by name, of those that are shown before those that are hidden; else the first with a table, else the first.
    private static FileShape Best(Stream text, FileShape shape)
    {
        FileShape? best = null;
        int most = -1;
        foreach (var sheet in shape.Sheets.Index().OrderBy(s => s.Item.IsHidden))
        {
            var found = ShapeDetection.DetectSheet(text, shape.OnSheet(sheet.Index));
            int worth = found.Fatal is not null ? 0 : (found.Records > 0 ? 1 : 0) + (found is { HasHeader: true, Columns: > 1 } ? 2 : 0) + (Known(text, found) ? 4 : 0);
            if (worth > most) (best, most) = (found, worth);
            if (worth == 7) break;
        }

        return best!;
    }

    private static bool Known(Stream text, FileShape shape) => shape.HasHeader && CsvRows.Header(text, shape).Count(HeaderWords.Knows) >= Math.Min(2, shape.Columns);
}
