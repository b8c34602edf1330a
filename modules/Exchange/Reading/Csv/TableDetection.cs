namespace Liaison.Exchange.Reading;

/// <summary>Finds the delimiter, the quote, the preamble and the header from the first two thousand records.</summary>
internal static class TableDetection
{
    private const int SampleChars = 512 * 1024;
    private const int SampleRows = 2000;
    private const int TopRows = 20;

    // So many known names make a header, however many others stand beside them.
    private const int Plenty = 6;

    public static FileShape Detect(Stream stream, FileShape shape)
    {
        if (shape.Format == FileFormat.Workbook) return Layout(Records(Sample(stream, shape), shape.Delimiter, shape.Quote), shape);
        string sample = Sample(stream, shape);
        if (MailboxRows.Are(sample, sample.Length == SampleChars)) return shape with { IsMailboxes = true, Delimiter = '\t', HasHeader = false, Columns = 1 };
        if (Unwrapped(sample) is { } unwrapped) (sample, shape) = (unwrapped, shape with { IsWrapped = true });
        int lineEnd = sample.AsSpan().IndexOfAny('\r', '\n');
        string firstLine = (lineEnd < 0 ? sample : sample[..lineEnd]).Trim('\uFEFF', ' ', '"');
        if (firstLine.Length == 5 && firstLine.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            shape = shape with { Delimiter = firstLine[4], HasSeparatorLine = true };
            sample = lineEnd < 0 ? "" : sample[(lineEnd + (sample.AsSpan(lineEnd).StartsWith("\r\n") ? 2 : 1))..];
        }
        else
        {
            shape = shape with { Delimiter = BestDelimiter(sample, shape.HasEscapes) };
        }

        if (!sample.Contains('"') && SingleQuoted(sample, shape.Delimiter)) shape = shape with { Quote = '\'' };
        return Layout(Records(sample, shape.Delimiter, shape.Quote, shape.HasEscapes), shape);
    }

    private static string Sample(Stream stream, FileShape shape)
    {
        using var reader = new StreamReader(shape.TextOf(stream), FileShape.Decoder(shape.Encoding), false, 64 * 1024, leaveOpen: true);
        var chars = new char[SampleChars];
        int read = reader.ReadBlock(chars, 0, chars.Length);
        return new string(chars, 0, read);
    }

    // Most rows are one quoted cell, and what they hold makes a table whose rows are equally wide, the first one too: a column of "Doe, John" does not.
    private static string? Unwrapped(string sample)
    {
        using var rows = new WrappedRows(new StringReader(sample));
        string text = rows.ReadToEnd();
        if (rows.Seen.Wrapped < 2 || rows.Seen.Wrapped < rows.Seen.Others) return null;
        var widths = Records(text, BestDelimiter(text, false), '"').Where(r => r.Any(c => c.Length > 0)).Select(r => r.Length).ToList();
        return widths.Count > 1 && widths[0] > 1 && widths.Count(w => w == widths[0]) * 10 >= widths.Count * 9 ? text : null;
    }

    private static char BestDelimiter(string sample, bool hasEscapes)
    {
        char best = ',';
        double bestScore = 0;
        foreach (char delimiter in FileShape.Delimiters)
        {
            if (!sample.Contains(delimiter)) continue;
            double score = Score(Records(sample, delimiter, '"', hasEscapes));
            if (delimiter == ':') score *= 0.2;
            if (score > bestScore) (best, bestScore) = (delimiter, score);
        }

        return best;
    }

    // Most rows have the same number of cells, and so has a row near the top; more columns are better evidence.
    private static double Score(List<string[]> records)
    {
        if (records.Count == 0) return 0;
        int mode = Mode(records.Select(r => r.Length));
        if (mode < 2)
        {
            int wide = records.Count(r => r.Length > 1);
            return wide * 0.05 / records.Count;
        }

        double share = records.Count(r => r.Length == mode) / (double)records.Count;
        int top = records.Take(10).Max(r => r.Length);
        bool header = records[0].Length == mode || records[0].Length > mode && records[0].Length <= mode + 8;
        return share * (1 - (1.0 / mode)) * (header ? 2 : top >= mode ? 1 : 0.5);
    }

