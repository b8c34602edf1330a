namespace Liaison.Exchange.Reading;

/// <summary>One row of a file: its number as a spreadsheet shows it, the physical line where it begins, and its cells.</summary>
public sealed record CsvRow(long Number, long Line, string[] Cells, FileProblemKind? Problem = null)
{
    /// <summary>The columns that hold bytes which do not fit the encoding; a cell shows U+FFFD for them.</summary>
    public IReadOnlyList<int> Undecoded { get; init; } = [];
}

/// <summary>Reads the rows of a CSV file one by one, with flat memory.</summary>
public static class CsvRows
{
    /// <summary>
    /// The data rows, without header, blank rows and rows of empty cells. Short rows are padded; trailing empty cells
    /// of long rows are cut. <paramref name="skipRows"/> data rows are passed over, to go on where an earlier reading stopped.
    /// </summary>
    public static IEnumerable<CsvRow> Read(Stream stream, FileShape shape, long skipRows = 0) => Read(stream, shape, skipRows, null);

    /// <summary>The same rows with these columns only; of the others a cell merely shows whether there is text in it.</summary>
    public static IEnumerable<CsvRow> Read(Stream stream, FileShape shape, IReadOnlyCollection<int> columns)
    {
        var wanted = new bool[columns.DefaultIfEmpty(-1).Max() + 1];
        foreach (int column in columns) wanted[column] = true;
        return Read(stream, shape, 0, wanted);
    }

    private static IEnumerable<CsvRow> Read(Stream stream, FileShape shape, long skipRows, bool[]? wanted)
    {
        using var file = new CsvFile(stream, shape, skipRows > 0);
        int width = file.SkipToData(out var first, out _);
        file.Tokens.Wanted = wanted;
        var tokens = file.Tokens;
        while (first || tokens.Next())
        {
            if (!first) file.Number++;
            first = false;
            if (shape.LastRow > 0 && file.Number > shape.LastRow) yield break;
            if (!tokens.HasText) continue;
            if (skipRows > 0)
            {
                if (--skipRows == 0) tokens.CountOnly = false;
                continue;
            }

            yield return Row(file, width);
        }
    }

    /// <summary>The first rows, and behind them what columns that are empty there hold further down.</summary>
    public static IEnumerable<CsvRow> Sample(Stream stream, FileShape shape)
    {
        var rows = Read(stream, shape).SkipWhile(r => shape.HasHeader && HintRows.Is(r.Cells)).Where(r => r.Problem != FileProblemKind.Section).Take(LateColumns.SampleRows).ToList();
        if (shape.Late.Count == 0 || rows.Count == 0) return rows;
        var more = Enumerable.Range(0, shape.Late.Max(l => l.Values.Count)).Select(_ => Enumerable.Repeat("", rows[0].Cells.Length).ToArray()).ToList();
        foreach (var late in shape.Late.Where(l => l.Column < rows[0].Cells.Length))
        {
            for (int i = 0; i < late.Values.Count; i++) more[i][late.Column] = late.Values[i];
        }

        return rows.Concat(more.Select(cells => new CsvRow(0, 0, cells)));
    }

    /// <summary>The data rows of these places, counted from 0 and in order; the rows between are passed over.</summary>
    public static IEnumerable<CsvRow> At(Stream stream, FileShape shape, IReadOnlyList<long> places)
    {
        using var file = new CsvFile(stream, shape, places is not [0, ..]);
        int width = file.SkipToData(out var first, out _);
        long at = 0;
        for (int next = 0; next < places.Count;)
        {
            if (!first)
            {
                file.Tokens.CountOnly = at != places[next];
                if (!file.Tokens.Next()) yield break;
                file.Number++;
            }

            first = false;
            if (shape.LastRow > 0 && file.Number > shape.LastRow) yield break;
            if (!file.Tokens.HasText || at++ != places[next]) continue;
            next++;
            yield return Row(file, width);
        }
    }

    /// <summary>The column names of a file; empty names when the file has no header.</summary>
    public static string[] Header(Stream stream, FileShape shape)
    {
        using var file = new CsvFile(stream, shape, false);
        int width = file.SkipToData(out _, out var header);
        header = [.. (header ?? []).Select(Shown)];
        if (header.Length >= width) return header;
        int known = header.Length;
        Array.Resize(ref header, width);
        Array.Fill(header, "", known, width - known);
        return header;
    }

    private static CsvRow Row(CsvFile file, int width)
    {
        var cells = file.Tokens.Cells;
        var problem = file.Tokens.Problem;
        int count = cells.Count;
        while (count > width && string.IsNullOrWhiteSpace(cells[count - 1])) count--;
        if (count > width) problem ??= FileProblemKind.ExtraCells;
        var row = new string[Math.Max(width, count)];
        if (cells.Count > count) cells.RemoveRange(count, cells.Count - count);
        cells.CopyTo(row);
        for (int i = cells.Count; i < row.Length; i++) row[i] = "";
        if (SectionTitles.Of(row, file.Sections) is not null) problem ??= FileProblemKind.Section;
        return new CsvRow(file.Number, file.Tokens.StartLine, row, problem) { Undecoded = file.Tokens.SawUndecoded ? Undecoded(row) : [] };
    }

    private static List<int> Undecoded(string[] row)
    {
        var columns = new List<int>();
        for (int i = 0; i < row.Length; i++)
        {
            if (!row[i].Contains(FileShape.Undecoded)) continue;
            columns.Add(i);
            row[i] = Shown(row[i]);
        }

        return columns;
    }

    private static string Shown(string cell) => cell.Replace(FileShape.Undecoded, '\uFFFD');
}

/// <summary>A CSV file opened with a shape, positioned row by row.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly FileShape _shape;
    private readonly TextReader _reader;
    private readonly bool _countOnly;

    public CsvFile(Stream stream, FileShape shape, bool countOnly)
    {
        _shape = shape;
        _countOnly = countOnly;
        _reader = new StreamReader(shape.TextOf(stream), FileShape.MarkingDecoder(shape.Encoding), false, 64 * 1024, leaveOpen: true);
        if (shape.IsWrapped) _reader = new WrappedRows(_reader);
        if (shape.IsMailboxes) _reader = new MailboxRows(_reader);
        Tokens = new CsvTokenizer(_reader, shape.Delimiter, shape.Quote, shape.HasEscapes);
    }

    public CsvTokenizer Tokens { get; }

    public SectionMarks Sections => _shape.Sections;

    /// <summary>Number of the current row as a spreadsheet shows it (a <c>sep=</c> line is no row).</summary>
    public long Number { get; set; }

    public void Dispose()
    {
        Tokens.Dispose();
        _reader.Dispose();
    }

    /// <summary>Passes the separator line, the preamble and the header; returns the width of the table.</summary>
    public int SkipToData(out bool firstRead, out string[]? header)
    {
        firstRead = false;
        header = null;
        if (_shape.HasSeparatorLine) Tokens.Next();
        for (int i = 0; i < _shape.Preamble && Tokens.Next(); i++) Number++;
        while (Tokens.Next())
        {
            Number++;
            if (!Tokens.HasText) continue;
            int width = Math.Max(_shape.Columns, Tokens.Cells.Count);
            if (_shape.HasHeader) header = [.. Tokens.Cells];
            else firstRead = true;
            Tokens.CountOnly = _countOnly;
            return width;
        }

        return _shape.Columns;
    }
}
