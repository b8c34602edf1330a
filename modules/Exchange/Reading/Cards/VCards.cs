using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>One card as target keys and values; the main value of its kind is marked.</summary>
public sealed record VCard(long Number, long Line, IReadOnlyList<(string Key, string Value, bool Main)> Fields, bool Broken, bool IsGroup, IReadOnlyCollection<string> LeftOut);

/// <summary>Reads vCard 2.1, 3.0 and 4.0 files card by card, with flat memory.</summary>
public static class VCards
{
    /// <summary>The contacts of a file: its cards without those that only list others.</summary>
    public static IEnumerable<VCard> Read(Stream stream, FileShape shape) => All(stream, shape).Where(c => !c.IsGroup);

    /// <summary>The cards of a file. A broken card is marked and does not disturb the next.</summary>
    internal static IEnumerable<VCard> All(Stream stream, FileShape shape)
    {
        if (stream.CanSeek) stream.Position = 0;
        // Bytes become characters one to one: a fold may cut a letter in two, and each property may have its own charset.
        bool wide = shape.Encoding.StartsWith("utf-16", StringComparison.Ordinal) || shape.Encoding.StartsWith("utf-32", StringComparison.Ordinal);
        var encoding = FileShape.Decoder(shape.Encoding);
        using var reader = new StreamReader(stream, wide ? encoding : Encoding.Latin1, false, 64 * 1024, leaveOpen: true);
        var lines = new VCardLines(reader);
        var decoding = new VCardDecoding(wide ? null : encoding);
        CardFields? card = null;
        var outer = new Stack<CardFields>();
        long number = 0, start = 0;
        bool broken = false, agent = false;
        while (lines.Next() is { } line)
        {
            var property = VCardProperty.Parse(line);
            if (card is not null && property is not null && property.BeginsAgent(agent))
            {
                // The card of whoever speaks for the contact stands inside.
                outer.Push(card);
                (card, agent) = (new CardFields(), false);
            }
            else if (property is { Name: "BEGIN" } && property.IsVCard)
            {
                // A card without END is reported where the next one begins.
                if (card is not null) yield return Broken(Outermost(card, outer), ++number, start);
                (card, start, broken) = (new CardFields(), lines.StartLine, false);
                outer.Clear();
                lines.Version21 = false;
            }
            else if (card is null)
            {
                continue;
            }
            else if (property is { Name: "END" } && property.IsVCard && outer.TryPop(out var whole))
            {
                whole.Agent(property, card.Called);
                card = whole;
            }
            else if (property is { Name: "END" } && property.IsVCard)
            {
                yield return new VCard(++number, start, card.Finish(), broken, card.IsGroup, card.LeftOut);
                card = null;
            }
            else if (property is { Name: "VERSION" })
            {
                lines.Version21 = property.Value.Trim() == "2.1";
            }
            else if (property is null)
            {
                broken |= lines.TooLong;
            }
            else
            {
                agent = property is { Name: "AGENT" } && property.Value.Trim().Length == 0;
                card.Add(property, decoding);
            }
        }

        if (card is not null) yield return Broken(Outermost(card, outer), ++number, start);
    }

    private static CardFields Outermost(CardFields card, Stack<CardFields> outer) => outer.Count > 0 ? outer.Last() : card;

    private static VCard Broken(CardFields card, long number, long line) => new(number, line, card.Finish(), true, card.IsGroup, card.LeftOut);
}

/// <summary>Joins folded lines and quoted-printable soft breaks; pictures and keys are passed over.</summary>
internal sealed class VCardLines(StreamReader reader)
{
    private const int Longest = 1024 * 1024;

    // A picture may stand in one line of any length.
    private readonly BoundedLines _lines = new(reader, Longest);
    private readonly StringBuilder _joined = new();
    private string? _next;
    private long _nextLine;
    private bool _skipping;

    public bool Version21 { get; set; }

    public long StartLine { get; private set; }

    /// <summary>The last line was longer than a million characters and is cut.</summary>
    public bool TooLong { get; private set; }

    /// <summary>The next whole line, or null at the end.</summary>
    public string? Next()
    {
        while (true)
        {
            string? line = Take();
            if (line is null) return null;
            // What follows a picture of an old phone is not indented: it has no colon.
            if (_skipping && !line.Contains(':')) continue;
            bool encoded = IsData(line);
            _skipping = encoded && !IsText(line);
            StartLine = _nextLine - (_next is null ? 0 : 1);
            bool printable = !_skipping && IsPrintable(line);
            if (!printable && !encoded && !Folded(_next)) return line;
            return Join(line, printable, encoded && !_skipping);
        }
    }

    private string Join(string line, bool printable, bool encoded)
    {
        _joined.Clear().Append(line);
        TooLong = false;
        while (_next is not null)
        {
            if (printable && _joined.Length > 0 && _joined[^1] == '=')
            {
                _joined.Length--;
                Append(Take()!, 0);
            }
            else if (Folded(_next) || (encoded && _next.Length > 0 && !_next.Contains(':')))
            {
                string more = Take()!;
                if (!_skipping) Append(more, Folded(more) && (!Version21 || printable) ? 1 : 0);
            }
            else
            {
                break;
            }
        }

        return _joined.ToString();
    }

    private void Append(string text, int from)
    {
        if (_joined.Length + text.Length > Longest) TooLong = true;
        else _joined.Append(text, from, text.Length - from);
    }

    private string? Take()
    {
        if (_next is null && _nextLine == 0) Advance();
        string? line = _next;
        if (line is not null) Advance();
        return line;
    }

    private void Advance()
    {
        _next = _lines.Next();
        // Each of several files put together may bring its mark.
        if (_next is ['\uFEFF', ..]) _next = _next[1..];
        else if (_next is ['ï', '»', '¿', ..]) _next = _next[3..];
        _nextLine++;
    }

    private static bool Folded(string? line) => line is { Length: > 0 } && line[0] is ' ' or '\t';

    private static bool IsPrintable(string line)
    {
        int colon = line.IndexOf(':');
        return colon > 0 && line.AsSpan(0, colon).Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);
    }

    // Old programs write what people say as data too.
    private static bool IsText(string line)
    {
        var name = line.AsSpan(0, line.IndexOfAny([';', ':']));
        name = name[(name.IndexOf('.') + 1)..].Trim();
        foreach (string text in (ReadOnlySpan<string>)["NOTE", "N", "FN", "ORG", "ADR", "TITLE"])
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool IsData(string line)
    {
        int colon = line.IndexOf(':');
        var head = colon > 0 ? line.AsSpan(0, colon) : [];
        return head.Contains("BASE64", StringComparison.OrdinalIgnoreCase) || head.Contains("ENCODING=B", StringComparison.OrdinalIgnoreCase)
            || (head.StartsWith("PHOTO", StringComparison.OrdinalIgnoreCase) && line.AsSpan(colon).StartsWith(":data:", StringComparison.OrdinalIgnoreCase));
    }
}
