using System.Buffers;
using System.Text.RegularExpressions;

namespace Liaison.Exchange.Reading;

/// <summary>Telephone numbers as people write several of them into one cell.</summary>
internal static partial class PhoneText
{
    private const int FewestDigits = 8;

    private const int FewestSigns = 4;

    private static readonly SearchValues<char> Beginnings = SearchValues.Create("0123456789+(");
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // A text of these alone is one number.
    private static readonly SearchValues<char> OfOne = SearchValues.Create("0123456789 +.()");

    /// <summary>The numbers of a cell: those between commas, strokes and "or", when each part is long enough to be one; otherwise the text as it stands.</summary>
    public static string[] Split(string text)
    {
        if (text.Length < 2 * FewestDigits || !text.AsSpan().ContainsAnyExcept(OfOne)) return [text];
        var parts = Between().Split(text);
        return parts.Length > 1 && Array.TrueForAll(parts, IsNumber) ? parts : [text];
    }

    /// <summary>The number without the "(portable)", "Bureau :" or "tel:" around it, and the category that this means; what says something else stays.</summary>
    public static (string Number, string Category) Apart(string text, string category)
    {
        text = Digits(text);
        if (!text.AsSpan().ContainsAnyExcept(OfOne)) return (text, category);
        int close = text[0] == '(' && text.Length > 1 && char.IsLetter(text[1]) ? text.IndexOf(')') : -1;
        int start = text.AsSpan(close + 1).IndexOfAny(Beginnings) + close + 1, end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (start <= close || end - start < FewestSigns || text.AsSpan(start, end - start).ContainsAny(Letters)) return (text, category);
        var (before, behind) = (Note(text[..start]), Note(text[end..]));
        if (before is null || behind is null) return (text, category);
        string note = before.Length > 0 ? before : behind;
        // In a column of mobiles "(perso)" is whose it is, not what it is.
        return (text[start..end], note is "mobile" or "fax" or "direct" || note.Length > 0 && category is "work" or "home" or "other" ? note : category);
    }

    /// <summary>Without the apostrophe that spreadsheets want before what begins with a zero; a postcode, which <paramref name="orLetters"/> may begin, has it too.</summary>
    public static string Digits(string text, bool orLetters = false) => text.Length > 1 && text[0] == '\'' && (char.IsAsciiDigit(text[1]) || orLetters && char.IsAsciiLetter(text[1])) ? text[1..] : text;

    // "030/12345678" and "0221 1234567-0, 1" are one number.
    private static bool IsNumber(string text) => Apart(text, "").Number is var part && part.Count(char.IsAsciiDigit) >= FewestDigits && !part.Any(char.IsLetter);

    // What is written beside a number: a category, "" for one that says nothing, null for what is no category.
    private static string? Note(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        string note = HeaderWords.Normalise(text);
        if (note.Length == 0) return null;
        if (note is "m" or "mob") return "mobile";
        if (note is "p" or "t") return "";
        bool isKnown = Array.TrueForAll(note.Split(' '), w => HeaderWords.WordClass(w) is "phone" or "mobile" or "work" or "home" or "fax" or "direct");
        return !isKnown ? null : CategoryWords.Read(FieldKind.Phone, note) is var category and not "other" ? category : "";
    }

    [GeneratedRegex(@"\s*[,;/|]\s*|\s+(?:ou|or|oder|et|and|und|-|–)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
