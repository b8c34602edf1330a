using System.IO.Compression;
using System.Text;
using Liaison.Exchange.Reading;

namespace Liaison.Tests.Exchange.Sheets;

/// <summary>Workbooks made by hand, part by part, and what is read of them.</summary>
internal static class Books
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>A zip archive of these parts.</summary>
    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return bytes.ToArray();
    }

    /// <summary>An Excel workbook of one sheet with these rows.</summary>
    public static byte[] Excel(string rows, string shared = "", string[]? formats = null, bool from1904 = false, string behind = "", string links = "") =>
        Excel([("Feuil1", "", $"<sheetData>{rows}</sheetData>{behind}")], shared, formats, from1904, links);

    /// <summary>An Excel workbook of sheets, each with its name, its attributes and what is inside. Style 0 is general, those behind are the formats given.</summary>
    public static byte[] Excel((string Name, string Attributes, string Inside)[] sheets, string shared = "", string[]? formats = null, bool from1904 = false, string links = "")
    {
        formats ??= [];
        List<(string, string)> parts =
        [
            ("_rels/.rels", $"<Relationships xmlns='{Relations}'><Relationship Id='r1' Type='{Office}/officeDocument' Target='xl/workbook.xml'/></Relationships>"),
            ("xl/workbook.xml", $"<workbook xmlns='{Main}' xmlns:r='{Office}'><workbookPr date1904='{(from1904 ? 1 : 0)}'/><sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name='{s.Name}' sheetId='{i + 1}' r:id='s{i}' {s.Attributes}/>"))}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns='{Relations}'>{string.Concat(sheets.Select((_, i) => $"<Relationship Id='s{i}' Type='{Office}/worksheet' Target='worksheets/sheet{i}.xml'/>"))}<Relationship Id='t' Type='{Office}/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='f' Type='{Office}/styles' Target='/xl/styles.xml'/></Relationships>"),
            ("xl/sharedStrings.xml", $"<sst xmlns='{Main}'>{shared}</sst>"),
            ("xl/styles.xml", $"<styleSheet xmlns='{Main}'><numFmts>{string.Concat(formats.Select((f, i) => $"<numFmt numFmtId='{200 + i}' formatCode='{System.Security.SecurityElement.Escape(f)}'/>"))}</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>{string.Concat(formats.Select((f, i) => $"<xf numFmtId='{(int.TryParse(f, out var id) && id > 8 ? id : 200 + i)}'/>"))}</cellXfs></styleSheet>"),
            .. sheets.Select((s, i) => ($"xl/worksheets/sheet{i}.xml", $"<worksheet xmlns='{Main}' xmlns:r='{Office}'>{s.Inside}</worksheet>")),
        ];
        if (links.Length > 0) parts.Add(("xl/worksheets/_rels/sheet0.xml.rels", $"<Relationships xmlns='{Relations}'>{links}</Relationships>"));
        return Zip([.. parts]);
    }

    /// <summary>A link of a sheet of an Excel workbook.</summary>
    public static string Link(string id, string target) => $"<Relationship Id='{id}' Type='{Office}/hyperlink' Target='{target}' TargetMode='External'/>";

    /// <summary>Rows of cells with their text inside.</summary>
    public static string Rows(params string[][] rows) =>
        string.Concat(rows.Select(r => $"<row>{string.Concat(r.Select(c => c.Length == 0 ? "<c/>" : $"<c t='inlineStr'><is><t>{System.Security.SecurityElement.Escape(c)}</t></is></c>"))}</row>"));

    /// <summary>An OpenDocument workbook of these tables.</summary>
    public static byte[] OpenDocument(string tables, string styles = "", string manifest = "", string type = "application/vnd.oasis.opendocument.spreadsheet") => Zip(
        ("mimetype", type), ("META-INF/manifest.xml", $"<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>{manifest}</m:manifest>"),
        ("content.xml", $"<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x' xmlns:style='s' xmlns:xlink='l' xmlns:calcext='c'><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"));

    /// <summary>How a file is read.</summary>
    public static FileShape Shape(byte[] bytes) => ReadingFiles.Shape(bytes);

    /// <summary>All rows of the sheet that is taken, with their numbers.</summary>
    public static List<(long Number, string[] Cells)> Read(byte[] bytes)
    {
        var file = ContactFile.Open(new MemoryStream(bytes), 1 << 30, TestContext.Current.CancellationToken);
        Assert.Null(file.Shape.Fatal?.Kind);
        return [.. CsvRows.Read(file.Text, file.Shape with { HasHeader = false, Preamble = 0, LastRow = 0 }).Select(r => (r.Number, r.Cells.Select(CsvText.Read).Reverse().SkipWhile(c => c.Length == 0).Reverse().ToArray()))];
    }

    /// <summary>The cells of the first row.</summary>
    public static string[] First(byte[] bytes) => Read(bytes)[0].Cells;
}
