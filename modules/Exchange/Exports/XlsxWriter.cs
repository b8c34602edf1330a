using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Liaison.Kernel.Texts;

namespace Liaison.Exchange.Exports;

/// <summary>
/// Writes text cells as an Excel workbook (ECMA-376), streamed; further sheets take the rows that one cannot hold, and a last one tells what had to be
/// shortened. Text cells are never calculated, so nothing needs escaping against formulas. The Open XML SDK keeps a whole sheet in memory, so the few
/// parts a workbook needs are written here.
/// </summary>
public sealed class XlsxWriter(Localizer texts)
{
    /// <summary>Rows that a sheet can have, by the specification of the format.</summary>
    public const int MostRows = 1_048_576;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string OfficeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const int MostNotes = 1000;

    private readonly List<string> _sheets = [];
    private readonly List<string?[]> _notes = [];
    private long _moreNotes;

    /// <summary>Writes the workbook; sheets have up to <paramref name="mostRows"/> rows, the headings included.</summary>
    public async Task WriteAsync(Stream output, OpenExport open, CancellationToken cancel, int mostRows = MostRows)
    {
        // ZipArchive writes synchronously: it fills a buffer that is sent on asynchronously after each page.
        var sent = new SentStream();
        using (var zip = new ZipArchive(sent, ZipArchiveMode.Create, leaveOpen: true))
        {
            // Whatever is not named is a sheet: how many there are is known at the end.
            Part(zip, "[Content_Types].xml", $"""<Types xmlns="{Types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="{Spreadsheet}worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Spreadsheet}sheet.main+xml"/></Types>""");
            Part(zip, "_rels/.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{OfficeRelations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            await RowsAsync(zip, sent, output, open, mostRows, cancel);
            Notes(zip);
            Part(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{OfficeRelations}"><sheets>{string.Concat(_sheets.Select((name, i) => Invariant($"<sheet name=\"{name}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>")))}</sheets></workbook>""");
            Part(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Relations}">{string.Concat(_sheets.Select((_, i) => Invariant($"<Relationship Id=\"rId{i + 1}\" Type=\"{OfficeRelations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>")))}</Relationships>""");
        }
        await sent.SendAsync(output, cancel);
    }

    private async Task RowsAsync(ZipArchive zip, SentStream sent, Stream output, OpenExport open, int mostRows, CancellationToken cancel)
    {
        var sheet = new XlsxSheet(zip, Begin("Liaison"), open.Headers);
        var row = new string?[open.Headers.Count];
        try
        {
            await foreach (var page in open.Rows.WithCancellation(cancel))
            {
                for (var n = 0; n < page.Count; n++)
                {
                    for (var column = 0; column < row.Length; column++) row[column] = page.Text(n, column);
                    if (sheet.Rows == mostRows)
                    {
                        sheet.Dispose();
                        sheet = new XlsxSheet(zip, Begin(Invariant($"Liaison {_sheets.Count + 1}")), open.Headers);
                    }
                    Row(sheet, open.Headers, row);
                }
                await sent.SendAsync(output, cancel);
            }
        }
        finally { sheet.Dispose(); }
    }

    private void Row(XlsxSheet sheet, IReadOnlyList<string> headers, string?[] row)
    {
        sheet.Write(row, (column, text, isCut) =>
        {
            if (_notes.Count == MostNotes) { _moreNotes++; return; }
            var said = isCut ? texts["export.notes.cut", text.Length, XlsxSheet.MostCharacters] : texts["export.notes.characters"];
            _notes.Add([Invariant($"{_sheets[^1]}!{XlsxSheet.Letters(column)}{sheet.Rows}"), headers[column], said]);
        });
    }

    private void Notes(ZipArchive zip)
    {
        if (_notes.Count == 0) return;
        using var sheet = new XlsxSheet(zip, Begin(texts["export.notes"]), [texts["export.notes.cell"], texts["export.notes.column"], texts["export.notes"]]);
        foreach (var note in _notes) sheet.Write(note);
        if (_moreNotes > 0) sheet.Write([texts["export.notes.more", _moreNotes]]);
    }

    private string Begin(string sheet)
    {
        _sheets.Add(sheet);
        return Invariant($"xl/worksheets/sheet{_sheets.Count}.xml");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static void Part(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        writer.Write(content);
    }
}

/// <summary>One sheet of a workbook, its first row the headings.</summary>
internal sealed partial class XlsxSheet : IDisposable
{
    /// <summary>Characters that a cell can hold.</summary>
    public const int MostCharacters = 32_767;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private readonly Stream _stream;
    private readonly XmlWriter _xml;

    public XlsxSheet(ZipArchive zip, string part, IReadOnlyList<string?> headers)
    {
        _stream = zip.CreateEntry(part, CompressionLevel.Fastest).Open();
        _xml = XmlWriter.Create(_stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        _xml.WriteStartElement("worksheet", Main);
        _xml.WriteRaw("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
        _xml.WriteStartElement("sheetData", Main);
        Write(headers);
    }

    /// <summary>Rows written so far, the headings included.</summary>
    public int Rows { get; private set; }

    /// <summary>Writes a row; tells of cells (column, text, whether it was cut) that the sheet does not hold as they are.</summary>
    public void Write(IReadOnlyList<string?> cells, Action<int, string, bool>? shortened = null)
    {
        Rows++;
        _xml.WriteStartElement("row", Main);
        for (var i = 0; i < cells.Count; i++)
        {
            _xml.WriteStartElement("c", Main);
            if (cells[i] is { Length: > 0 } cell)
            {
                var text = Legal(cell);
                if (text.Length != cell.Length) shortened?.Invoke(i, cell, cell.Length > MostCharacters);
                _xml.WriteAttributeString("t", "inlineStr");
                _xml.WriteStartElement("is", Main);
                _xml.WriteStartElement("t", Main);
                _xml.WriteAttributeString("xml", "space", null, "preserve");
                _xml.WriteString(Escaped().Replace(text, "_x005F$0"));
                _xml.WriteEndElement();
                _xml.WriteEndElement();
            }
            _xml.WriteEndElement();
        }
        _xml.WriteEndElement();
    }

    /// <summary>The letters of a column, counted from 0: A, B… Z, AA.</summary>
    public static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString(CultureInfo.InvariantCulture) : Letters((column / 26) - 1) + Letters(column % 26);

    // A spreadsheet reads "_x0041_" as A.
    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    public void Dispose()
    {
        _xml.Dispose();
        _stream.Dispose();
    }

    // Up to the limit, without half a character and without what XML cannot hold.
    private static string Legal(string text)
    {
        var end = Math.Min(text.Length, MostCharacters);
        if (end < text.Length && char.IsHighSurrogate(text[end - 1])) end--;
        var bad = 0;
        while (bad < end && XmlConvert.IsXmlChar(text[bad])) bad++;
        if (bad == end) return end == text.Length ? text : text[..end];
        var legal = new StringBuilder(text, 0, bad, end);
        for (var i = bad; i < end; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) legal.Append(text[i]);
            else if (i + 1 < end && char.IsSurrogatePair(text[i], text[i + 1])) legal.Append(text, i++, 2);
        }
        return legal.ToString();
    }
}
