using System.Buffers;
using System.Globalization;
using System.Text;

namespace Liaison.Kernel.Data;

/// <summary>
/// The one normal form of text for searching and sorting: lower case, no accents, ß as ss, œ as oe; digits of phone numbers.
/// Made here so that both databases find and order alike.
/// </summary>
public static class SearchText
{
    /// <summary>Folds text: "Éléonore  Müller-Straße" becomes "eleonore muller-strasse". Runs of white space become one space.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (Ascii.IsValid(text)) return FoldAscii(text);
        // Letters of Western Europe are taken apart by a table; what else there may be depends on its neighbours.
        return text.AsSpan().IndexOfAnyExceptInRange('\0', LastOfTable) < 0 ? FoldLatin(text) : FoldRunes(Normal(text, NormalizationForm.FormKD));
    }

    /// <summary>A text in one of Unicode's normal forms. What is no character, which .NET refuses (U+FFFE, half a pair), becomes the sign for it.</summary>
    public static string Normal(string text, NormalizationForm form)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 || text.Contains(NoCharacter, StringComparison.Ordinal))
            text = string.Concat(text.EnumerateRunes().Select(rune => rune.Value == NoCharacter ? Rune.ReplacementChar.ToString() : rune.ToString()));
        return text.Normalize(form);
    }

    private const char NoCharacter = '\uFFFE';
    private const char LastOfTable = '\u017F';
    private const int LongestOfTable = 3; // ¼ is 1⁄4

    private static readonly string[] Table = [.. Enumerable.Range(0, LastOfTable + 1).Select(c => ((char)c).ToString().Normalize(NormalizationForm.FormKD))];

    private static string FoldLatin(string text)
    {
        Span<char> buffer = text.Length <= 170 ? stackalloc char[text.Length * LongestOfTable] : new char[text.Length * LongestOfTable];
        var n = 0;
        foreach (var c in text)
        {
            if (c < '\u0080') { buffer[n++] = c; continue; }
            foreach (var part in Table[c]) buffer[n++] = part;
        }
        return FoldRunes(buffer[..n]);
    }

    // Nothing becomes longer than two characters.
    private static string FoldRunes(ReadOnlySpan<char> text)
    {
        Span<char> buffer = text.Length <= 256 ? stackalloc char[text.Length * 2] : new char[text.Length * 2];
        var n = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) { if (n > 0 && buffer[n - 1] != ' ') buffer[n++] = ' '; continue; }
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Control or UnicodeCategory.Format) continue;
            switch (rune.Value)
            {
                case 'ß' or 'ẞ': buffer[n++] = 's'; buffer[n++] = 's'; break;
                case 'œ' or 'Œ': buffer[n++] = 'o'; buffer[n++] = 'e'; break;
                case 'æ' or 'Æ': buffer[n++] = 'a'; buffer[n++] = 'e'; break;
                case 'ø' or 'Ø': buffer[n++] = 'o'; break;
                case 'đ' or 'Đ' or 'ð' or 'Ð': buffer[n++] = 'd'; break;
                case 'ł' or 'Ł': buffer[n++] = 'l'; break;
                case 'ı': buffer[n++] = 'i'; break;
                case 'ς': buffer[n++] = 'σ'; break;
                case '’' or '‘' or '‛' or 'ʼ' or '′': buffer[n++] = '\''; break;
                // Compatibility makes a hyphen of the one that does not break; dashes of a figure's or an N's width are typed for one.
                case '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212': buffer[n++] = '-'; break;
                default: n += Rune.ToLowerInvariant(rune).EncodeToUtf16(buffer[n..]); break;
            }
        }
        if (n > 0 && buffer[n - 1] == ' ') n--;
        return new string(buffer[..n]);
    }

    private static string FoldAscii(string text)
    {
        Span<char> buffer = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        var n = 0;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) { if (n > 0 && buffer[n - 1] != ' ') buffer[n++] = ' '; continue; }
            if (c < ' ') continue;
            buffer[n++] = char.ToLowerInvariant(c);
        }
        if (n > 0 && buffer[n - 1] == ' ') n--;
        return buffer[..n].SequenceEqual(text) ? text : new string(buffer[..n]);
    }

    /// <summary>
    /// Folded text by which something is found, with the words that have an umlaut, a ring or a stroke also as they are written without: "Jörg Müller" becomes
    /// "jorg muller joerg mueller".
    /// </summary>
    public static string Spellings(string? text)
    {
        var folded = Fold(text);
        if (text is null || !MayHaveOther(text)) return folded;
        var others = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(OtherSpelling).OfType<string>().Distinct(StringComparer.Ordinal);
        return string.Join(' ', others.Prepend(folded));
    }

    /// <summary>The same of a name, with the words besides that others write as one: "Anne-Marie O'Neil" becomes "anne-marie o'neil annemarie oneil".</summary>
    public static string NameSpellings(string? name, bool isPerson)
    {
        var spellings = Spellings(name);
        return JoinedNames.Of(spellings, isPerson) is { Count: > 0 } joined ? spellings + " " + string.Join(' ', joined) : spellings;
    }

    /// <summary>
    /// The words to look for in folded text, longest first, without doubles; digits of a phone number typed with separators are one word. The parts of a name with a
    /// hyphen are words, so that it is found without one too.
    /// </summary>
    public static IReadOnlyList<SearchWord> Words(string? query)
    {
        var folded = Fold(query);
        if (folded.Length == 0) return [];
        if (Phones.LooksLikeNumber(folded) && Phones.Digits(folded) is { Length: >= 4 } digits) return [new(digits, null)];
        return [.. query!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(Parts).Select(w => new SearchWord(Fold(w), OtherWord(w)))
            .Where(w => w.Text.Length > 0).DistinctBy(w => w.Text, StringComparer.Ordinal).OrderByDescending(w => w.Text.Length).Take(MostWords)];
    }

    // A page pasted into a search field: each word is a condition, of which the database takes only so many.
    private const int MostWords = 40;

    private static string[] Parts(string word)
    {
        var parts = word.Split(Hyphens);
        return parts.Length > 1 && word.AsSpan().IndexOfAny(InNoName) < 0 && Array.TrueForAll(parts, p => p.Length > 1) && Array.Exists(parts, p => p.Length > 2) ? parts : [word];
    }

    private static readonly char[] Hyphens = ['-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2212'];

    private static readonly SearchValues<char> InNoName = SearchValues.Create("0123456789@._/:+&");

    // Written as one, where that is long enough for an index.
    private static string? OtherWord(string word)
    {
        var other = OtherSpelling(word);
        return JoinedNames.Of(other ?? Fold(word), withParticles: false) is [{ Length: > 2 } joined] ? joined : other;
    }

    /// <summary>Folds text with two letters for an umlaut, a ring or a stroke: "Müller" becomes "mueller". What folding writes so by itself (ß, æ, œ) is no other spelling.</summary>
    public static string Spelled(string? text) => OtherSpelling(text ?? "") ?? Fold(text);

    private const string SpelledWithTwo = "äöüøåÄÖÜØÅ";

    // Letters that are put together of two begin with the marks above U+0300.
    private static bool MayHaveOther(string text) => text.AsSpan().IndexOfAny(SpelledWithTwo) >= 0 || text.AsSpan().IndexOfAnyInRange('\u0300', '\uFFFF') >= 0;

    // Null for what is written in one way.
    private static string? OtherSpelling(string text)
    {
        if (!MayHaveOther(text)) return null;
        var composed = Normal(text, NormalizationForm.FormC);
        if (composed.AsSpan().IndexOfAny(SpelledWithTwo) < 0) return null;
        var other = new StringBuilder(composed.Length + 4);
        foreach (var letter in composed)
            other.Append(letter switch { 'ä' or 'Ä' => "ae", 'ö' or 'Ö' or 'ø' or 'Ø' => "oe", 'ü' or 'Ü' => "ue", 'å' or 'Å' => "aa", _ => letter.ToString() });
        return Fold(other.ToString());
    }
}

