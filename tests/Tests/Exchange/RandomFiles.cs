using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Exchange.Reading;

namespace Liaison.Tests.Exchange;

/// <summary>A file as some program might have written it.</summary>
internal sealed record RandomFile(string Encoding, bool HasBom, char Delimiter, string LineEnd, bool QuotesAll, bool SeparatorLine, int EmptyColumns, int BlankLines, bool EndsOpen, IReadOnlyList<string[]> Rows)
{
    public static readonly string[] Header = ["First name", "Last name", "E-mail", "Job title", "Note"];

    public byte[] Bytes()
    {
        var text = new StringBuilder();
        if (SeparatorLine) text.Append("sep=").Append(Delimiter).Append(LineEnd);
        text.Append(Line(Header));
        foreach (var row in Rows) text.Append(LineEnd).Append(Line(row));
        for (var i = 0; i < BlankLines; i++) text.Append(LineEnd).Append(i % 2 == 0 ? "" : new string(Delimiter, Header.Length + EmptyColumns - 1));
        if (!EndsOpen) text.Append(LineEnd);
        var encoding = FileShape.Decoder(Encoding);
        return [.. HasBom ? encoding.GetString([]) is "" && Encoding == "utf-8" ? new byte[] { 0xEF, 0xBB, 0xBF } : encoding.GetBytes("\uFEFF") : [], .. encoding.GetBytes(text.ToString())];
    }

    /// <summary>Rows with data, as they must be read.</summary>
    public IEnumerable<string[]> Filled => Rows.Where(r => r.Any(c => c.Length > 0));

    public override string ToString() => $"{Encoding} bom {HasBom} delimiter {(int)Delimiter} line end {LineEnd.Length} all quoted {QuotesAll} sep {SeparatorLine}, {EmptyColumns} empty columns, {BlankLines} blank lines, ends open {EndsOpen}:\n"
        + string.Join('\n', Rows.Select(r => string.Join(" ¦ ", r)));

    private string Line(string[] cells) => string.Join(Delimiter, cells.Concat(Enumerable.Repeat("", EmptyColumns)).Select(Cell));

    private string Cell(string text) => QuotesAll && text.Length > 0 || text.AsSpan().IndexOfAny(Delimiter, '"', '\n') >= 0 || text.Contains('\r', StringComparison.Ordinal) || text != text.Trim()
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

/// <summary>Makes random files.</summary>
internal static class RandomFiles
{
    private static readonly string[] Words = ["Hélène", "Garçon", "naïve", "l’été", "Müller", "Zoë", "cœur", "prix 12 €", "Acme", "sales", "deuxième étage", "Frères & Cie", "Ángel", "São Paulo"];
    private static readonly string[] Marks = ["", ", ", "; ", "\"", " \"so\" ", "\n", "|", "\t", " - ", "'", ": "];

    public static Gen<RandomFile> Any { get; } =
        from encoding in Gen.Elements(("utf-8", false), ("utf-8", true), ("utf-16le", true), ("utf-16be", true), ("windows-1252", false))
        from delimiter in Gen.Elements(',', ';', '\t', '|')
        from lineEnd in Gen.Elements("\n", "\r\n")
        from quotesAll in Gen.Elements(true, false)
        from separator in Gen.Frequency((1, Gen.Constant(true)), (5, Gen.Constant(false)))
        from emptyColumns in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        from blankLines in Gen.Choose(0, 3)
        from endsOpen in Gen.Elements(true, false)
        from rows in Gen.Choose(2, 40).SelectMany(count => Row.ListOf(count))
        select new RandomFile(encoding.Item1, encoding.Item2, delimiter, lineEnd, quotesAll, separator, emptyColumns, blankLines, endsOpen, [.. rows.Select(Named)]);

    private static readonly Gen<string> Note =
        from parts in (from word in Gen.Elements(Words) from mark in Gen.Elements(Marks) select word + mark).ListOf()
        select string.Concat(parts.Take(6));

    // Some addresses are none, some are another row's.
    private static readonly Gen<string> Email = Gen.Frequency((8, Gen.Constant("#")), (1, Gen.Constant("")), (1, Gen.Constant("nobody at home")), (1, Gen.Choose(0, 5).Select(i => string.Create(CultureInfo.InvariantCulture, $"shared{i}"))));

    private static Gen<string[]> Row =>
        from first in Gen.Elements(Words).Or(Gen.Constant(""))
        from last in Gen.Frequency((9, Gen.Constant("#")), (1, Gen.Constant("")))
        from email in Email
        from job in Gen.Elements(Words).Or(Gen.Constant(""))
        from note in Note
        from blank in Gen.Frequency((19, Gen.Constant(false)), (1, Gen.Constant(true)))
        select blank ? ["", "", "", "", ""] : new[] { first, last, email, job, note.Trim() };

    private static string[] Named(string[] row, int i) => [row[0], row[1] == "#" ? string.Create(CultureInfo.InvariantCulture, $"Person{i}") : "", row[2] switch
    {
        "#" => string.Create(CultureInfo.InvariantCulture, $"person{i}@FILE.example"),
        ['s', ..] => row[2] + "@FILE.example",
        _ => row[2],
    }, row[3], row[4]];
}
