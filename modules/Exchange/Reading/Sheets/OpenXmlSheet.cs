using System.Globalization;

namespace Liaison.Exchange.Reading;

/// <summary>
/// Reads one sheet of an Excel workbook, cell by cell. Links and merged cells stand behind the cells; where there are any that matter, the sheet is read a
/// second time.
/// </summary>
internal sealed class OpenXmlSheet(WorkbookPackage package, string part, SharedStrings texts, List<NumberFormat> formats, bool from1904, SheetWriter writer)
{
    private const int MostLinks = 300_000;

    private readonly Dictionary<(int Row, int Column), string> _links = [];
    private readonly MergedCells _merged = new();
    private int _row;

    public void Read(string name, bool isHidden)
    {
        ReadOnce(name, isHidden);
        if (_links.Count > 0) Resolve();
        if (_links.Count > 0 || _merged.Count > 0) ReadOnce(name, isHidden);
        writer.End();
    }

    private void ReadOnce(string name, bool isHidden)
    {
        bool isFirst = _links.Count == 0 && _merged.Count == 0;
        writer.Begin(name, isHidden);
        _row = 0;
        using var xml = package.OpenXml(part)!;
        while (xml.NextElement())
        {
            if (xml.Name == "sheetData") ReadRows(xml);
            else if (!isFirst) continue;
            else if (xml.Name == "mergeCell" && xml["ref"]?.Split(':') is [var from, var to] && Place(from) is var (top, left) && Place(to) is var (bottom, _)) _merged.Add(left, top, bottom);
            else if (xml.Name == "hyperlink" && xml["id"] is { } id && Place(xml["ref"]?.Split(':')[0]) is { } place && _links.Count < MostLinks) _links[place] = id;
        }
    }

    private void ReadRows(PartXml xml)
    {
        if (xml.IsEmpty) return;
        int depth = xml.Depth;
        while (xml.NextInside(depth))
        {
            if (xml.Name != "row") continue;
            int number = int.TryParse(xml["r"], NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : _row + 1;
            if (number > SheetWriter.MostRows) throw new BadWorkbookException(FileProblemKind.WorkbookDamaged);
            _row = Math.Max(number, _row + 1);
            writer.Row(_row, xml["hidden"] is "1" or "true");
            if (xml.IsEmpty) continue;
            int column = -1, inside = xml.Depth;
            while (xml.NextInside(inside))
            {
                if (xml.Name != "c") continue;
                // Some programs do not say which cell it is: it is the next one.
                column = Column(xml["r"]) is { } at ? at : column + 1;
                if (column >= SheetWriter.MostColumns) throw new BadWorkbookException(FileProblemKind.WorkbookDamaged);
                if (!xml.IsEmpty) ReadCell(xml, column);
            }

            _merged.Fill(_row, writer);
        }
    }

    private void ReadCell(PartXml xml, int column)
    {
        string? kind = xml["t"];
        int depth = xml.Depth, style = int.TryParse(xml["s"], NumberStyles.None, CultureInfo.InvariantCulture, out int s) ? s : 0;
        string value = "";
        string? link = null;
        while (xml.NextInside(depth))
        {
            if (xml.Name == "v") value = xml.Text();
            else if (xml.Name == "is") value = OpenXmlText.Read(xml);
            else if (xml.Name == "f") link = LinkOf(xml.Text());
            else xml.Skip();
        }

        if (value.Length == 0) return;
        if (kind is null or "n") Number(column, value.Trim(), style < formats.Count ? formats[style] : NumberFormat.General);
        else writer.Put(column, kind switch
        {
            "s" => int.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int index) ? texts[index] : throw new BadWorkbookException(FileProblemKind.WorkbookDamaged),
            "b" => value is "1" or "true" ? "TRUE" : "FALSE",
            "d" => SheetDates.Short(value),
            "str" => OpenXmlText.Unescape(value),
            _ => value,
        });
        if (link is not null) writer.PutLink(column, link);
        if (_links.TryGetValue((_row, column), out var address)) writer.PutLink(column, address);
    }

    private void Number(int column, string number, NumberFormat format)
    {
        string shown = format.Show(number, from1904);
        if (format.IsPlain) writer.PutNumber(column, shown);
        else writer.Put(column, shown);
    }

    // =HYPERLINK("mailto:…","…")
    private static string? LinkOf(string formula)
    {
        if (!formula.StartsWith("HYPERLINK(\"", StringComparison.OrdinalIgnoreCase)) return null;
        int end = formula.IndexOf('"', 11);
        return end < 0 ? null : formula[11..end];
    }

    // The addresses of links stand in a part of their own.
    private void Resolve()
    {
        var relations = OpenXmlParts.Relations(package, part);
        foreach (var (place, id) in _links.ToList())
        {
            if (relations.TryGetValue(id, out var link) && link.IsOutside && link.Kind == "hyperlink") _links[place] = link.Target;
            else _links.Remove(place);
        }
    }

    private static (int Row, int Column)? Place(string? cell) => Column(cell) is { } column && int.TryParse(cell.AsSpan().Trim('$').TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ$"), NumberStyles.None, CultureInfo.InvariantCulture, out int row) ? (row, column) : null;

    // Counted from 0, of "AB12"; null when it names none.
    private static int? Column(string? cell)
    {
        if (cell is null) return null;
        int column = 0, at = 0;
        for (; at < cell.Length && at < 8; at++)
        {
            if (char.IsAsciiLetter(cell[at])) column = (column * 26) + (cell[at] | 32) - 'a' + 1;
            else if (cell[at] != '$') break;
        }

        return column == 0 || at == 8 ? null : column - 1;
    }
}
