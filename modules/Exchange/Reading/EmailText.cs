namespace Liaison.Exchange.Reading;

/// <summary>E-mail addresses as they are typed in a cell.</summary>
public static class EmailText
{
    // What people write between two addresses.
    private static readonly HashSet<string> Between = new(StringComparer.OrdinalIgnoreCase) { ":::", "*", "/", "|", "-", "–", "&", "+", "ou", "or", "oder", "et", "and", "und", "o", "e", "y" };

    /// <summary>The addresses of a cell, separated by commas, semicolons, blanks, strokes or "or"; names around &lt;…&gt; and mailto: are taken off.</summary>
    public static List<string> Split(string cell)
    {
        var found = new List<string>(1);
        if (cell.Contains('<') && cell.Contains('>'))
        {
            for (int open = cell.IndexOf('<'); open >= 0; open = cell.IndexOf('<', open + 1))
            {
                int close = cell.IndexOf('>', open);
                if (close > open) Add(found, cell.AsSpan(open + 1, close - open - 1));
            }

            return found;
        }

        foreach (var range in cell.AsSpan().SplitAny(',', ';', ' ', '\t', '\r', '\n', '\u00A0', '\u202F')) Add(found, cell.AsSpan(range));
        return found;
    }

    /// <summary>The name and the address of "Ann Roe &lt;ann@x.org&gt;"; an address alone has no name. Null when there is none.</summary>
    public static (string Name, string Email)? Named(string text)
    {
        int open = text.EndsWith('>') ? text.LastIndexOf('<') : -1;
        var (name, email) = open < 0 ? ("", text) : (text[..open].Trim(' ', '"'), text[(open + 1)..^1].Trim());
        if (name is ['\'', _, .., '\'']) name = name[1..^1];
        return IsValid(email) ? (name, email) : null;
    }

    /// <summary>One address as the form takes it: a local part without blanks, one @, a domain with a dot. International letters are allowed.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        int at = text.IndexOf('@');
        if (text.Length > 320 || at is < 1 or > 254 || at != text.LastIndexOf('@')) return false;
        var local = text[..at];
        if (local[0] == '.' || local[^1] == '.' || local.IndexOf("..") >= 0) return false;
        foreach (char c in local)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || "<>()[],;:\"\\".Contains(c)) return false;
        }

        var domain = text[(at + 1)..];
        if (domain.IsEmpty || domain[0] is '.' or '-' || domain[^1] is '.' or '-' || domain.IndexOf('.') < 0 || domain.IndexOf("..") >= 0) return false;
        foreach (char c in domain)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '.') && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark) return false;
        }

        return true;
    }

    private static void Add(List<string> found, ReadOnlySpan<char> text)
    {
        text = text.Trim().TrimEnd('.');
        if (text is ['\'', _, .., '\''] or ['"', _, .., '"']) text = text[1..^1];
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        if (text.IsEmpty || Between.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text)) return;
        // A stroke may be part of an address; two of them on either side of it are not one.
        int stroke = text.IndexOfAny('/', '|');
        if (stroke > 0 && IsValid(text[..stroke]) && !IsValid(text))
        {
            found.Add(new string(text[..stroke]));
            Add(found, text[(stroke + 1)..]);
            return;
        }

        found.Add(new string(text));
    }
}
