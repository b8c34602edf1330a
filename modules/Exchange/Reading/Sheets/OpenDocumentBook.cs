using System.Globalization;

namespace Liaison.Exchange.Reading;

/// <summary>Reads the sheets of an OpenDocument workbook (.ods), as LibreOffice and others write it.</summary>
internal sealed class OpenDocumentBook(WorkbookPackage package, SheetWriter writer)
{
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly List<(int Column, OpenDocumentCell Cell)> _cells = [];
    private MergedCells _merged = new();
    private int _row;

    /// <summary>Whether a password protects the workbook.</summary>
    public static bool IsProtected(WorkbookPackage package)
    {
        if (package.Has("encrypted-package")) return true;
        using var xml = package.OpenXml("META-INF/manifest.xml");
        while (xml?.NextElement() == true) if (xml.Name == "encryption-data") return true;
        return false;
    }

    public void Read()
    {
        using var xml = package.OpenXml("content.xml") ?? throw new BadWorkbookException(FileProblemKind.WorkbookDamaged);
        string style = "";
        while (xml.NextElement())
        {
            if (xml.Name == "style") style = xml["name"] ?? "";
            else if (xml.Name == "table-properties" && xml["display"] == "false" && _hidden.Count < 1000) _hidden.Add(style);
            else if (xml.Name == "tracked-changes") xml.Skip();
            else if (xml.Name == "table") ReadTable(xml);
        }
    }

    private void ReadTable(PartXml xml)
    {
        (_merged, _row) = (new MergedCells(), 0);
        writer.Begin(xml["name"] ?? "", _hidden.Contains(xml["style-name"] ?? ""));
        int depth = xml.IsEmpty ? int.MaxValue : xml.Depth;
        while (depth < int.MaxValue && xml.NextInside(depth))
        {
            if (xml.Name == "table-row") ReadRow(xml);
            // What stands in groups of rows is gone through; forms and drawings are not.
            else if (xml.Name is not ("table-header-rows" or "table-row-group" or "table-rows")) xml.Skip();
        }

        writer.End();
    }

    private void ReadRow(PartXml xml)
    {
        int repeated = Repeated(xml, "number-rows-repeated", SheetWriter.MostRows), column = 0, depth = xml.IsEmpty ? int.MaxValue : xml.Depth;
        bool isHidden = xml["visibility"] is "collapse" or "filter";
        _cells.Clear();
        while (depth < int.MaxValue && xml.NextInside(depth))
        {
            if (xml.Name is not ("table-cell" or "covered-table-cell")) continue;
            int times = Repeated(xml, "number-columns-repeated", SheetWriter.MostColumns), rows = Repeated(xml, "number-rows-spanned", SheetWriter.MostRows);
            var cell = OpenDocumentCell.Read(xml);
            for (int i = 0; cell.Text.Length > 0 && i < times; i++) _cells.Add((column + i, cell));
            if (rows > 1) _merged.Add(column, _row + 1, _row + rows);
            if ((column += times) > 2 * SheetWriter.MostColumns) throw new BadWorkbookException(FileProblemKind.WorkbookDamaged);
        }

        // Sheets often end with a million empty rows.
        for (int i = 0; _cells.Count > 0 && i < repeated; i++)
        {
            package.Cancel.ThrowIfCancellationRequested();
            writer.Row(_row + i + 1, isHidden);
            foreach (var (at, cell) in _cells)
            {
                if (cell.IsPlainNumber) writer.PutNumber(at, cell.Text);
                else writer.Put(at, cell.Text);
                if (cell.Link is { } link) writer.PutLink(at, link);
            }

            _merged.Fill(_row + i + 1, writer);
        }

        _row = Math.Min(_row + repeated, 2 * SheetWriter.MostRows);
    }

    private static int Repeated(PartXml xml, string name, int most) =>
        xml[name] is not { } text ? 1 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? Math.Clamp(times, 1, most) : most;
}
