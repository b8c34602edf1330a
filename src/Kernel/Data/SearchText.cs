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
        return text.AsSpan().IndexOfAnyExceptInRange('\0', LastOfTable) < 0 ? FoldLatin(text) : FoldRunes(text.Normalize(NormalizationForm.FormKD));
    }

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
                case '’' or '‘' or 'ʼ': buffer[n++] = '\''; break;
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

    /// <summary>The words to look for in folded text, longest first, without doubles; digits of a phone number typed with separators are one word.</summary>
    public static IReadOnlyList<string> Words(string? query)
    {
        var folded = Fold(query);
        if (folded.Length == 0) return [];
        if (Phones.LooksLikeNumber(folded) && Phones.Digits(folded) is { Length: >= 4 } digits) return [digits];
        return [.. folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).OrderByDescending(w => w.Length)];
    }
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
