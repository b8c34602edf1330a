using System.Text;
using System.Xml;

namespace Liaison.Exchange.Reading;

/// <summary>Turns a workbook into the text of its sheets, whatever the file is called.</summary>
internal static class WorkbookReading
{
    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;
    private static ReadOnlySpan<byte> Compound => [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Writes the sheets to <paramref name="output"/>; null when the file is neither a workbook nor anything that is packed like one.</summary>
    /// <exception cref="BadWorkbookException">It is one that cannot be read.</exception>
    public static IReadOnlyList<SheetSpan>? Read(Stream file, Func<Stream> output, long most, CancellationToken cancel)
    {
        Span<byte> start = stackalloc byte[4096];
        file.Position = 0;
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.StartsWith(Compound)) throw new BadWorkbookException(CompoundFile.Problem(file, cancel));
        if (!start.StartsWith(Zip)) return null;
        try
        {
            using var package = new WorkbookPackage(file, cancel);
            var writer = new SheetWriter(output(), most);
            Read(package, writer);
            return writer.Sheets.Count > 0 ? writer.Sheets : throw new BadWorkbookException(FileProblemKind.EmptyWorkbook);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException or NotSupportedException or OverflowException or ArgumentException)
        {
            bool isWorkbook = start.IndexOf("[Content_Types]"u8) >= 0 || start.IndexOf("xl/"u8) >= 0 || start.IndexOf("opendocument.spreadsheet"u8) >= 0;
            throw new BadWorkbookException(isWorkbook ? FileProblemKind.WorkbookDamaged : FileProblemKind.Archive, e);
        }
    }

    private static void Read(WorkbookPackage package, SheetWriter writer)
    {
        if (OpenXmlParts.Main(package) is { } main)
        {
            if (main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)) throw new BadWorkbookException(FileProblemKind.Workbook);
            if (Root(package, main) != "workbook") throw new BadWorkbookException(FileProblemKind.Document);
            OpenXmlBook.Read(package, main, writer);
            return;
        }

        string? type = MediaType(package);
        if (type?.StartsWith("application/vnd.oasis.opendocument.spreadsheet", StringComparison.Ordinal) == true)
        {
            if (OpenDocumentBook.IsProtected(package)) throw new BadWorkbookException(FileProblemKind.Protected);
            new OpenDocumentBook(package, writer).Read();
        }
        else if (type?.StartsWith("application/vnd.", StringComparison.Ordinal) == true) throw new BadWorkbookException(FileProblemKind.Document);
        else throw new BadWorkbookException(package.Names.Any(n => n.EndsWith(".iwa", StringComparison.OrdinalIgnoreCase)) ? FileProblemKind.Workbook : FileProblemKind.Archive);
    }

    private static string? Root(WorkbookPackage package, string part)
    {
        using var xml = package.OpenXml(part);
        return xml?.NextElement() == true ? xml.Name : null;
    }

    private static string? MediaType(WorkbookPackage package)
    {
        using var part = package.Open("mimetype");
        if (part is null) return null;
        var bytes = new byte[200];
        return Encoding.ASCII.GetString(bytes, 0, part.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).Trim();
    }
}