/// <summary>A word of a query, folded.</summary>
/// <param name="Text">As it was typed, without accents.</param>
/// <param name="Other">With two letters for an umlaut, and without an apostrophe; null when none was typed.</param>
public readonly record struct SearchWord(string Text, string? Other)
{
    /// <summary>Both spellings.</summary>
    public IEnumerable<string> Spellings => Other is null ? [Text] : [Text, Other];
    /// <summary>Whether a folded text contains it.</summary>
    public bool IsIn(string folded) => folded.Contains(Text, StringComparison.Ordinal) || (Other is not null && folded.Contains(Other, StringComparison.Ordinal));
    /// <summary>Whether a folded text begins with it.</summary>
    public bool Begins(string folded) => folded.StartsWith(Text, StringComparison.Ordinal) || (Other is not null && folded.StartsWith(Other, StringComparison.Ordinal));
}

/// <summary>Phone numbers: kept as typed, compared and searched by their digits.</summary>
public static class Phones
{
    /// <summary>
    /// The national digits that every notation of a number shares: "+33 6 12 34 56 78", "0033 612345678", "+33 (0)6 12…", "33612345678" and "06 12 34 56 78"
    /// all give "612345678". Empty when there are fewer than 4 digits.
    /// </summary>
    public static string Digits(string? phone)
    {
        if (string.IsNullOrEmpty(phone)) return "";
        Span<char> buffer = phone.Length <= 128 ? stackalloc char[phone.Length] : new char[phone.Length];
        var n = 0;
        var international = false;
        for (var i = 0; i < phone.Length; i++)
        {
            var c = phone[i];
            if (c is >= '0' and <= '9') buffer[n++] = c;
            else if (c == '+' && n == 0) international = true;
            else if (c is '(' && i + 2 < phone.Length && phone[i + 1] == '0' && phone[i + 2] == ')' && n > 0) i += 2;
            else if (c is 'x' or 'X' or '#' or ';' or 'p' or 'P' && n >= 6) break;
        }
        var digits = buffer[..n];
        if (!international && digits.StartsWith("00")) { international = true; digits = digits[2..]; }
        if (international || HasCountryCode(digits)) digits = digits[Math.Min(CountryCodeLength(digits), digits.Length)..];
        while (digits.Length > 0 && digits[0] == '0') digits = digits[1..];
        return digits.Length < 4 ? "" : new string(digits);
    }

