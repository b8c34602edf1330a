using System.Globalization;
using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>What a section of a number format is for.</summary>
internal enum FormatKind { Plain, Date, Time, Elapsed, Percent, Mask, Words }

/// <summary>One of the sections of a number format, which are for positive numbers, negative ones and zero, or for those that a condition names.</summary>
internal sealed class FormatSection
{
    private readonly List<(char Sign, bool IsDigit)> _signs = [];

    public FormatSection(string code)
    {
        if (code.Contains("General", StringComparison.OrdinalIgnoreCase) || code.Contains("Standard", StringComparison.OrdinalIgnoreCase)) return;
        bool isDate = false, isForeign = false, isTime = false, isElapsed = false, isPercent = false, isNumber = false;
        for (int i = 0; i < code.Length; i++)
        {
            char c = code[i];
            switch (c)
            {
                case '"':
                    int close = code.IndexOf('"', i + 1);
                    if (close < 0) close = code.Length;
                    Literal(code.AsSpan(i + 1, close - i - 1));
                    i = close;
                    break;
                case '\\':
                    if (++i < code.Length) Literal([code[i]]);
                    break;
                case '_' or '*':
                    i++;
                    break;
                case '[':
                    int end = code.IndexOf(']', i);
                    if (end < 0) return;
                    Bracket(code[(i + 1)..end], ref isElapsed);
                    i = end;
                    break;
                case '0' or '#' or '?':
                    _signs.Add((c, true));
                    break;
                case '%':
                    isPercent = true;
                    break;
                case '.' or ',' or '@':
                    isNumber = true;
                    break;
                case 'E' or 'e' when i + 1 < code.Length && code[i + 1] is '+' or '-':
                    isNumber = true;
                    i++;
                    break;
                case 'y' or 'Y' or 'd' or 'D':
                    isDate = true;
                    break;
                // Years of emperors, and the letters of programs that write those of their language: jj/mm/aaaa, TT.MM.JJJJ.
                case 'e' or 'g' or 'b' or 'j' or 'J' or 'a' or 'T':
                    isForeign = true;
                    Literal([c]);
                    break;
                case 'h' or 'H' or 's' or 'S' or 'm' or 'M':
                    isTime = true;
                    // A month alone is a date; minutes stand beside hours or seconds.
                    if (c is 'm' or 'M' && !code.AsSpan().ContainsAny("hHsS")) isDate = true;
                    break;
                case 'A' or 'P':
                    break;
                default:
                    isNumber |= c == '/' && _signs.Exists(s => s.IsDigit);
                    Literal([c]);
                    break;
            }
        }

        bool hasDigits = _signs.Exists(s => s.IsDigit);
        isDate |= isForeign && !hasDigits;
        Kind = isElapsed ? FormatKind.Elapsed : isDate ? FormatKind.Date : isTime ? FormatKind.Time : isPercent ? FormatKind.Percent : isNumber ? FormatKind.Plain
            : hasDigits ? (_signs.Count(s => s is { IsDigit: true, Sign: '0' }) > 1 || _signs.Exists(s => !s.IsDigit) ? FormatKind.Mask : FormatKind.Plain)
            : Words.Length > 0 ? FormatKind.Words : FormatKind.Plain;
    }

    public FormatKind Kind { get; }

    /// <summary>Which numbers it is for, where it says so.</summary>
    public Func<double, bool>? Condition { get; private set; }

    /// <summary>What it writes besides digits.</summary>
    public string Words => string.Concat(_signs.Where(s => !s.IsDigit).Select(s => s.Sign)).Trim();

    /// <summary>The sections of a format.</summary>
    public static IEnumerable<string> Split(string code)
    {
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < code.Length; i++)
        {
            if (code[i] == '"') isQuoted = !isQuoted;
            else if (isQuoted) continue;
            else if (code[i] == '\\') i++;
            else if (code[i] == ';')
            {
                yield return code[start..i];
                start = i + 1;
            }
        }

        yield return code[start..];
    }

    /// <summary>The digits in their places, from the right; those for which there is no place stand before the first.</summary>
    public string Fill(string digits, bool isNegative)
    {
        var text = new StringBuilder();
        int places = _signs.Count(s => s.IsDigit), left = places;
        if (isNegative) text.Append('-');
        foreach (var (sign, isDigit) in _signs)
        {
            if (!isDigit) text.Append(sign);
            else
            {
                if (left == places && digits.Length > places) text.Append(digits, 0, digits.Length - places);
                if (left <= digits.Length) text.Append(digits[^left]);
                else if (sign == '0') text.Append('0');
                left--;
            }
        }

        return text.ToString().Trim();
    }

    private void Literal(ReadOnlySpan<char> text)
    {
        foreach (char c in text) _signs.Add((c, false));
    }

    // [h] counts hours beyond a day, [<=9999] is a condition, [$€-40C] a currency and a language; the others are colours.
    private void Bracket(string text, ref bool isElapsed)
    {
        if (text.Length is > 0 and < 4 && text.Trim('h', 'H', 'm', 'M', 's', 'S').Length == 0) isElapsed = true;
        else if (text.StartsWith('$')) Literal(text.AsSpan(1, (text.IndexOf('-') is > 0 and var dash ? dash : text.Length) - 1));
        else if (text.AsSpan().IndexOfAnyExcept("<>=") is > 0 and var at && double.TryParse(text.AsSpan(at), NumberStyles.Float, CultureInfo.InvariantCulture, out double limit))
        {
            Condition = text[..at] switch { "<" => v => v < limit, "<=" => v => v <= limit, ">" => v => v > limit, ">=" => v => v >= limit, "<>" => v => v != limit, _ => v => v == limit };
        }
    }
}
