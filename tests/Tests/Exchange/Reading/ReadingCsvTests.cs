using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

public class ReadingCsvTests
{
    [Fact]
    public void Quotes_line_breaks_and_delimiters_inside_a_cell_are_kept()
    {
        var rows = Rows("name,note\r\n\"a \"\"b\"\", c\",\"one\r\ntwo\"\r\nstray \"q\" here,\"x\"y\r\n");
        Assert.Equal(["a \"b\", c", "one\r\ntwo"], rows[0].Cells);
        Assert.Equal(["stray \"q\" here", "xy"], rows[1].Cells);
        Assert.Equal([(2L, 2L), (3L, 4L)], rows.Select(r => (r.Number, r.Line)));
    }

    [Fact]
    public void Rows_fit_the_header_and_blank_rows_are_passed_over()
    {
        var rows = Rows("a,b,c\n1\n\n,,\n1,2,3,,,\n1,2,3,4\n1,2,3");
        Assert.Equal([2L, 5L, 6L, 7L], rows.Select(r => r.Number));
        Assert.Equal(["1", "", ""], rows[0].Cells);
        Assert.Equal(["1", "2", "3"], rows[1].Cells);
        Assert.Null(rows[1].Problem);
        Assert.Equal(FileProblemKind.ExtraCells, rows[2].Problem);
        Assert.Equal(["1", "2", "3"], rows[3].Cells);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_line_end_ends_a_row(string end)
    {
        var rows = Rows(string.Join(end, "a,b", "1,2", "\"x" + end + "y\",3", "5,6"));
        Assert.Equal(3, rows.Count);
        Assert.Equal("x" + end + "y", rows[1].Cells[0]);
        Assert.Equal((4L, 5L), (rows[2].Number, rows[2].Line));
    }

    [Theory]
    [InlineData("\"Tom \"The Cat\" Ltd\"", "Tom \"The Cat\" Ltd")]
    [InlineData("\"5\" tube\"", "5\" tube")]
    [InlineData("\"a \"b\" and \"\"c\"\"\"", "a \"b\" and \"c\"")]
    [InlineData("\"x\"y", "xy")]
    public void Quotes_that_nobody_doubled_stay_in_the_quoted_cell(string cell, string text) =>
        Assert.Equal(["1", text, "2"], Rows($"a,b,c\r\n1,{cell},2\r\n")[0].Cells);

    [Fact]
    public void A_quote_that_never_closes_names_its_row_and_swallows_nothing()
    {
        var bytes = Encoding.UTF8.GetBytes("a,b\n1,2\n\"open,4\n5,6\n7,8\n");
        var shape = ReadingFiles.Shape(bytes);
        Assert.Equal(new FileProblem(FileProblemKind.QuoteNeverClosed, false, 3), Assert.Single(shape.Problems));
        var rows = CsvRows.Read(new MemoryStream(bytes), shape).ToList();
        Assert.Equal(4, rows.Count);
        Assert.Equal(["\"open", "4"], rows[1].Cells);
        Assert.Equal(["7", "8"], rows[3].Cells);
    }

    [Fact]
    public void A_quote_that_is_closed_by_the_quote_of_a_later_row_swallows_nothing_either()
    {
        var rows = Rows("a,b\n\"open,4\n\"x\",6\n\"y\",8\n");
        Assert.Equal(3, rows.Count);
        Assert.Equal(FileProblemKind.QuoteNeverClosed, rows[0].Problem);
        Assert.Equal(["x", "6"], rows[1].Cells);
    }

    [Fact]
    public void A_cell_of_more_than_a_million_characters_is_reported_and_the_next_row_is_read()
    {
        var rows = Rows("a,b\n\"" + new string('x', 1_200_000) + "\",2\n3,4\n");
        Assert.Equal(FileProblemKind.CellTooLarge, rows[0].Problem);
        Assert.Equal(["3", "4"], rows[1].Cells);
    }

    [Fact]
    public void Two_thousand_columns_and_a_nul_are_no_trouble()
    {
        var header = string.Join(',', Enumerable.Range(1, 2000).Select(i => "column" + i));
        var rows = Rows(header + "\n" + string.Join(',', Enumerable.Repeat("v", 2000)) + "\nnul\0l" + new string(',', 1999) + "\n");
        Assert.Equal(2000, rows[0].Cells.Length);
        Assert.Equal(FileProblemKind.Nul, rows[1].Problem);
    }

    [Fact]
    public void Reading_goes_on_where_it_stopped()
    {
        var text = new StringBuilder("name,email\n");
        for (int i = 0; i < 5000; i++) text.Append(i % 7 == 0 ? "\n" : "").Append($"\"n\n{i}\",e{i}@x.org\n");
        var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        var shape = ShapeDetection.Detect(stream);
        var all = CsvRows.Read(stream, shape).ToList();
        Assert.Equal(5000, all.Count);
        foreach (int skip in new[] { 1, 17, 4999, 5000 })
            Assert.Equal(all.Skip(skip).Select(r => (r.Number, r.Line, r.Cells[1])), CsvRows.Read(stream, shape, skip).Select(r => (r.Number, r.Line, r.Cells[1])));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\tx", "'\tx")]
    [InlineData("'=1", "''=1")]
    [InlineData("''+x", "'''+x")]
    [InlineData("+33612345678", "+33612345678")]
    [InlineData("+33 6 12 34 56 78", "+33 6 12 34 56 78")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("+1-555-0100", "'+1-555-0100")]
    [InlineData("'t Hooft", "'t Hooft")]
    [InlineData("''abc", "''abc")]
    [InlineData("-", "'-")]
    public void Formulas_are_disarmed_and_come_back(string text, string written)
    {
        Assert.Equal(written, CsvText.Escape(text));
        Assert.Equal(text, CsvText.Unescape(written));
    }

    [Fact]
    public void Escaping_loses_nothing()
    {
        var piece = Gen.OneOf(Gen.Elements("'", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "1", " ", "a", "\"", ";", ","), ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""));
        var texts = Gen.ListOf(piece).Select(p => string.Concat(p)).ToArbitrary();
        Prop.ForAll(texts, text => CsvText.Unescape(CsvText.Escape(text)) == text && (text.Length == 0 || !"=@\t\r\n＝＋－＠".Contains(CsvText.Escape(text)[0])))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Theory]
    [InlineData(',', true)]
    [InlineData(';', true)]
    [InlineData('\t', false)]
    public void What_is_written_is_read_back(char delimiter, bool bom)
    {
        var random = new Random(20261122);
        const string alphabet = "ab'\"=+-@,;\t|\r\n é€ 1\u202F’";
        string Cell() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => alphabet[random.Next(alphabet.Length)]));
        var header = new[] { "E-mail", "Nom", "Note" };
        var rows = Enumerable.Range(0, 2000).Select(i => new[] { $"x{i}@example.org", Cell(), Cell() }).ToList();
        using var stream = new MemoryStream();
        using (var writer = new CsvWriter(stream, delimiter, bom))
        {
            writer.Write(header);
            foreach (var row in rows) writer.Write(row);
        }

        var shape = ShapeDetection.Detect(stream);
        Assert.Equal((delimiter, bom, true, 2000L), (shape.Delimiter, shape.HasBom, shape.HasHeader, shape.Records));
        Assert.Equal(header, CsvRows.Header(stream, shape));
        Assert.Equal(rows.SelectMany(r => r), CsvRows.Read(stream, shape).SelectMany(r => r.Cells).Select(CsvText.Unescape));
    }

    private static List<CsvRow> Rows(string text) =>
        [.. CsvRows.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), new FileShape())];
}