    /// <summary>Whether the text is made of digits and what people put between them.</summary>
    public static bool LooksLikeNumber(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            if (c is >= '0' and <= '9') digits++;
            else if (c is not (' ' or '+' or '.' or '-' or '(' or ')' or '/')) return false;
        }
        return digits > 0;
    }

    // Without "+" or "00": so many digits are no national number. Eleven are one in Brazil, China and North America, where they begin differently.
    private static bool HasCountryCode(ReadOnlySpan<char> digits) =>
        digits.Length is >= 11 and <= 15 && digits[0] != '0' && (digits.Length > 11 || (CountryCodeLength(digits) == 2 && digits[2] is not ('0' or '9')));

    // ITU-T E.164 assigns codes of one digit (1, 7), two (the list) or three.
    private static int CountryCodeLength(ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2) return 0;
        if (digits[0] is '1' or '7') return 1;
        var two = ((digits[0] - '0') * 10) + digits[1] - '0';
        return two is 20 or 27 or 30 or 31 or 32 or 33 or 34 or 36 or 39 or 40 or 41 or 43 or 44 or 45 or 46 or 47 or 48 or 49
            or (>= 51 and <= 58) or (>= 60 and <= 66) or 81 or 82 or 84 or 86 or (>= 90 and <= 95) or 98 ? 2 : 3;
    }
}
