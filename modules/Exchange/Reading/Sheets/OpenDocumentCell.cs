using System.Globalization;
using System.Text;
using System.Xml;

namespace Liaison.Exchange.Reading;

/// <summary>A cell of an OpenDocument sheet.</summary>
/// <param name="Text">What it says; dates as ISO dates.</param>
/// <param name="Link">Where it leads.</param>
/// <param name="IsPlainNumber">It is a number whose format adds nothing.</param>
internal sealed record OpenDocumentCell(string Text, string? Link, bool IsPlainNumber)
{
    private const int Longest = 1_100_000;

    /// <summary>Reads the cell at which the reader stands.</summary>
    public static OpenDocumentCell Read(PartXml xml)
    {
        string? kind = xml["value-type"], value = xml["value"] ?? xml["date-value"] ?? xml["time-value"] ?? xml["boolean-value"] ?? xml["string-value"];
        var (text, link) = Words(xml);
        return kind switch
        {
            "float" or "currency" when value is not null => Number(value, text, link),
            "percentage" when value is not null => new(new NumberFormat("0%").Show(value, false), link, false),
            "date" when value is not null => new(SheetDates.Short(value), link, false),
            "time" when value is not null => new(Time(value) ?? text, link, false),
            "boolean" when value is not null => new(value == "true" ? "TRUE" : "FALSE", link, false),
            _ => new(text.Length > 0 ? text : value ?? "", link, false),
        };
    }

    // The format is not looked up: what is shown tells whether it writes digits that the number cannot hold, as in 06 12 34 56 78.
    private static OpenDocumentCell Number(string value, string shown, string? link)
    {
        string plain = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? NumberFormat.Plain(value, number) : value;
        string digits = string.Concat(shown.Where(char.IsAsciiDigit));
        bool isLonger = digits.Length > plain.Length && digits.EndsWith(plain, StringComparison.Ordinal) && ColumnValues.IsWholeNumber(plain) && !shown.Any(c => c is '.' or ',' || char.IsLetter(c));
        return isLonger ? new(shown, link, false) : new(plain, link, true);
    }

    // "PT08H15M00S"
    private static string? Time(string value)
    {
        try
        {
            var time = XmlConvert.ToTimeSpan(value);
            return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{Math.Abs(time.Minutes):00}{(time.Seconds == 0 ? "" : $":{Math.Abs(time.Seconds):00}")}");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    // Paragraphs are lines of the cell; notes and drawings on it are no part of what it says.
    private static (string Text, string? Link) Words(PartXml xml)
    {
        if (xml.IsEmpty) return ("", null);
        var text = new StringBuilder();
        string? link = null;
        bool isFirst = true;
        int depth = xml.Depth, paragraph = -1;
        while (xml.Read() && xml.Depth > depth)
        {
            if (!xml.IsElement)
            {
                if (paragraph >= 0 && xml.Depth > paragraph) AddText(xml, text);
                continue;
            }

            if (paragraph >= 0 && xml.Depth <= paragraph) paragraph = -1;
            switch (xml.Name)
            {
                case "p" or "h":
                    if (!isFirst) text.Append('\n');
                    (isFirst, paragraph) = (false, xml.IsEmpty ? -1 : xml.Depth);
                    break;
                case "a":
                    link ??= xml["href"];
                    break;
                case "s":
                    text.Append(' ', int.TryParse(xml["c"], NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? Math.Min(count, 1000) : 1);
                    break;
                case "tab":
                    text.Append('\t');
                    break;
                case "line-break":
                    text.Append('\n');
                    break;
                case "span" or "ruby" or "ruby-base" or "list" or "list-item":
                    break;
                // A field such as a date or the name of the sheet shows its text.
                default:
                    if (paragraph < 0 || xml.Name is "annotation" or "ruby-text" or "note" or "frame") xml.Skip();
                    break;
            }
        }

        return (text.Length > Longest ? text.ToString(0, Longest) : text.ToString(), link);
    }

    // Blanks of any number count as one.
    private static void AddText(PartXml xml, StringBuilder text)
    {
        int start = text.Length;
        xml.AddText(text);
        int to = start;
        for (int i = start; i < text.Length; i++)
        {
            bool isBlank = text[i] is ' ' or '\t' or '\r' or '\n';
            if (isBlank && to > 0 && text[to - 1] == ' ') continue;
            text[to++] = isBlank ? ' ' : text[i];
        }

        text.Length = to;
    }
}
