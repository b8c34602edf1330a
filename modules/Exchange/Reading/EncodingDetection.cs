using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Liaison.Exchange.Reading;

/// <summary>What the bytes of a whole file say about its encoding.</summary>
internal sealed record EncodingGuess(string Name, bool HasBom, bool Decoded, FileProblem? Problem);

/// <summary>Reads every byte of a file once: one accented letter in the last row counts as much as one in the first.</summary>
internal static class EncodingDetection
{
    public static EncodingGuess Detect(Stream stream)
    {
        if (stream.CanSeek) stream.Position = 0;
        var bytes = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            return Read(stream, bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static EncodingGuess Read(Stream stream, byte[] buffer)
    {
        var tally = new ByteTally();
        int held = 0;
        bool first = true;
        (string Name, int Length)? bom = null;
        while (true)
        {
            int read = stream.ReadAtLeast(buffer.AsSpan(held), 64 * 1024, false);
            var chunk = buffer.AsSpan(0, held + read);
            if (first)
            {
                if (chunk.IsEmpty) return new EncodingGuess("utf-8", false, true, new FileProblem(FileProblemKind.Empty, true));
                if (Signature(chunk) is { } problem) return new EncodingGuess("utf-8", false, false, problem);
                bom = Bom(chunk);
                first = false;
            }

            bool last = held + read < 64 * 1024 || read == 0;
            int used = tally.Add(chunk, last);
            held = chunk.Length - used;
            chunk[used..].CopyTo(buffer);
            if (last) break;
        }

        if (bom is { } mark && !(mark.Name == "utf-8" && tally.MostlyInvalid))
            return new EncodingGuess(mark.Name, true, mark.Name != "utf-8" || tally.Invalid == 0, null);
        if (tally.Utf16 is { } wide) return new EncodingGuess(wide, false, true, null);
        if (tally.LooksBinary) return new EncodingGuess("utf-8", false, false, new FileProblem(FileProblemKind.Binary, true));
        if (!tally.MostlyInvalid) return new EncodingGuess("utf-8", false, tally.Invalid == 0, null);
        return new EncodingGuess(tally.SingleByte(), false, true, null);
    }

    private static (string, int)? Bom(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return ("utf-8", 3);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0])) return ("utf-32le", 4);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return ("utf-16le", 2);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return ("utf-16be", 2);
        return null;
    }

    private static FileProblem? Signature(ReadOnlySpan<byte> start)
    {
        FileProblemKind? kind = null;
        if (start.StartsWith("PK\u0003\u0004"u8))
        {
            bool sheet = start.IndexOf("xl/"u8) >= 0 || start.IndexOf("opendocument.spreadsheet"u8) >= 0 || start.IndexOf(".numbers"u8) >= 0;
            kind = sheet ? FileProblemKind.Workbook : FileProblemKind.Archive;
        }
        else if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) kind = FileProblemKind.Workbook;
        else if (start.StartsWith("%PDF-"u8)) kind = FileProblemKind.Pdf;
        else if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || start.StartsWith("GIF8"u8)
            || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) kind = FileProblemKind.Image;
        else if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || start.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF])
            || start.StartsWith("Rar!"u8) || start.StartsWith("BZh"u8) && start.IndexOf((byte)0) >= 0) kind = FileProblemKind.Archive;
        else if (start.StartsWith("SQLite format 3"u8)) kind = FileProblemKind.Binary;
        else
        {
            var text = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? start[3..] : start;
            text = text.TrimStart(" \t\r\n"u8);
            if (text.IsEmpty) kind = FileProblemKind.Empty;
            else if (Begins(text, "<!doctype") || Begins(text, "<html") || Begins(text, "<?xml") || Begins(text, "<table")) kind = FileProblemKind.Markup;
            else if (text[0] is (byte)'{' or (byte)'[' && text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'"', ..]) kind = FileProblemKind.Json;
        }

        return kind is { } found ? new FileProblem(found, true) : null;
    }

    private static bool Begins(ReadOnlySpan<byte> text, string word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}

/// <summary>Counts what the bytes look like.</summary>
internal sealed class ByteTally
{
    private const string Letters = "éèêëàâäáåæçîïíìôöóòøœùûüúñß";
    private const string RareLetters = "ãõÿšžýÉÈÊËÀÂÄÁÃÅÆÇÎÏÍÔÖÓÕØŒÙÛÜÚÑŠŽ";
    private const string Marks = "’‘“”«»…–—•€ \u00A0°²³ºª§©®£´";
    private static readonly string[] Candidates = ["windows-1252", "macintosh", "ibm850"];

