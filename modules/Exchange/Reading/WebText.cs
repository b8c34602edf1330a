namespace Liaison.Exchange.Reading;

/// <summary>Web addresses as they are typed in a cell.</summary>
internal static class WebText
{
    public const int Longest = 500;

    /// <summary>The addresses of a cell; null when a part of it is none that the form would take.</summary>
    public static IReadOnlyList<string>? Split(string cell)
    {
        if (IsSafe(cell)) return [cell];
        var parts = cell.Split([' ', '\t', '\n', '\r', ',', ';', '\u00A0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(p => p is not (":::" or "|" or "/" or "-")).ToList();
        return parts.Count > 0 && parts.TrueForAll(p => p.Contains('.') && IsSafe(p)) ? parts : null;
    }

    private static bool IsSafe(string text) => text.Length <= Longest && !text.Contains(' ') && !text.Contains(":::", StringComparison.Ordinal)
        && Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
