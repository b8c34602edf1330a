namespace Liaison.Exchange.Reading;

/// <summary>Reads the sheets of an Excel workbook (.xlsx, .xlsm and their templates), whichever program wrote it.</summary>
internal static class OpenXmlBook
{
    private const int MostSheets = 500;
    private const int MostFormats = 100_000;

    public static void Read(WorkbookPackage package, string workbook, SheetWriter writer)
    {
        var relations = OpenXmlParts.Relations(package, workbook);
        string? One(string kind) => relations.Values.FirstOrDefault(r => r.Kind == kind).Target;
        var (sheets, from1904) = Sheets(package, workbook);
        using var texts = Texts(package, One("sharedStrings"));
        var formats = Formats(package, One("styles"));
        foreach (var (name, id, isHidden) in sheets)
        {
            // Charts and dialogs are sheets too.
            if (!relations.TryGetValue(id, out var sheet) || sheet.Kind != "worksheet" || !package.Has(sheet.Target)) continue;
            new OpenXmlSheet(package, sheet.Target, texts, formats, from1904, writer).Read(name, isHidden);
        }
    }

    private static (List<(string Name, string Id, bool IsHidden)> Sheets, bool From1904) Sheets(WorkbookPackage package, string workbook)
    {
        var sheets = new List<(string, string, bool)>();
        bool from1904 = false;
        using var xml = package.OpenXml(workbook);
        while (xml?.NextElement() == true && sheets.Count < MostSheets)
        {
            if (xml.Name == "workbookPr") from1904 = xml["date1904"] is "1" or "true" or "on";
            else if (xml.Name == "sheet" && xml["id"] is { } id) sheets.Add((xml["name"] ?? "", id, xml["state"] is "hidden" or "veryHidden"));
        }

        return (sheets, from1904);
    }

    private static SharedStrings Texts(WorkbookPackage package, string? part)
    {
        var texts = new SharedStrings();
        try
        {
            using var xml = part is null ? null : package.OpenXml(part);
            while (xml?.NextElement() == true) if (xml.Name == "si") texts.Add(OpenXmlText.Read(xml));
            texts.Complete();
            return texts;
        }
        catch
        {
            texts.Dispose();
            throw;
        }
    }

    // The number format of each style that cells refer to.
    private static List<NumberFormat> Formats(WorkbookPackage package, string? part)
    {
        var (codes, formats, cells) = (new Dictionary<int, NumberFormat>(), new List<NumberFormat>(), false);
        using var xml = part is null ? null : package.OpenXml(part);
        while (xml?.NextElement() == true && codes.Count + formats.Count < MostFormats)
        {
            if (xml.Name is "cellXfs" or "cellStyleXfs" or "cellStyles" or "dxfs") cells = xml.Name == "cellXfs";
            else if (xml.Name == "numFmt" && int.TryParse(xml["numFmtId"], out int id)) codes.TryAdd(id, new NumberFormat(xml["formatCode"] ?? "General"));
            else if (cells && xml.Name == "xf") formats.Add(!int.TryParse(xml["numFmtId"], out int of) ? NumberFormat.General : codes.TryGetValue(of, out var known) ? known : codes[of] = NumberFormat.Known(of) ?? NumberFormat.General);
        }

        return formats;
    }
}
