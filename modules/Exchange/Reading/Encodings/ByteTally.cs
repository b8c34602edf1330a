using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Liaison.Exchange.Reading;

/// <summary>Counts what the bytes of a file look like.</summary>
internal sealed class ByteTally
{
    // By parity of their place.
    private readonly long[] _nul = new long[2];
    private readonly long[] _lineEnds = new long[2];
    private long _lineFeeds;
    private long _total;
    private long _control;
    private long _sequences;
    private byte _previous;

    /// <summary>Words with bytes above 127, for a file that is no UTF-8.</summary>
    public SingleByteWords Words { get; } = new();

    /// <summary>Lines with bytes above 127, for the same.</summary>
    public EastAsianText Lines { get; } = new();

    /// <summary>Places that are not valid UTF-8.</summary>
    public long Invalid { get; private set; }

    /// <summary>Too many invalid places to be damaged UTF-8: what is meant for another encoding is hardly ever valid by chance.</summary>
    public bool MostlyInvalid => _sequences < Invalid;

    public bool LooksBinary => _control > 8 && _control * 50 > _total || _nul[0] + _nul[1] > 8 && (_nul[0] + _nul[1]) * 50 > _total;

    // Western text in UTF-16 has a zero in nearly every second byte, Greek or Cyrillic text at least in its line ends and delimiters.
    public string? Utf16
    {
        get
        {
            if (_total < 4 || _total % 2 != 0) return null;
            int at = _nul[0] > _nul[1] ? 0 : 1;
            if (_nul[1 - at] * 20 >= _nul[at]) return null;
            bool lines = _lineFeeds > 0 && _lineEnds[at] * 4 >= _lineFeeds * 3;
            if (_nul[at] * (lines ? 20 : 8) < _total || (_lineFeeds > 0 && !lines)) return null;
            return at == 1 ? "utf-16le" : "utf-16be";
        }
    }

    /// <summary>Takes a chunk; returns how many bytes are done (the rest is the start of a character).</summary>
    public int Add(ReadOnlySpan<byte> chunk, bool last)
    {
        int used = chunk.Length;
        if (!last)
        {
            int back = 0;
            while (back < 3 && back < chunk.Length && (chunk[^(back + 1)] & 0xC0) == 0x80) back++;
            if (back < chunk.Length && chunk[^(back + 1)] >= 0xC0) used -= back + 1;
        }

        chunk = chunk[..used];
        if (chunk.ContainsAnyExceptInRange((byte)32, (byte)126)) CountControls(chunk);
        if (!Ascii.IsValid(chunk)) CountSequences(chunk, last);
        _total += used;
        if (used > 0) _previous = chunk[^1];
        return used;
    }

    private void CountControls(ReadOnlySpan<byte> chunk)
    {
        int parity = (int)(_total & 1);
        for (int i = chunk.IndexOfAnyInRange((byte)0, (byte)31); i >= 0;)
        {
            byte b = chunk[i], before = i > 0 ? chunk[i - 1] : _previous;
            int place = (i & 1) ^ parity;
            if (b == 0)
            {
                _nul[place]++;
                if (before == '\n' && place == 1) _lineEnds[1]++;
            }
            else if (b == '\n')
            {
                _lineFeeds++;
                if (before == 0 && place == 1) _lineEnds[0]++;
            }
            else if (b is not (9 or 13 or 12 or 26))
            {
                _control++;
            }

            int next = chunk[(i + 1)..].IndexOfAnyInRange((byte)0, (byte)31);
            i = next < 0 ? -1 : i + 1 + next;
        }
    }

    private void CountSequences(ReadOnlySpan<byte> chunk, bool last)
    {
        bool valid = Utf8.IsValid(chunk);
        if (!valid)
        {
            Words.Add(chunk);
            Lines.Add(chunk, _total == 0 || _previous is (byte)'\r' or (byte)'\n', last);
        }

        while (!chunk.IsEmpty)
        {
            int next = chunk.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (next < 0) break;
            chunk = chunk[next..];
            if (valid || Rune.DecodeFromUtf8(chunk, out _, out _) == OperationStatus.Done)
            {
                _sequences++;
                int size = chunk[0] >= 0xF0 ? 4 : chunk[0] >= 0xE0 ? 3 : 2;
                chunk = chunk[Math.Min(size, chunk.Length)..];
            }
            else
            {
                Invalid++;
                chunk = chunk[1..];
            }
        }
    }
}
