using System.Buffers;
using System.Text;
using Liaison.Kernel.Data;

namespace Liaison.Exchange.Reading;

/// <summary>Writes rows of text as CSV, safe to open in a spreadsheet and readable again without a loss.</summary>
public sealed class CsvWriter : IDisposable
{
    // A cell with any usual delimiter is quoted, also for a program that guesses another one.
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\t|\"\r\n");
    // Without these, and without a sign or a space at its end, a cell in UTF-8 is written as it is. The wide signs of formulas begin with the last one.
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. ",;\t|\"\r\n"u8, 0xEF]);

    private readonly Stream _stream;
    private readonly char _delimiter;
    private byte[] _buffer = new byte[128 * 1024];
    private int _used;

    /// <summary>Writes to <paramref name="stream"/>, which stays open.</summary>
    public CsvWriter(Stream stream, char delimiter = ',', bool bom = true)
    {
        (_stream, _delimiter) = (stream, delimiter);
        if (bom) Put("\uFEFF");
    }

    /// <summary>Writes one row.</summary>
    public void Write(IReadOnlyList<string?> cells)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            if (i > 0) Put((byte)_delimiter);
            WriteCell(cells[i]);
        }

        End(cells.Count == 1 && string.IsNullOrEmpty(cells[0]));
    }

    /// <summary>Writes rows.</summary>
    public void Write(Utf8Rows rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            for (int i = 0; i < rows.Columns; i++)
            {
                if (i > 0) Put((byte)_delimiter);
                WriteCell(rows.Utf8(row, i));
            }

            End(rows.Columns == 1 && rows.Utf8(row, 0).IsEmpty);
        }
    }

    /// <summary>Sends what is buffered to the stream.</summary>
    public async Task FlushAsync(CancellationToken cancel = default)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _used), cancel);
        _used = 0;
    }

    /// <summary>How many bytes wait to be written.</summary>
    public int Buffered => _used;

    /// <summary>Writes what is buffered to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    /// <summary>Writes what is buffered to the stream.</summary>
    public void Dispose() => Flush();

    // A lone empty cell would be a blank line, which readers skip.
    private void End(bool isBlank) => Put(isBlank ? "\"\"\r\n"u8 : "\r\n"u8);

    private void WriteCell(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        if (text.ContainsAny(Special) || text[^1] == ' ' || (" =+-@'"u8.Contains(text[0]) && !IsPhone(text))) WriteCell(Encoding.UTF8.GetString(text));
        else Put(text);
    }

    // What CsvText takes for a phone, in its most usual form.
    private static bool IsPhone(ReadOnlySpan<byte> text) =>
        text[0] == '+' && text[1..].IndexOfAnyInRange((byte)'0', (byte)'9') >= 0 && text[1..].IndexOfAnyExcept("0123456789 "u8) < 0;

    private void WriteCell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        text = CsvText.Escape(text);
        bool quote = text[0] == ' ' || text[^1] == ' ' || text.Contains(_delimiter) || text.AsSpan().ContainsAny(Quoted);
        if (!quote)
        {
            Put(text);
            return;
        }

        Put((byte)'"');
        Put(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        Put((byte)'"');
    }

    private void Put(string text) => _used += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));

    private void Put(byte sign)
    {
        Room(1)[0] = sign;
        _used++;
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _used += text.Length;
    }

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _used < length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + length));
        return _buffer.AsSpan(_used);
    }
}
