namespace Liaison.Exchange.Reading;

/// <summary>"Votre nom (Prénom)", "Votre nom (Nom)": forms put the parts of a name behind what they call the whole.</summary>
internal static class NameParts
{
    /// <summary>What stands in the parentheses, by the heading, where the same words have a first and a last name behind them.</summary>
    public static Dictionary<string, string> Of(IReadOnlyList<string> headers)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in headers.Select(Apart).Where(p => p.Part.Length > 0).GroupBy(p => p.Whole, StringComparer.OrdinalIgnoreCase))
        {
            var meanings = group.Select(p => HeaderWords.Meaning(p.Part)).ToList();
            if (!meanings.Contains(ImportFields.FirstName) || !meanings.Contains(ImportFields.LastName)) continue;
            foreach (var (heading, _, part) in group) parts[heading] = part;
        }

        return parts;
    }

    private static (string Heading, string Whole, string Part) Apart(string heading)
    {
        string name = heading.Trim();
        int open = name.LastIndexOf('(');
        return open > 0 && name.EndsWith(')') ? (heading, name[..open].Trim(), name[(open + 1)..^1].Trim()) : (heading, name, "");
    }
}
