using System.Buffers;
using System.Text;

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

        if (bom is { } mark) return new EncodingGuess(mark.Name, true, mark.Name != "utf-8" || tally.Invalid == 0, null);
        if (tally.Utf16 is { } wide) return new EncodingGuess(wide, false, true, null);
        if (tally.LooksBinary) return new EncodingGuess("utf-8", false, false, new FileProblem(FileProblemKind.Binary, true));
        if (!tally.MostlyInvalid) return new EncodingGuess("utf-8", false, tally.Invalid == 0, null);
        var (name, isSure) = tally.Words.Best();
        return new EncodingGuess((isSure ? null : tally.Lines.Best()) ?? name, false, true, null);
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
        if (start.StartsWith("%PDF-"u8)) kind = FileProblemKind.Pdf;
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
            else if (Begins(text, "dn: ") || Begins(text, "dn:: ") || Begins(text, "version: 1") && text.IndexOf("\ndn:"u8) >= 0) kind = FileProblemKind.Ldif;
            else if (text[0] is (byte)'{' or (byte)'[' && text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'"', ..]) kind = FileProblemKind.Json;
        }

        return kind is { } found ? new FileProblem(found, true) : null;
    }

    private static bool Begins(ReadOnlySpan<byte> text, string word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
