using Liaison.Exchange.Reading;

namespace Liaison.Tests.Exchange.Sheets;

/// <summary>Workbooks of LibreOffice and others of its kind.</summary>
public sealed class OpenDocumentTests
{
    private static string Cell(string text, string attributes = "office:value-type='string'", string around = "") => $"<table:table-cell {attributes}>{around}<text:p>{text}</text:p></table:table-cell>";

    [Theory]
    [InlineData("office:value-type='string'", "Ann<text:s text:c='2'/>Roe <text:span>de</text:span>\n  <text:span> Lyon</text:span><text:line-break/>x<text:tab/>y", "Ann  Roe de Lyon\nx\ty")]
    [InlineData("office:value-type='string'", "one</text:p><text:p/><text:p>three", "one\n\nthree"), InlineData("office:value-type='string'", "<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>", "東京")]
    [InlineData("office:value-type='float' office:value='612345678'", "06 12 34 56 78", "06 12 34 56 78"), InlineData("office:value-type='float' office:value='612345678'", "6,12E+08", "612345678"), InlineData("office:value-type='float' office:value='1000'", "01000", "01000")]
    [InlineData("office:value-type='float' office:value='75001'", "75 001,00", "75001"), InlineData("office:value-type='float' office:value='1.2E+11'", "x", "120000000000"), InlineData("office:value-type='currency' office:value='12.5'", "12,50 €", "12.5"), InlineData("office:value-type='percentage' office:value='0.25'", "25,00 %", "25%")]
    [InlineData("office:value-type='date' office:date-value='2021-03-12'", "12/03/21", "2021-03-12"), InlineData("office:value-type='date' office:date-value='2021-03-12T08:15:00'", "x", "2021-03-12 08:15"), InlineData("office:value-type='time' office:time-value='PT08H15M00S'", "08:15:00", "08:15"), InlineData("office:value-type='boolean' office:boolean-value='true'", "VRAI", "TRUE")]
    [InlineData("office:value-type='string' calcext:value-type='error'", "#N/D", "#N/D"), InlineData("office:value-type='string' office:string-value='hidden text'", "", "hidden text")]
    public void A_cell_says_what_it_means(string attributes, string text, string expected) =>
        Assert.Equal(expected, Books.First(Books.OpenDocument($"<table:table table:name='T'><table:table-row>{Cell(text, attributes)}{Cell("z")}</table:table-row></table:table>"))[0]);

    [Fact]
    public void Notes_and_drawings_are_no_text_and_links_count_where_the_column_is_for_them()
    {
        var header = $"<table:table-header-rows><table:table-row>{Cell("Nom")}{Cell("E-mail")}</table:table-row></table:table-header-rows>";
        var row = $"<table:table-row>{Cell("Roe", around: "<office:annotation><text:p>a note</text:p></office:annotation><draw:frame xmlns:draw='d'><text:p>a drawing</text:p></draw:frame>")}{Cell("<text:a xlink:href='mailto:ann@roe.example'>Ann</text:a>")}</table:table-row>";
        Assert.Equal([["Nom", "E-mail"], ["Roe", "ann@roe.example"]], Books.Read(Books.OpenDocument($"<table:tracked-changes><table:table-cell/></table:tracked-changes><table:table table:name='T'><table:shapes><text:p>no</text:p></table:shapes>{header}{row}</table:table>")).Select(r => r.Cells));
    }

    [Fact]
    public void Rows_and_cells_that_repeat_are_counted_and_empty_ones_cost_nothing()
    {
        var rows = Books.Read(Books.OpenDocument($"""
            <table:table table:name='T'><table:table-column table:number-columns-repeated='16384'/>
            <table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>
            <table:table-row>{Cell("Société")}{Cell("Nom")}<table:table-cell table:number-columns-repeated='16382'/></table:table-row>
            <table:table-row table:visibility='filter'>{Cell("Acme", "office:value-type='string' table:number-rows-spanned='2'")}{Cell("Roe")}</table:table-row>
            <table:table-row><table:covered-table-cell/>{Cell("Poe")}</table:table-row>
            <table:table-row table:number-rows-repeated='2'>{Cell("Same", "office:value-type='string' table:number-columns-repeated='2'")}</table:table-row>
            <table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row></table:table>
            """));
        Assert.Equal(["3 Société|Nom", "4 Acme|Roe", "5 Acme|Poe", "6 Same|Same", "7 Same|Same"], rows.Select(r => $"{r.Number} {string.Join('|', r.Cells)}"));
    }

    [Fact]
    public void Hidden_sheets_come_last()
    {
        string Sheet(string name, string style) => $"<table:table table:name='{name}' table:style-name='{style}'><table:table-row>{Cell("Nom")}{Cell("E-mail")}</table:table-row><table:table-row>{Cell("Roe")}{Cell("ann@roe.example")}</table:table-row></table:table>";
        var shape = Books.Shape(Books.OpenDocument(Sheet("Ancienne", "ta2") + Sheet("Clients", "ta1"), "<style:style style:name='ta1' style:family='table'><style:table-properties table:display='true'/></style:style><style:style style:name='ta2'><style:table-properties table:display='false'/></style:style>"));
        Assert.Equal(("Clients", true), (shape.SheetName, shape.Sheets[0].IsHidden));
        Assert.Equal(FileFormat.Workbook, shape.Format);
    }
}
