using System.Buffers;
using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>
/// Tells the encodings of Chinese, Japanese and Korean apart by the lines of a file: read in the right one, hardly a byte is left over
/// and most characters are among the few hundred that names, addresses and everyday words are made of.
/// </summary>
internal sealed class EastAsianText
{
    private const int MostBytes = 256 * 1024;
    private const int LeastFamiliar = 2;
    private const double FamiliarShare = 0.25;
    private const double StrangeShare = 0.02;

    private static readonly (string Name, SearchValues<char> Familiar)[] Candidates =
    [
        ("gb18030", SearchValues.Create(EastAsianCharacters.Simplified)), ("big5", SearchValues.Create(EastAsianCharacters.Traditional)),
        ("shift_jis", SearchValues.Create(EastAsianCharacters.Japanese)), ("euc-jp", SearchValues.Create(EastAsianCharacters.Japanese)),
        ("euc-kr", SearchValues.Create(EastAsianCharacters.Korean)),
    ];

    private readonly List<byte[]> _lines = [];
    private int _size;

    /// <summary>Takes the whole lines of a chunk that hold bytes above 127; a line end is never a part of a character.</summary>
    public void Add(ReadOnlySpan<byte> chunk, bool begins, bool ends)
    {
        if (!begins) chunk = chunk[(chunk.IndexOfAny((byte)'\r', (byte)'\n') + 1)..];
        while (!chunk.IsEmpty && _size < MostBytes)
        {
            int end = chunk.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0 && !ends) return;
            var line = end < 0 ? chunk : chunk[..end];
            if (!Ascii.IsValid(line))
            {
                _lines.Add(line.ToArray());
                _size += line.Length;
            }

            chunk = end < 0 ? [] : chunk[(end + 1)..];
        }
    }

    /// <summary>The encoding in which the lines are Chinese, Japanese or Korean, or null.</summary>
    public string? Best()
    {
        var (name, share) = Candidates.Select(c => (c.Name, Share: Share(c.Name, c.Familiar))).MaxBy(c => c.Share);
        return share >= FamiliarShare ? name : null;
    }

    private double Share(string name, SearchValues<char> familiar)
    {
        var encoding = FileShape.MarkingDecoder(name);
        long known = 0, other = 0, strange = 0;
        foreach (var line in _lines)
        {
            foreach (char c in encoding.GetString(line))
            {
                if (familiar.Contains(c)) known++;
                else if (c < '\u0080' || IsNeutral(c)) continue;
                else if (IsStrange(c)) strange++;
                else other++;
            }
        }

        return known < LeastFamiliar || strange > (known + other) * StrangeShare ? 0 : known / (double)(known + other);
    }

    // Punctuation and wide letters stand in all of them; narrow katakana is what Cyrillic capitals look like.
    private static bool IsNeutral(char c) => c is >= '\u3000' and <= '\u303F' or >= '\uFF00' and <= '\uFFEF';

    // Left over, a control character, or in the private area, where decoders put what is not assigned.
    private static bool IsStrange(char c) => c is FileShape.Undecoded or '\uFFFD' or >= '\u0080' and <= '\u009F' or >= '\uE000' and <= '\uF8FF';
}
