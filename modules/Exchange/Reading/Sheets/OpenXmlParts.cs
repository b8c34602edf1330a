namespace Liaison.Exchange.Reading;

/// <summary>How parts of an Office package refer to each other.</summary>
internal static class OpenXmlParts
{
    private const int Most = 300_000;

    /// <summary>What a part refers to: by id, of which kind (the last word of its type) and where. "" is the package itself.</summary>
    public static Dictionary<string, (string Kind, string Target, bool IsOutside)> Relations(WorkbookPackage package, string part)
    {
        int slash = part.LastIndexOf('/');
        var (folder, file) = (part[..(slash + 1)], part[(slash + 1)..]);
        var relations = new Dictionary<string, (string, string, bool)>(StringComparer.Ordinal);
        using var xml = package.OpenXml($"{folder}_rels/{file}.rels");
        while (xml?.NextElement() == true && relations.Count < Most)
        {
            if (xml.Name != "Relationship" || xml["Id"] is not { } id || xml["Target"] is not { } target) continue;
            bool isOutside = xml["TargetMode"] == "External";
            string type = xml["Type"] ?? "";
            relations[id] = (type[(type.LastIndexOf('/') + 1)..], isOutside ? target : Path(folder, target), isOutside);
        }

        return relations;
    }

    /// <summary>The part that the package is about; null when it has none.</summary>
    public static string? Main(WorkbookPackage package) =>
        Relations(package, "").Values.FirstOrDefault(r => r.Kind == "officeDocument" && package.Has(r.Target)).Target ?? (package.Has("xl/workbook.xml") ? "xl/workbook.xml" : null);

    // "../media/x", "worksheets/x" and "/xl/x" of a part in a folder.
    private static string Path(string folder, string target)
    {
        if (target.StartsWith('/')) return target[1..];
        var steps = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var step in target.Split('/', '\\'))
        {
            if (step != ".." && step != ".") steps.Add(step);
            else if (step == ".." && steps.Count > 0) steps.RemoveAt(steps.Count - 1);
        }

        return string.Join('/', steps);
    }
}
