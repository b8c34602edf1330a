using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>A line of a card taken apart: group, name, parameters and raw value.</summary>
internal sealed record VCardProperty(string Group, string Name, string Value)
{
    private readonly List<(string Name, string Value)> _parameters = [];

    public bool IsVCard => Value.Trim().Equals("VCARD", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the lines from here on are those of a card inside the card; <paramref name="announced"/> when the line before was an AGENT without a value.</summary>
    public bool BeginsAgent(bool announced) => Name == "BEGIN" ? announced && IsVCard : Name == "AGENT" && Value.Trim().Equals("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase);

    /// <summary>The words of TYPE, with or without its name (vCard 2.1), in lower case.</summary>
    public List<string> Types { get; } = [];

    public static VCardProperty? Parse(string line)
    {
        int colon = Colon(line);
        if (colon < 1) return null;
        var head = SplitOutsideQuotes(line[..colon], ';');
        int dot = head[0].IndexOf('.');
        string group = dot > 0 ? head[0][..dot].ToLowerInvariant() : "";
        var property = new VCardProperty(group, head[0][(dot + 1)..].Trim().ToUpperInvariant(), line[(colon + 1)..]);
        foreach (var parameter in head.Skip(1)) property.AddParameter(parameter);
        return property.Name.Length == 0 || property.Name.Contains(' ') ? null : property;
    }

    public string? Parameter(string name) => _parameters.Find(p => p.Name == name).Value;

    public bool Has(string type) => Types.Contains(type);

    private void AddParameter(string text)
    {
        if (text.StartsWith("X-CUSTOM(", StringComparison.OrdinalIgnoreCase))
        {
            // "X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=50=72=6F)" is the word "Pro".
            string word = text[9..].TrimEnd(')');
            Types.Add(Encoding.UTF8.GetString(VCardDecoding.Printable(word[(word.LastIndexOf(',') + 1)..])).ToLowerInvariant());
            return;
        }

        int equals = text.IndexOf('=');
        if (equals < 0)
        {
            string word = text.Trim();
            if (word.Equals("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase) || word.Equals("BASE64", StringComparison.OrdinalIgnoreCase)) _parameters.Add(("ENCODING", word));
            else if (word.Length > 0) Types.Add(word.ToLowerInvariant());
            return;
        }

        string name = text[..equals].Trim().ToUpperInvariant(), value = text[(equals + 1)..].Trim().Trim('"');
        if (name == "TYPE") Types.AddRange(value.ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        else _parameters.Add((name, value));
    }

    private static int Colon(string line)
    {
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ':' && !quoted) return i;
        }

        return line.IndexOf(':');
    }

    private static List<string> SplitOutsideQuotes(string text, char separator)
    {
        var parts = new List<string>();
        int start = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            else if (text[i] == separator && !quoted)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}

/// <summary>Turns raw values into text: quoted-printable, charset, escapes.</summary>
internal sealed class VCardDecoding(Encoding? file)
{
    private static readonly Encoding Strict = new UTF8Encoding(false, true);

    /// <summary>The value as one text.</summary>
    public string Text(VCardProperty property) => Unescape(Decode(property));

    /// <summary>The parts of a value that are separated by semicolons (N, ADR, ORG).</summary>
    public List<string> Parts(VCardProperty property) => Split(Decode(property), ';');

    /// <summary>The items of a value that are separated by commas (CATEGORIES).</summary>
    public List<string> Items(VCardProperty property) => Split(Decode(property), ',');

    /// <summary>The bytes of a value whose characters stand for bytes.</summary>
    public static byte[] Bytes(VCardProperty property) => IsPrintable(property) ? Printable(property.Value) : Data(property) ?? Encoding.Latin1.GetBytes(property.Value);

    // Null where it is no data: what stands there is then taken as it is.
    private static byte[]? Data(VCardProperty property)
    {
        if (property.Parameter("ENCODING")?.ToUpperInvariant() is not ("B" or "BASE64")) return null;
        var bytes = new byte[property.Value.Length];
        return Convert.TryFromBase64String(property.Value, bytes, out int length) ? bytes[..length] : null;
    }

    private static bool IsPrintable(VCardProperty property) => string.Equals(property.Parameter("ENCODING"), "QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);

    private string Decode(VCardProperty property)
    {
        if (!IsPrintable(property) && (file is null || Ascii.IsValid(property.Value)) && Data(property) is null) return property.Value;
        var bytes = Bytes(property);
        if (property.Parameter("CHARSET") is { Length: > 0 } charset) return FileShape.Decoder(charset).GetString(bytes);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return (file is null or UTF8Encoding ? FileShape.Decoder("windows-1252") : file).GetString(bytes);
        }
    }

    internal static byte[] Printable(string raw)
    {
        var bytes = new byte[raw.Length];
        int length = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '=' && i + 2 < raw.Length && char.IsAsciiHexDigit(raw[i + 1]) && char.IsAsciiHexDigit(raw[i + 2]))
            {
                bytes[length++] = Convert.ToByte(raw.Substring(i + 1, 2), 16);
                i += 2;
            }
            else
            {
                bytes[length++] = (byte)raw[i];
            }
        }

        return bytes[..length];
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\')) return text;
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is 'n' or 'N' or ',' or ';' or '\\' or ':')
            {
                i++;
                plain.Append(text[i] is 'n' or 'N' ? '\n' : text[i]);
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == separator)
            {
                parts.Add(Unescape(text[start..i]).Trim());
                start = i + 1;
            }
            else if (text[i] == '\\')
            {
                i = Math.Min(i + 1, text.Length - 1);
            }
        }

        return parts;
    }
}
