using System.Globalization;

namespace Liaison.Tests.Exchange.Sheets;

/// <summary>What the cells of Excel workbooks say, in all the ways in which programs write them.</summary>
public sealed class ExcelCellTests
{
    [Theory]
    [InlineData("<c r='A1' t='s'><v>0</v></c><c r='C1' t='s'><v>1</v></c>", "Ann", "", "Zoé Roe")]
    [InlineData("<c><v>1</v></c><c/><c t='inlineStr'><is><t>x</t></is></c>", "1", "", "x")]
    [InlineData("<c r='B1' t='inlineStr'><is><r><rPr><b/></rPr><t>a </t></r><r><t>b</t></r><rPh sb='0' eb='1'><t>loud</t></rPh><phoneticPr fontId='1'/></is></c>", "", "a b")]
    [InlineData("<c t='s'><v>2</v></c>", "東京")]
    [InlineData("<c t='str'><f>A1&amp;B1</f><v>a_x0009_b</v></c><c t='str'><f>X</f><v/></c><c t='str'><v>_x005F_x0009_</v></c>", "a\tb", "", "_x0009_")]
    [InlineData("<c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c><c t='e'><f>1/0</f><v>#DIV/0!</v></c>", "TRUE", "FALSE", "#N/A", "#DIV/0!")]
    [InlineData("<c t='d'><v>2021-03-12T00:00:00</v></c><c t='d'><v>2021-03-12T08:15:00Z</v></c>", "2021-03-12", "2021-03-12 08:15")]
    [InlineData("<c><v>6.12345678E8</v></c><c><v>1.2E+11</v></c><c><v>0.30000000000000004</v></c><c><v>-12.5</v></c><c><v>12345678901234567</v></c><c><v>3.3612345678E10</v></c>", "612345678", "120000000000", "0.3", "-12.5", "12345678901234567", "33612345678")]
    [InlineData("<c><v>75001</v></c><c t='n'><v> 75002 </v></c><c t='inlineStr'><is><t xml:space='preserve'> = 1</t></is></c><c t='inlineStr'><is><t>=1+1;\"a\"</t></is></c>", "75001", "75002", " = 1", "=1+1;\"a\"")]
    [InlineData("<x:c xmlns:x='urn:any' r='$A$1'><x:v>7</x:v><x:extLst><x:ext/></x:extLst></x:c>", "7")]
    public void A_cell_says_what_it_shows(string cells, params string[] expected) =>
        Assert.Equal(expected, Books.First(Books.Excel($"<row r='1'>{cells}</row>", "<si><t>Ann</t></si><si><r><t>Zoé</t></r><r><t xml:space='preserve'> Roe</t></r></si><si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>")));

