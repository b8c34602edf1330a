namespace Liaison.Exchange.Reading;

/// <summary>E-mail addresses as they are typed in a cell.</summary>
public static class EmailText
{
    /// <summary>The addresses of a cell, separated by commas, semicolons or blanks; names around &lt;…&gt; and mailto: are taken off.</summary>
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

    /// <summary>One @, a local part without blanks, a domain of labels with a dot. International letters are allowed.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is < 5 or > 254) return false;
        int at = text.IndexOf('@');
        if (at is < 1 or > 64 || at != text.LastIndexOf('@')) return false;
        var local = text[..at];
        if (local[0] == '.' || local[^1] == '.' || local.IndexOf("..") >= 0) return false;
        foreach (char c in local)
        {
            if (!char.IsLetterOrDigit(c) && "!#$%&'*+-/=?^_`{|}~.".IndexOf(c) < 0) return false;
        }

        var domain = text[(at + 1)..];
        int label = 0, dots = 0;
        for (int i = 0; i <= domain.Length; i++)
        {
            if (i == domain.Length || domain[i] == '.')
            {
                if (label is 0 or > 63 || domain[i - 1] == '-') return false;
                label = 0;
                if (i < domain.Length) dots++;
            }
            else
            {
                if (!char.IsLetterOrDigit(domain[i]) && (domain[i] != '-' || label == 0)) return false;
                label++;
            }
        }

        return dots > 0;
    }

    private static void Add(List<string> found, ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        if (text.IsEmpty || text.SequenceEqual(":::") || text.SequenceEqual("*")) return;
        found.Add(new string(text));
    }
}