    private static FileShape Layout(List<string[]> records, FileShape shape)
    {
        var filled = records.Select((cells, at) => (cells, at)).Where(r => r.cells.Any(c => c.Length > 0)).ToList();
        if (filled.Count == 0) return shape;
        int mode = Mode(filled.Select(r => r.cells.Length));
        int first = KnownHeader(filled.ConvertAll(r => r.cells));
        if (first < 0)
        {
            // Text before a table whose columns nobody knows: rows of one filled cell above a row that is as wide as the others.
            first = 0;
            while (first < filled.Count - 1 && first < TopRows && mode > 2 && filled[first].cells.Count(c => c.Length > 0) == 1) first++;
            if (filled[first].cells.Length < 2) first = 0;
        }

        int preamble = first == 0 ? 0 : filled[first].at;
        var body = filled.Skip(first + 1).Select(r => r.cells).ToList();
        var top = filled[first].cells;
        bool header = IsHeader(top, body);
        int usual = body.Count == 0 ? 0 : Mode(body.Select(Filled));
        int columns = header ? Math.Max(top.Length, usual > top.Length ? usual : 0) : Math.Max(top.Length, body.Count == 0 ? 0 : body.Max(Filled));
        return shape with { Preamble = preamble, HasHeader = header, Columns = columns, Sections = header ? SectionTitles.Marks(top, body) : SectionMarks.None };
    }

    // The first row with the names of two columns or more, below titles, dates of export and other rows that are narrower and hold no contact.
    private static int KnownHeader(List<string[]> rows)
    {
        for (int at = 0; at < rows.Count && at < TopRows; at++)
        {
            int width = Cells(rows[at]).Count;
            if (!NamesColumns(rows, at)) continue;
            if (rows.Take(at).Select(Cells).Any(above => above.Count >= width && (above.Count > 2 && Known(Cells(rows[at])) < 3 || above.Exists(c => HeaderWords.Knows(c) || ColumnValues.IsEmail(c))))) return -1;
            // Names of groups of columns may stand above those of the columns.
            bool group = at + 1 < rows.Count && NamesColumns(rows, at + 1) && Known(Cells(rows[at + 1])) > Known(Cells(rows[at]));
            return group ? at + 1 : at;
        }

        return -1;
    }

    private static bool NamesColumns(List<string[]> rows, int at) => Known(Cells(rows[at])) >= 2 && IsHeader(rows[at], []) && (at == 0 || Known(Cells(rows[at])) * 2 >= Cells(rows[at]).Count || Known(Cells(rows[at])) >= Plenty);

    private static int Known(List<string> cells)
    {
        string prefix = ColumnPrefix.Of(cells);
        return cells.Count(c => HeaderWords.Knows(ColumnPrefix.Cut(c, prefix)));
    }

    private static List<string> Cells(string[] row) => [.. row.Select(c => c.Trim()).Where(c => c.Length > 0)];

    /// <summary>A row of names, not of values: no e-mail address, phone, number or date stands in a header.</summary>
    internal static bool IsHeader(string[] top, List<string[]> body)
    {
        var cells = Cells(top);
        if (cells.Any(c => ColumnValues.IsEmail(c) || ColumnValues.IsWeb(c))) return false;
        int known = Known(cells);
        int numbers = cells.Count(c => ColumnValues.IsPhone(c) || ColumnValues.IsNumber(c));
        if (known > 0 && (known >= 2 || known * 3 >= cells.Count || numbers == 0)) return true;
        if (numbers > 0 || body.Count == 0) return false;
        for (int i = 0; i < top.Length; i++)
        {
            var values = body.Take(200).Where(r => i < r.Length && r[i].Length > 0).Select(r => r[i]).ToList();
            int typed = values.Count(v => ColumnValues.IsEmail(v) || ColumnValues.IsPhone(v) || ColumnValues.IsNumber(v) || ColumnValues.IsWeb(v));
            if (values.Count > 0 && typed * 3 > values.Count * 2) return true;
        }

        return false;
    }

    private static int Filled(string[] cells) => Array.FindLastIndex(cells, c => c.Length > 0) + 1;

    private static int Mode(IEnumerable<int> numbers) =>
        numbers.GroupBy(n => n).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First().Key;

    private static List<string[]> Records(string sample, char delimiter, char quote, bool hasEscapes = false)
    {
        using var tokens = new CsvTokenizer(new StringReader(sample), delimiter, quote, hasEscapes);
        var records = new List<string[]>();
        while (records.Count < SampleRows && tokens.Next()) records.Add([.. tokens.Cells.Select(c => c.Trim())]);
        if (sample.Length == SampleChars && records.Count is > 1 and < SampleRows) records.RemoveAt(records.Count - 1);
        int last = records.FindLastIndex(r => r.Any(c => c.Length > 0));
        records.RemoveRange(last + 1, records.Count - last - 1);
        return records;
    }

    private static bool SingleQuoted(string sample, char delimiter)
    {
        var cells = Records(sample, delimiter, '"').SelectMany(r => r).Where(c => c.Length > 0).Take(1000).ToList();
        return cells.Count > 3 && cells.Count(c => c.Length > 1 && c[0] == '\'' && c[^1] == '\'') * 10 >= cells.Count * 7;
    }
}
