namespace Liaison.Exchange.Reading;

/// <summary>"cli_nom; cli_tel; cli_ville", "CT_Intitule; CT_Telephone": databases put the name of the table before each column.</summary>
internal static class ColumnPrefix
{
    private const int Least = 3;

    /// <summary>The word before an underscore or a point that nearly all columns begin with, with that sign; empty when there is none.</summary>
    public static string Of(IReadOnlyList<string> headers)
    {
        var prefixes = headers.Select(h => h.Trim()).Where(h => h.Length > 0).Select(h => h.IndexOfAny(['_', '.']) is > 0 and var at && at < h.Length - 1 ? h[..(at + 1)] : "").ToList();
        var most = prefixes.Where(p => p.Length > 1).GroupBy(p => p, StringComparer.OrdinalIgnoreCase).MaxBy(g => g.Count());
        return most is not null && most.Count() >= Least && most.Count() * 4 >= prefixes.Count * 3 ? most.Key : "";
    }

    /// <summary>The name without it, where it says nothing together with it.</summary>
    public static string Cut(string header, string prefix)
    {
        string name = header.Trim();
        return prefix.Length > 0 && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !HeaderWords.Knows(name) ? name[prefix.Length..] : header;
    }
}
