using System.IO.Compression;
using System.Text;
using Liaison.Exchange.Reading;

namespace Liaison.Tests.Exchange.Sheets;

/// <summary>Files that are no workbooks, and those made to do harm: each is refused by name, with little memory and without reading on.</summary>
public sealed class HostileBookTests
{
    private static readonly string Row = Books.Rows(["Nom", "E-mail"], ["Roe", "ann@roe.example"]);

    public static TheoryData<string, FileProblemKind> Others => new()
    {
        { "zip", FileProblemKind.Archive }, { "word", FileProblemKind.Document }, { "writer", FileProblemKind.Document }, { "numbers", FileProblemKind.Workbook }, { "binary", FileProblemKind.Workbook }, { "before 2007", FileProblemKind.Workbook },
        { "old word", FileProblemKind.Document }, { "password", FileProblemKind.Protected }, { "password of LibreOffice", FileProblemKind.Protected }, { "password of all", FileProblemKind.Protected },
        { "empty", FileProblemKind.EmptyWorkbook }, { "empty rows", FileProblemKind.EmptyWorkbook }, { "no sheet", FileProblemKind.EmptyWorkbook }, { "empty tables", FileProblemKind.EmptyWorkbook },
        { "cut", FileProblemKind.WorkbookDamaged }, { "no xml", FileProblemKind.WorkbookDamaged }, { "missing text", FileProblemKind.WorkbookDamaged }, { "half a tag", FileProblemKind.WorkbookDamaged },
    };

