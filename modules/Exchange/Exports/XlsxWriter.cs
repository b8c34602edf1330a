using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Liaison.Exchange.Exports;

/// <summary>
/// Writes one sheet of text cells as an Excel workbook (ECMA-376), streamed. Text cells are never calculated, so nothing needs escaping against formulas.
/// The Open XML SDK keeps a whole sheet in memory, so the few parts a workbook needs are written here.
/// </summary>
internal static class XlsxWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string OfficeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const int MostCharacters = 32_767;
    private const int MostRows = 1_048_576;

    public static async Task WriteAsync(Stream output, OpenExport open, CancellationToken cancel)
    {
        // ZipArchive writes synchronously: it fills a buffer that is sent on asynchronously after each page.
        var buffer = new Buffered();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", $"""<Types xmlns="{Types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
            Part(zip, "_rels/.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{OfficeRelations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Part(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{OfficeRelations}"><sheets><sheet name="Liaison" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            Part(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{OfficeRelations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            using var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            using var xml = XmlWriter.Create(sheet, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
            xml.WriteStartElement("worksheet", Main);
            xml.WriteRaw("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
            xml.WriteStartElement("sheetData", Main);
            Row(xml, open.Headers);
            var rows = 1;
            await foreach (var page in open.Rows.WithCancellation(cancel))
            {
                foreach (var row in page)
                    if (rows++ < MostRows) Row(xml, row);
                await buffer.SendAsync(output, cancel);
            }
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        await buffer.SendAsync(output, cancel);
    }

    private static void Part(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + content);
    }

    private static void Row(XmlWriter xml, IReadOnlyList<string?> cells)
    {
        xml.WriteStartElement("row", Main);
        foreach (var cell in cells)
        {
            xml.WriteStartElement("c", Main);
            if (!string.IsNullOrEmpty(cell))
            {
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is", Main);
                xml.WriteStartElement("t", Main);
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(Legal(cell));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static string Legal(string text)
    {
        if (text.Length > MostCharacters) text = text[..MostCharacters];
        return text.All(c => c >= ' ' || c is '\t' or '\n' or '\r') ? text : new string([.. text.Where(c => c >= ' ' || c is '\t' or '\n' or '\r')]);
    }

    private sealed class Buffered : Stream
    {
        private readonly MemoryStream _waiting = new(1 << 20);
        private long _sent;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => _sent + _waiting.Length;
        public override long Position { get => Length; set => throw new NotSupportedException(); }

        public async Task SendAsync(Stream output, CancellationToken cancel)
        {
            await output.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length), cancel);
            _sent += _waiting.Length;
            _waiting.SetLength(0);
        }

        public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);
        public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
