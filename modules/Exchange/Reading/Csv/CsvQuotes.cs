using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>The quotes inside a quoted cell: written twice, and in some files behind a backslash.</summary>
internal static class CsvQuotes
{
    /// <summary>What a cell says whose quotes were all written twice.</summary>
    public static string Undouble(ReadOnlySpan<char> text, char quote) => new string(text).Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);

    /// <summary>The same where a quote or a backslash may stand behind a backslash.</summary>
    public static string Unescape(ReadOnlySpan<char> text, char quote)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            if ((text[i] == '\\' && (next == quote || next == '\\')) || (text[i] == quote && next == quote)) i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    /// <summary>An odd number of backslashes stands at the end of what comes before a quote.</summary>
    public static bool IsEscaped(ReadOnlySpan<char> before) => ((before.Length - before.TrimEnd('\\').Length) & 1) == 1;
}
