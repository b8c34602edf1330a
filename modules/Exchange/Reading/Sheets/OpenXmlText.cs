using System.Globalization;
using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>A text of a cell: plain, or in runs of their own look. How it is pronounced stands beside it and is left out.</summary>
internal static class OpenXmlText
{
    /// <summary>The text of the element at which the reader stands, which is left behind.</summary>
    public static string Read(PartXml xml)
    {
        if (xml.IsEmpty) return "";
        int depth = xml.Depth;
        string? first = null;
        StringBuilder? all = null;
        while (xml.NextInside(depth))
        {
            if (xml.Name is "rPh" or "phoneticPr" or "rPr") xml.Skip();
            else if (xml.Name == "t")
            {
                string text = xml.Text();
                if (first is null) first = text;
                else if ((all ??= new StringBuilder(first)).Length < 1_100_000) all.Append(text);
            }
        }

        return Unescape(all?.ToString() ?? first ?? "");
    }

    /// <summary>Characters that XML cannot hold are written _x000D_, and what looks like that _x005F_x000D_.</summary>
    public static string Unescape(string text)
    {
        int at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0) return text;
        var plain = new StringBuilder(text.Length);
        int kept = 0;
        for (; at >= 0; at = text.IndexOf("_x", at, StringComparison.Ordinal))
        {
            if (at + 6 < text.Length && text[at + 6] == '_' && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                plain.Append(text, kept, at - kept).Append((char)code);
                kept = at += 7;
            }
            else at += 2;
        }

        return plain.Append(text, kept, text.Length - kept).ToString();
    }
}