    private readonly long[] _besideLetter = new long[256];
    private readonly long[] _elsewhere = new long[256];
    private readonly long[] _nul = new long[2];
    private long _total;
    private long _control;
    private long _sequences;
    private int _previous;
    private int _parity;

    /// <summary>Places that are not valid UTF-8.</summary>
    public long Invalid { get; private set; }

    /// <summary>Too many invalid places to be damaged UTF-8.</summary>
    public bool MostlyInvalid => Invalid > 0 && _sequences < Invalid * 20;

    public bool LooksBinary => _control > 8 && _control * 50 > _total || _nul[0] + _nul[1] > 8 && (_nul[0] + _nul[1]) * 50 > _total;

    // Western text in UTF-16 has a zero in nearly every second byte, Greek or Cyrillic text at least in its delimiters.
    public string? Utf16
    {
        get
        {
            long even = _nul[0], odd = _nul[1];
            if (_total < 4 || Math.Max(even, odd) * 40 < _total) return null;
            if (even * 20 < odd) return "utf-16le";
            return odd * 20 < even ? "utf-16be" : null;
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
        if (chunk.ContainsAnyExceptInRange((byte)32, (byte)126)) Count(chunk);
        if (!Ascii.IsValid(chunk)) CountSequences(chunk);
        _total += used;
        _parity ^= used & 1;
        return used;
    }

    /// <summary>The single-byte encoding in which the accented letters make most sense.</summary>
    public string SingleByte()
    {
        long best = long.MinValue;
        string name = Candidates[0];
        foreach (var candidate in Candidates)
        {
            long score = Score(FileShape.Decoder(candidate), candidate == Candidates[0] ? "’“”„–" : "’");
            if (score > best)
            {
                best = score;
                name = candidate;
            }
        }

        return name;
    }

    private void Count(ReadOnlySpan<byte> chunk)
    {
        for (int i = 0; i < chunk.Length; i++)
        {
            int b = chunk[i];
            if (b < 32)
            {
                if (b == 0) _nul[(i & 1) ^ _parity]++;
                else if (b is not (9 or 10 or 13 or 12 or 26)) _control++;
            }
            else if (b >= 128)
            {
                bool letter = IsLetter(i > 0 ? chunk[i - 1] : _previous) || (i + 1 < chunk.Length && IsLetter(chunk[i + 1]));
                if (letter) _besideLetter[b]++;
                else _elsewhere[b]++;
            }
        }

        _previous = chunk.IsEmpty ? _previous : chunk[^1];
    }

    private void CountSequences(ReadOnlySpan<byte> chunk)
    {
        bool valid = Utf8.IsValid(chunk);
        while (!chunk.IsEmpty)
        {
            int next = chunk.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (next < 0) break;
            chunk = chunk[next..];
            var status = valid ? OperationStatus.Done : Rune.DecodeFromUtf8(chunk, out _, out int length) == OperationStatus.Done ? OperationStatus.Done : OperationStatus.InvalidData;
            if (status == OperationStatus.Done)
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

    private long Score(Encoding encoding, string besideLetters)
    {
        long score = 0;
        Span<char> one = stackalloc char[2];
        for (int b = 128; b < 256; b++)
        {
            if (_besideLetter[b] + _elsewhere[b] == 0) continue;
            encoding.GetChars([(byte)b], one);
            bool letter = Letters.Contains(one[0]), mark = Marks.Contains(one[0]);
            // Curly quotes are rare in the older encodings, where their bytes are as likely letters.
            // Beside other letters a small accented letter or an apostrophe is likely, a capital or another sign less so.
            score += _besideLetter[b] * (letter || besideLetters.Contains(one[0]) ? 4 : mark || RareLetters.Contains(one[0]) ? 1 : char.IsControl(one[0]) ? -8 : char.IsLetter(one[0]) ? 0 : -3);
            score += _elsewhere[b] * (mark ? 2 : letter ? 1 : char.IsControl(one[0]) ? -8 : -1);
        }

        return score;
    }

    private static bool IsLetter(int b) => b is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
}
