using Liaison.Exchange.Reading;

namespace Liaison.Tests.Exchange.Sheets;

/// <summary>Rows, sheets and parts of Excel workbooks.</summary>
public sealed class ExcelSheetTests
{
    private static readonly string[] Header = ["Nom", "Prénom", "E-mail"];
    private static readonly string[] Ann = ["Roe", "Ann", "ann@roe.example"];

    [Fact]
    public void A_row_keeps_the_number_that_the_sheet_shows()
    {
        var rows = Books.Read(Books.Excel("<row r='3'><c r='A3' t='str'><v>Nom</v></c><c r='B3' t='str'><v>Ville</v></c></row><row r='4'><c r='A4' s='1'/></row><row r='7'><c r='A7' t='str'><v>Roe\nRow</v></c></row><row><c><v>8</v></c></row><row r='2'><c><v>9</v></c></row>"
            + string.Concat(Enumerable.Range(10, 5000).Select(r => $"<row r='{r}' s='1'><c r='A{r}' s='1'/><c r='B{r}' t='str'><v> </v></c></row>")) + "<row r='1048576'><c r='XFD1048576' s='1'/></row>"));
        Assert.Equal([3, 7, 8, 9], rows.Select(r => r.Number));
        Assert.Equal("Roe\nRow", rows[1].Cells[0]);
    }

    [Fact]
    public void Titles_above_the_table_are_left_out_and_rows_that_are_hidden_are_not()
    {
        var rows = Books.Rows(["Fichier clients"], [], Header) + "<row r='4' hidden='1'><c t='str'><v>Roe</v></c><c t='str'><v>Ann</v></c></row>";
        var shape = Books.Shape(Books.Excel(rows, behind: "<mergeCells><mergeCell ref='A1:C1'/></mergeCells>"));
        Assert.Equal((FileFormat.Workbook, 2, 3, 1), (shape.Format, shape.Preamble, shape.Columns, shape.Records));
        Assert.Equal([(FileProblemKind.HiddenRows, 4), (FileProblemKind.Preamble, 3)], shape.Problems.Select(p => (p.Kind, p.Row)).Cast<(FileProblemKind, long?)>().Select(p => (p.Item1, p.Item2!.Value)));
    }

    [Fact]
    public void What_was_merged_downwards_counts_for_each_row_that_holds_something()
    {
        var rows = Books.Read(Books.Excel(Books.Rows(["Société", "Nom"], ["Acme", "Roe"], ["", "Poe"], [], ["", "Doe"]), behind: "<mergeCells><mergeCell ref='A2:A4'/><mergeCell ref='B2:C2'/></mergeCells>"));
        Assert.Equal(["Société|Nom", "Acme|Roe", "Acme|Poe", "|Doe"], rows.Select(r => string.Join('|', r.Cells)));
    }

    [Fact]
    public void The_first_sheet_with_a_table_of_contacts_is_taken_and_the_others_are_named()
    {
        (string, string, string)[] sheets =
        [
            ("Cachée", "state='hidden'", $"<sheetData>{Books.Rows(Header, ["Old", "Bob", "bob@old.example"])}</sheetData>"), ("Lisez-moi", "", $"<sheetData>{Books.Rows(["Ce classeur"], ["contient les clients"])}</sheetData>"), ("Vide", "", "<sheetData/>"),
            ("Clients", "", $"<sheetData>{Books.Rows(Header, Ann)}</sheetData>"), ("2024", "", $"<sheetData>{Books.Rows(Header, Ann, Ann)}</sheetData>"),
        ];
        var shape = Books.Shape(Books.Excel(sheets));
        Assert.Equal("Clients", shape.SheetName);
        Assert.Equal(["Cachée", "Lisez-moi", "Clients", "2024"], shape.Sheets.Select(s => s.Name));
        Assert.Equal("Cachée, Lisez-moi, 2024", shape.Problems.Single(p => p.Kind == FileProblemKind.OtherSheets).Detail);
        Assert.Equal("Cachée", Books.Shape(Books.Excel(sheets[..1])).SheetName);
    }

    public static TheoryData<string> Writers => ["strict", "prefixed", "absolute", "backslashes", "no relations of the package", "upper case", "declared"];

    [Theory, MemberData(nameof(Writers))]
    public void It_does_not_matter_which_program_wrote_it(string how)
    {
        using var source = new System.IO.Compression.ZipArchive(new MemoryStream(Books.Excel(Books.Rows(Header, Ann))));
        var parts = source.Entries.Select(e => { using var reader = new StreamReader(e.Open()); return (Name: e.FullName, Content: reader.ReadToEnd()); }).ToList();
        const string Strict = "http://purl.oclc.org/ooxml/";
        var book = how switch
        {
            "strict" => Books.Zip([.. parts.Select(p => (p.Name, p.Content.Replace(Books.Main, Strict + "spreadsheetml/main", StringComparison.Ordinal).Replace(Books.Office, Strict + "officeDocument/relationships", StringComparison.Ordinal)))]),
            "prefixed" => Books.Zip([.. parts.Select(p => (p.Name, !p.Name.Contains("sheet0", StringComparison.Ordinal) ? p.Content : System.Text.RegularExpressions.Regex.Replace(p.Content, "<(/?)([a-zA-Z])", "<$1x:$2").Replace("xmlns=", "xmlns:x=", StringComparison.Ordinal)))]),
            "absolute" => Books.Zip([.. parts.Select(p => (p.Name, p.Content.Replace("Target='xl/", "Target='/xl/", StringComparison.Ordinal).Replace("Target='worksheets", "Target='../xl/./worksheets", StringComparison.Ordinal)))]),
            "backslashes" => Books.Zip([.. parts.Select(p => (p.Name.Replace('/', '\\'), p.Content))]),
            "no relations of the package" => Books.Zip([.. parts.Where(p => p.Name != "_rels/.rels")]),
            "upper case" => Books.Zip([.. parts.Select(p => (p.Name == "xl/workbook.xml" ? "XL/Workbook.XML" : p.Name, p.Content))]),
            _ => Books.Zip([.. parts.Select(p => (p.Name, p.Name.EndsWith("sheet0.xml", StringComparison.Ordinal) ? "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><!-- a -->" + p.Content : p.Content))]),
        };
        Assert.Equal([Header, Ann], Books.Read(book).Select(r => r.Cells));
    }
}
