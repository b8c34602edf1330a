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
        shape = IsVCard(stream, shape) ? shape with { Format = FileFormat.VCard, HasHeader = false } : TableDetection.Detect(stream, shape);
        return Count(stream, shape);
    }

    /// <summary>Counts the records again and collects the problems, after the user overrode a part of the shape.</summary>
    public static FileShape Count(Stream stream, FileShape shape)
    {
        var problems = new List<FileProblem>();
        if (!shape.Decoded) problems.Add(new FileProblem(FileProblemKind.BadCharacters, false));
        long records = 0;
        if (shape.Format == FileFormat.VCard)
        {
            records = VCards.Read(stream, shape).LongCount();
        }
        else
        {
            using var file = new CsvFile(stream, shape, true);
            int width = file.SkipToData(out bool first, out _);
            while (first || file.Tokens.Next())
            {
                if (!first) file.Number++;
                first = false;
                if (!file.Tokens.HasText) continue;
                records++;
                var problem = file.Tokens.Problem;
                if (file.Tokens.Cells.Count > width && file.Tokens.Cells.FindLastIndex(c => c.Length > 0) >= width) problem ??= FileProblemKind.ExtraCells;
                if (problem is { } kind && problems.Count < MostProblems) problems.Add(new FileProblem(kind, false, file.Number));
            }
        }

        if (records == 0 && (shape.Format == FileFormat.VCard || shape.Columns == 0)) problems.Insert(0, new FileProblem(FileProblemKind.Empty, true));
        return shape with { Records = records, Problems = problems };
    }

    private static bool IsVCard(Stream stream, FileShape shape)
    {
        if (stream.CanSeek) stream.Position = 0;
        using var reader = new StreamReader(stream, FileShape.Decoder(shape.Encoding), false, 4096, leaveOpen: true);
        var start = new char[4096];
        int read = reader.ReadBlock(start, 0, start.Length);
        var text = start.AsSpan(0, read).TrimStart("\uFEFF \t\r\n");
        return text.StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase);
    }
}
