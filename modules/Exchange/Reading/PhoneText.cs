using System.Buffers;
using System.Text.RegularExpressions;

namespace Liaison.Exchange.Reading;

/// <summary>Telephone numbers as people write several of them into one cell.</summary>
internal static partial class PhoneText
{
    private const int FewestDigits = 8;

    // A text of these alone is one number.
    private static readonly SearchValues<char> OfOne = SearchValues.Create("0123456789 +.()");

    /// <summary>The numbers of a cell: those between commas, strokes and "or", when each part is long enough to be one; otherwise the text as it stands.</summary>
    public static string[] Split(string text)
    {
        if (text.Length < 2 * FewestDigits || !text.AsSpan().ContainsAnyExcept(OfOne)) return [text];
        var parts = Between().Split(text);
        return parts.Length > 1 && Array.TrueForAll(parts, IsNumber) ? parts : [text];
    }

    /// <summary>Without the "p:" that advertising forms write before a number, and the like.</summary>
    public static string Bare(string text) =>
        text.StartsWith("p:+", StringComparison.Ordinal) ? text[2..] : text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? text[4..].Trim() : Digits(text);

    /// <summary>Without the apostrophe that spreadsheets want before what begins with a zero; a postcode, which <paramref name="orLetters"/> may begin, has it too.</summary>
    public static string Digits(string text, bool orLetters = false) => text.Length > 1 && text[0] == '\'' && (char.IsAsciiDigit(text[1]) || orLetters && char.IsAsciiLetter(text[1])) ? text[1..] : text;

    // "030/12345678" and "0221 1234567-0, 1" are one number.
    private static bool IsNumber(string part) => part.Count(char.IsAsciiDigit) >= FewestDigits && !part.Any(char.IsLetter);

    [GeneratedRegex(@"\s*[,;/|]\s*|\s+(?:ou|or|oder|et|and|und|-|–)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
