namespace Liaison.Exchange.Reading;

/// <summary>Keeps a spreadsheet from running a cell as a formula, without losing a character on the way back.</summary>
public static class CsvText
{
    /// <summary>The cell as it is written: what a spreadsheet could run gets a leading apostrophe.</summary>
    public static string Escape(string text) => Marked(text) && !IsNumberOrPhone(text) ? "'" + text : text;

    /// <summary>The inverse of <see cref="Escape"/>: takes away one apostrophe that stands before a formula sign.</summary>
    public static string Unescape(string text) => text.Length > 1 && text[0] == '\'' && Marked(text) ? text[1..] : text;

    // Any number of apostrophes, then a character that begins a formula: one apostrophe more or less stays unambiguous.
    private static bool Marked(string text)
    {
        int i = 0;
        while (i < text.Length && text[i] == '\'') i++;
        return i < text.Length && text[i] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';
    }

    // -12.5, +33612345678, +33 6 12 34 56 78. A hyphen or a slash inside would be calculated, so it does not count.
    private static bool IsNumberOrPhone(string text)
    {
        if (text.Length < 2 || text[0] is not ('+' or '-')) return false;
        bool digit = false;
        for (int i = 1; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiDigit(c)) digit = true;
            else if (c is '.' or ',' && digit) continue;
            else if (text[0] != '+' || c is not (' ' or '\u00A0' or '\u202F' or '(' or ')')) return false;
        }

        return digit;
    }
}

/// <summary>Several tags in one cell: separated by commas, in double quotes when a tag holds a separator.</summary>
public static class TagText
{
    private static readonly char[] Special = [',', ';', '"', '\n', '\r', ':'];

    /// <summary>One cell for all tags; <see cref="Split"/> gives them back.</summary>
    public static string Join(IEnumerable<string> tags) =>
        string.Join(", ", tags.Select(t => t.IndexOfAny(Special) >= 0 ? "\"" + t.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : t));

    /// <summary>The tags of a cell, separated by commas, semicolons, line breaks or Google's ":::".</summary>
    public static List<string> Split(string cell)
    {
        var tags = new List<string>();
        var tag = new System.Text.StringBuilder();
        bool quoted = false;
        for (int i = 0; i <= cell.Length; i++)
        {
            char c = i < cell.Length ? cell[i] : ',';
            if (quoted && i < cell.Length)
            {
                if (c != '"') tag.Append(c);
                else if (i + 1 < cell.Length && cell[i + 1] == '"') tag.Append(cell[i++]);
                else quoted = false;
            }
            else if (c == '"' && string.IsNullOrWhiteSpace(tag.ToString()) && cell.IndexOf('"', i + 1) > 0)
            {
                tag.Clear();
                quoted = true;
            }
            else if (c is ',' or ';' or '\n' or '\r' || (c == ':' && i + 2 < cell.Length && cell[i + 1] == ':' && cell[i + 2] == ':'))
            {
                string text = tag.ToString().Trim();
                if (text.Length > 0) tags.Add(text);
                tag.Clear();
                if (c == ':') i += 2;
            }
            else
            {
                tag.Append(c);
            }
        }

        return tags;
    }
}
