namespace Liaison.Exchange.Reading;

/// <summary>Finds out how a file must be read, from the whole of it.</summary>
public static class ShapeDetection
{
    private const int MostProblems = 100;

    /// <summary>
    /// Reads the whole stream (which must be able to seek) with flat memory and says how to read it. What cannot be
    /// read at all has a fatal problem.
    /// </summary>
    public static FileShape Detect(Stream stream)
    {
        var guess = EncodingDetection.Detect(stream);
        var shape = new FileShape { Encoding = guess.Name, HasBom = guess.HasBom, Decoded = guess.Decoded };
        if (guess.Problem is { } fatal) return shape with { Problems = [fatal] };
        if (IsVCard(stream, shape)) return Count(stream, CardEncoding.Settle(stream, shape) with { Format = FileFormat.VCard, HasHeader = false });
        var table = CountRows(stream, TableDetection.Detect(stream, shape));
        if (table.SawEscapes)
        {
            var escaped = CountRows(stream, TableDetection.Detect(stream, shape with { HasEscapes = true }));
            if (escaped.Uneven <= table.Uneven) table = escaped;
        }

        return Finish(table.Shape);
    }

    /// <summary>Finds the table of the sheet of a workbook that the shape names.</summary>
    public static FileShape DetectSheet(Stream stream, FileShape shape) => Finish(CountRows(stream, TableDetection.Detect(stream, shape)).Shape);

    /// <summary>Counts the records again and collects the problems, after the user overrode a part of the shape.</summary>
    public static FileShape Count(Stream stream, FileShape shape)
    {
        return Finish(shape.Format == FileFormat.VCard ? CountCards(stream, shape) : CountRows(stream, shape with { LastRow = 0 }).Shape);
    }

    private static FileShape Finish(FileShape shape)
    {
        var problems = shape.Problems.ToList();
        if (!shape.Decoded) problems.Insert(0, new FileProblem(FileProblemKind.BadCharacters, false));
        if (shape.Records == 0 && (shape.Format == FileFormat.VCard || shape.Columns == 0)) problems.Insert(0, new FileProblem(FileProblemKind.Empty, true));
        if (shape.Format == FileFormat.Workbook)
        {
            var sheet = shape.Sheets[shape.Sheet];
            if (sheet.HiddenRow > 0) problems.Insert(0, new FileProblem(FileProblemKind.HiddenRows, false, sheet.HiddenRow));
            if (shape.Sheets.Count > 1) problems.Insert(0, new FileProblem(FileProblemKind.OtherSheets, false, null, string.Join(", ", shape.Sheets.Where(s => s != sheet).Select(s => s.Name))));
        }

        return shape with { Problems = problems };
    }

    private static FileShape CountCards(Stream stream, FileShape shape)
    {
        var problems = new List<FileProblem>();
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        long contacts = 0;
        foreach (var card in VCards.All(stream, shape))
        {
            if (!card.IsGroup && leftOut.Count < MostProblems) leftOut.UnionWith(card.LeftOut);
            if (!card.IsGroup) contacts++;
            else if (problems.Count < MostProblems) problems.Add(new FileProblem(FileProblemKind.Group, false, card.Number));
        }

        if (leftOut.Count > 0) problems.Add(new FileProblem(FileProblemKind.LeftOut, false, null, string.Join(", ", leftOut)));
        return shape with { Records = contacts, Problems = problems };
    }

    /// <param name="Shape">With the records and the problems.</param>
    /// <param name="Uneven">How many rows are not as wide as the table.</param>
    /// <param name="SawEscapes">Quotes stand behind backslashes.</param>
    private sealed record Counted(FileShape Shape, long Uneven, bool SawEscapes);

    private static Counted CountRows(Stream stream, FileShape shape)
    {
        var problems = new List<FileProblem>();
        long records = 0, uneven = 0;
        bool sawEscapes;
        var ending = new TableEnd();
        var late = new LateColumns();
        using (var file = new CsvFile(stream, shape, true))
        {
            int width = file.SkipToData(out bool first, out _);
            if (shape.Preamble > 0) problems.Add(new FileProblem(FileProblemKind.Preamble, false, file.Number));
            while (first || file.Tokens.Next())
            {
                if (!first) file.Number++;
                first = false;
                if (!file.Tokens.HasText) continue;
                late.Add(records++, file.Tokens.Cells, width);
                ending.Add(file.Number, file.Tokens.Cells);
                if (file.Tokens.Cells.Count != width) uneven++;
                var problem = file.Tokens.Problem;
                if (file.Tokens.Cells.Count > width && file.Tokens.Cells.FindLastIndex(c => c.Length > 0) >= width) problem ??= FileProblemKind.ExtraCells;
                if (problem is { } kind && problems.Count < MostProblems) problems.Add(new FileProblem(kind, false, file.Number));
            }

            sawEscapes = file.Tokens.SawEscapes;
            shape = shape with { Records = records, Decoded = !file.Tokens.SawUndecoded };
        }

        if (shape.Columns >= 2 && ending.Footer(CsvRows.Read(stream, shape, records - ending.Count)) is { } footer)
        {
            problems.Add(new FileProblem(FileProblemKind.Footer, false, footer.Row));
            shape = shape with { Records = records - footer.Count, LastRow = footer.Row - 1 };
        }

        return new(shape with { Late = late.Read(stream, shape), Problems = problems }, uneven, sawEscapes);
    }

    private static bool IsVCard(Stream stream, FileShape shape)
    {
        if (stream.CanSeek) stream.Position = 0;
        using var reader = new StreamReader(stream, FileShape.Decoder(shape.Encoding), false, 4096, leaveOpen: true);
        var start = new char[4096];
        int read = reader.ReadBlock(start, 0, start.Length);
        // A line or two of another text may stand before the first card.
        foreach (var line in start.AsSpan(0, read).EnumerateLines())
        {
            if (line.Trim("\uFEFF \t").Equals("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
