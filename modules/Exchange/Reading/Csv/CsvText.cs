using System.Buffers;
using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>
/// Keeps a spreadsheet from running a cell as a formula, without losing a character on the way back. A spreadsheet of another language takes other
/// characters for separators and then no quote for one, so what stands behind a separator or a line break inside a cell is treated like a cell.
/// </summary>
public static class CsvText
{
    private const string Signs = "=+-@＝＋－＠";
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\t\r\n");
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(Signs + "\t\r\n");

    /// <summary>The cell as it is written: what a spreadsheet could run gets a leading apostrophe.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Suspicious)) return text;
        string safe = Behind(text, static part => Begins(part, Signs) && !IsNumberOrPhone(part), escape: true);
        return Begins(text, Signs + "\t\r\n") && !IsNumberOrPhone(text) ? "'" + safe : safe;
    }

    /// <summary>The inverse of <see cref="Escape"/>: takes away one apostrophe that stands before a formula sign.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('\'')) return text;
        string plain = Behind(text, static part => part is ['\'', ..] && Begins(part, Signs), escape: false);
        return text[0] == '\'' && Begins(text, Signs + "\t\r\n") ? plain[1..] : plain;
    }

    /// <summary>What a cell of a file says: without the apostrophe of <see cref="Escape"/>, and without the ="…" that keeps a spreadsheet from counting with it.</summary>
    public static string Read(string text) => text is ['=', '"', .. var inside, '"'] && !inside.Replace("\"\"", "", StringComparison.Ordinal).Contains('"')
        ? inside.Replace("\"\"", "\"", StringComparison.Ordinal) : Unescape(text);

    private delegate bool Asks(ReadOnlySpan<char> part);

    // Adds or takes away the apostrophe of each part behind a separator. None is a separator itself, so both ways see the same parts.
    private static string Behind(string text, Asks isWanted, bool escape)
    {
        StringBuilder? result = null;
        int kept = 0;
        for (int at = text.AsSpan().IndexOfAny(Separators); at >= 0 && at + 1 < text.Length;)
        {
            int start = at + 1, length = text.AsSpan(start).IndexOfAny(Separators);
            if (isWanted(length < 0 ? text.AsSpan(start) : text.AsSpan(start, length)))
            {
                (result ??= new StringBuilder(text.Length + 8)).Append(text, kept, start - kept);
                if (escape) result.Append('\'');
                kept = escape ? start : start + 1;
            }

            at = length < 0 ? -1 : start + length;
        }

        return result is null ? text : result.Append(text, kept, text.Length - kept).ToString();
    }

    // Any number of apostrophes and quotes, then a character that begins a formula: one apostrophe more or less stays unambiguous.
    private static bool Begins(ReadOnlySpan<char> text, string signs)
    {
        int i = 0;
        while (i < text.Length && text[i] is '\'' or '"') i++;
        return i < text.Length && signs.Contains(text[i]);
    }

    // -12.5, +33612345678, +33 6 12 34 56 78. A hyphen or a slash inside would be calculated, so it does not count.
    private static bool IsNumberOrPhone(ReadOnlySpan<char> text)
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