    [Theory, MemberData(nameof(Others))]
    public void What_is_no_workbook_of_ours_is_refused_by_name(string what, FileProblemKind kind)
    {
        byte[] Compound(string entry) => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[(1 << 20) + 500], .. Encoding.Unicode.GetBytes(entry), .. new byte[600]];
        (string, string) Root(string target) => ("_rels/.rels", $"<Relationships><Relationship Id='r' Type='{Books.Office}/officeDocument' Target='{target}'/></Relationships>");
        var whole = Books.Excel(Row);
        var file = what switch
        {
            "zip" => Books.Zip(("contacts.csv", "Nom;E-mail\nRoe;ann@roe.example\n"), ("xl/readme.txt", "x")),
            "word" => Books.Zip(Root("word/document.xml"), ("word/document.xml", "<document><body/></document>")),
            "writer" => Books.OpenDocument("", type: "application/vnd.oasis.opendocument.text"),
            "numbers" => Books.Zip(("Index/Document.iwa", "x")),
            "binary" => Books.Zip(Root("xl/workbook.bin"), ("xl/workbook.bin", "x")),
            "before 2007" => Compound("Workbook"), "old word" => Compound("WordDocument"), "password" => Compound("EncryptedPackage"),
            "password of LibreOffice" => Books.OpenDocument("", manifest: "<m:file-entry><m:encryption-data/></m:file-entry>"),
            "password of all" => Books.Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("encrypted-package", "x")),
            "empty" => Books.Excel(""), "empty rows" => Books.Excel("<row r='9'><c r='A9' s='0'/><c t='inlineStr'><is><t> </t></is></c></row>"), "no sheet" => Books.Excel([]),
            "empty tables" => Books.OpenDocument("<table:table/><table:table table:name='T'><table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384'/></table:table-row></table:table>"),
            "cut" => whole[..(whole.Length * 2 / 3)],
            "no xml" => Books.Excel([("S", "", "<sheetData></wrong>")]),
            "half a tag" => Books.Excel([("S", "", "<sheetData><row")]),
            _ => Books.Excel("<row><c t='s'><v>5</v></c></row>"),
        };
        Assert.Equal(kind, Books.Shape(file).Fatal?.Kind);
    }

    public static TheoryData<string, FileProblemKind> Bombs => new()
    {
        { "entities", FileProblemKind.WorkbookDamaged }, { "a file of the server", FileProblemKind.WorkbookDamaged }, { "a column beyond the last", FileProblemKind.WorkbookDamaged }, { "a row beyond the last", FileProblemKind.WorkbookDamaged },
        { "an attribute without end", FileProblemKind.WorkbookDamaged }, { "a name without end", FileProblemKind.WorkbookDamaged }, { "nested without end", FileProblemKind.WorkbookDamaged }, { "ever new names", FileProblemKind.WorkbookDamaged },
        { "blanks", FileProblemKind.WorkbookTooLarge }, { "one long text in all cells", FileProblemKind.WorkbookTooLarge }, { "a full row that repeats", FileProblemKind.WorkbookTooLarge }, { "a wide row that repeats", FileProblemKind.WorkbookTooLarge }, { "many parts", FileProblemKind.WorkbookTooLarge },
    };

    [Theory, MemberData(nameof(Bombs))]
    public void What_would_fill_memory_or_disk_is_refused(string what, FileProblemKind kind)
    {
        const string Dtd = "<!DOCTYPE s [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>{0}]>";
        string Repeat(string cell, string times) => $"<table:table table:name='T'><table:table-row table:number-rows-repeated='999999999999'><table:table-cell table:number-columns-repeated='{times}' {cell}</table:table-row></table:table>";
        const string Filled = "office:value-type='string'><text:p>filled</text:p></table:table-cell>";
        var file = what switch
        {
            "entities" => Part("xl/worksheets/sheet0.xml", w => w.Write($"{string.Format(null, Dtd, "")}<worksheet><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>")),
            "a file of the server" => Part("xl/sharedStrings.xml", w => w.Write($"{string.Format(null, Dtd, "<!ENTITY f SYSTEM 'file:///etc/passwd'>")}<sst><si><t>&f;</t></si></sst>")),
            "a column beyond the last" => Books.Excel("<row><c r='A1'><v>1</v></c><c r='XFE1'><v>1</v></c></row>"),
            "a row beyond the last" => Books.Excel("<row r='1048577'><c><v>1</v></c></row>"),
            "an attribute without end" => Part("xl/worksheets/sheet0.xml", w => { w.Write("<worksheet><sheetData><row r='"); Fill(w, ">>>>>>>>", 2_000_000); }),
            "a name without end" => Part("xl/workbook.xml", w => { w.Write("<workbook><"); Fill(w, "abcdefgh", 2_000_000); }),
            "nested without end" => Part("xl/styles.xml", w => { w.Write("<styleSheet>"); Fill(w, "<a>", 2_000_000); }),
            "ever new names" => Part("xl/worksheets/sheet0.xml", w => { w.Write("<worksheet>"); for (var i = 0; i < 100_000; i++) w.Write($"<a{i}/>"); w.Write("</worksheet>"); }),
            "blanks" => Part("xl/sharedStrings.xml", w => { w.Write("<sst>"); Fill(w, "<si><t/></si>", 6_000_000); w.Write("</sst>"); }),
            "one long text in all cells" => Books.Excel($"<row>{string.Concat(Enumerable.Repeat("<c t='s'><v>0</v></c>", 600))}</row>", $"<si><t>{new string('x', 32_000)}</t></si>"),
            "a full row that repeats" => Books.OpenDocument(Repeat(Filled, "16384")),
            "a wide row that repeats" => Books.OpenDocument(Repeat("/><table:table-cell " + Filled, "16000")),
            _ => Books.Zip([.. Enumerable.Range(0, 20_001).Select(i => ($"xl/{i}.xml", ""))]),
        };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var shape = ContactFile.Open(new MemoryStream(file), 20_000_000, TestContext.Current.CancellationToken).Shape;
        Assert.Equal(kind, shape.Fatal?.Kind);
        // Also not for a while: an attribute is held as a whole, twice while it grows.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000_000);
    }

    [Fact]
    public void Bytes_that_were_changed_never_do_more_than_refuse()
    {
        var random = new Random(7);
        foreach (var whole in new[] { Books.Excel(Row, "<si><t>a</t></si>", ["00000"]), Books.OpenDocument("<table:table table:name='T'><table:table-row><table:table-cell office:value-type='float' office:value='1'/></table:table-row></table:table>") })
        {
            for (var i = 0; i < 500; i++)
            {
                byte[] changed = [.. whole];
                for (var n = random.Next(1, 6); n > 0; n--) changed[random.Next(4, changed.Length)] = (byte)random.Next(256);
                var shape = Books.Shape(changed);
                Assert.True(shape.Fatal is not null || shape.Records >= 0);
            }
        }
    }

    // A workbook with another part in the place of its own; written piece by piece, as it would not fit into memory.
    private static byte[] Part(string name, Action<StreamWriter> write)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Books.Excel(Row));
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(name)!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.SmallestSize).Open());
            write(writer);
        }
        return bytes.ToArray();
    }

    private static void Fill(StreamWriter writer, string text, int times)
    {
        for (var i = 0; i < times; i++) writer.Write(text);
    }
}