    [Theory]
    [InlineData("0000000000", "612345678", "0612345678"), InlineData("0#\" \"##\" \"##\" \"##\" \"##", "612345678", "06 12 34 56 78"), InlineData("00000", "1000", "01000"), InlineData("[$-40C]00000", "1000", "01000")]
    [InlineData("\"+33 \"0\\ 00\\ 00\\ 00\\ 00", "612345678", "+33 6 12 34 56 78"), InlineData("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "5551234567", "(555) 123-4567"), InlineData("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "5551234", "555-1234")]
    [InlineData("General", "612345678", "612345678"), InlineData("@", "75001", "75001"), InlineData("0", "75001", "75001"), InlineData("#,##0", "75001", "75001"), InlineData("#,##0.00\\ \"€\"", "1234.5", "1234.5"), InlineData("0.00E+00", "6.12345678E8", "612345678")]
    [InlineData("_-* #,##0.00\\ [$€-40C]_-;\\-* #,##0.00\\ [$€-40C]_-", "12.5", "12.5"), InlineData("# ?/?", "0.5", "0.5"), InlineData("0%", "0.25", "25%"), InlineData("0.0%", "0.125", "12.5%"), InlineData("\"Oui\";;\"Non\"", "1", "Oui"), InlineData("\"Oui\";;\"Non\"", "0", "Non"), InlineData("0 kg", "12", "12 kg")]
    [InlineData("14", "44267", "2021-03-12"), InlineData("22", "44267.34375", "2021-03-12 08:15"), InlineData("30", "44267", "2021-03-12"), InlineData("57", "44267", "2021-03-12"), InlineData("20", "0.34375", "08:15"), InlineData("21", "0.3439236", "08:15:15"), InlineData("46", "1.5", "36:00")]
    [InlineData("dd/mm/yyyy", "44267", "2021-03-12"), InlineData("[$-40C]d\\ mmmm\\ yyyy;@", "44267", "2021-03-12"), InlineData("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "44267", "2021-03-12"), InlineData("m/d/yy h:mm AM/PM", "44267.5", "2021-03-12 12:00"), InlineData("jj/mm/aaaa", "44267", "2021-03-12"), InlineData("TT.MM.JJJJ", "44267", "2021-03-12")]
    [InlineData("mmm\\-yy", "44256", "2021-03-01"), InlineData("[$-411]ggge\"年\"m\"月\"d\"日\"", "44267", "2021-03-12"), InlineData("yyyy\\-mm\\-dd\\Thh:mm", "44266.999999", "2021-03-12"), InlineData("h:mm:ss.000", "0.5", "12:00"), InlineData("[h]:mm", "1.0104166667", "24:15"), InlineData("[Red]dd/mm/yy", "44267", "2021-03-12")]
    [InlineData("dd/mm/yyyy", "59", "1900-02-28"), InlineData("dd/mm/yyyy", "61", "1900-03-01"), InlineData("dd/mm/yyyy", "1", "1900-01-01"), InlineData("dd/mm/yyyy", "-1", "-1"), InlineData("dd/mm/yyyy", "99999999999", "99999999999"), InlineData("Standard", "5", "5"), InlineData("\"m\"0", "5", "m5")]
    public void A_number_format_gives_back_what_the_number_cannot_hold(string format, string number, string expected) =>
        Assert.Equal(expected, Books.First(Books.Excel($"<row><c s='1'><v>{number}</v></c><c><v>1</v></c></row>", formats: [format]))[0]);

    [Fact]
    public void Days_are_counted_from_1904_where_the_workbook_says_so() =>
        Assert.Equal(["2021-03-12", "12:00", "1904-01-01"], Books.First(Books.Excel("<row><c s='1'><v>42805</v></c><c s='2'><v>0.5</v></c><c s='1'><v>0</v></c></row>", formats: ["14", "h:mm"], from1904: true)));

    [Theory]
    [InlineData("fr", "Portable", "0612345678"), InlineData("fr", "Tél.", "0612345678"), InlineData("en", "Mobile", "612345678"), InlineData("fr", "SIREN", "612345678")]
    public void A_telephone_number_without_its_zero_gets_it_back_where_numbers_have_one(string language, string heading, string expected)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try { Assert.Equal(["Roe", expected], Books.Read(Books.Excel($"<row><c t='str'><v>Nom</v></c><c t='str'><v>{heading}</v></c></row><row><c t='str'><v>Roe</v></c><c><v>612345678</v></c></row>"))[1].Cells); }
        finally { CultureInfo.CurrentUICulture = before; }
    }

    [Theory]
    [InlineData("E-mail", "Écrire", "mailto:ann%2Bx@roe.example?subject=Hello", "ann+x@roe.example"), InlineData("E-mail", "ann@other.example", "mailto:ann@roe.example", "ann@other.example"), InlineData("Nom", "Ann Roe", "mailto:ann@roe.example", "Ann Roe")]
    [InlineData("Site web", "Notre site", "https://roe.example/", "https://roe.example/"), InlineData("Site web", "www.roe.example", "http://www.roe.example/", "www.roe.example"), InlineData("LinkedIn", "Profil", "https://linkedin.com/in/ann", "https://linkedin.com/in/ann"), InlineData("E-mail", "Fiche", "#Feuil2!A1", "Fiche")]
    public void A_link_counts_where_the_column_is_for_what_it_leads_to(string heading, string text, string target, string expected)
    {
        var rows = Books.Rows(["Prénom", heading], ["Ann", text]);
        Assert.Equal(["Ann", expected], Books.Read(Books.Excel(rows, behind: "<hyperlinks><hyperlink ref='B2' r:id='l'/><hyperlink ref='A1' location='x'/></hyperlinks>", links: Books.Link("l", target)))[1].Cells);
        var formula = $"<row><c t='str'><v>Prénom</v></c><c t='str'><v>{heading}</v></c></row><row><c t='str'><v>Ann</v></c><c t='str'><f>HYPERLINK(\"{target}\",\"x\")</f><v>{text}</v></c></row>";
        Assert.Equal(["Ann", expected], Books.Read(Books.Excel(formula))[1].Cells);
    }
}
