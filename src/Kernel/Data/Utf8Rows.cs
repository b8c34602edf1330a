using System.Globalization;
using System.Text;

namespace Liaison.Kernel.Data;

/// <summary>Rows of texts (as UTF-8) and whole numbers in memory that is used again for the next ones: millions pass through without an object for each.</summary>
public sealed class Utf8Rows(int columns)
{
    private byte[] _bytes = new byte[1 << 16];
    private (long Value, int Length)[] _cells = new (long, int)[1024];
    private int _used, _count;

    /// <summary>Cells of a row.</summary>
    public int Columns => columns;
    /// <summary>Whole rows.</summary>
    public int Count => _count / columns;

    /// <summary>Forgets all rows.</summary>
    public void Clear() => (_used, _count) = (0, 0);

    /// <summary>Adds an empty cell.</summary>
    public void AddNothing() => Next() = (0, -1);
    /// <summary>Adds a number, not its text.</summary>
    public void Add(long number) => Next() = (number, 0);

    /// <summary>Adds a text in UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Took(text.Length);
    }

    /// <summary>Adds a text; null is an empty cell.</summary>
    public void Add(string? text)
    {
        if (text is null) AddNothing();
        else Took(Encoding.UTF8.GetBytes(text, Room(text.Length * 3)));
    }

    /// <summary>Adds the text of a value.</summary>
    public void AddText<T>(T value, string? format = null) where T : IUtf8SpanFormattable
    {
        value.TryFormat(Room(64), out var length, format, CultureInfo.InvariantCulture);
        Took(length);
    }

    /// <summary>Whether the cell is empty.</summary>
    public bool IsNothing(int row, int column) => _cells[(row * columns) + column].Length < 0;
    /// <summary>The number of a cell; 0 when it is empty.</summary>
    public long Number(int row, int column) => _cells[(row * columns) + column].Value;

    /// <summary>The text of a cell in UTF-8; nothing when it is empty.</summary>
    public ReadOnlySpan<byte> Utf8(int row, int column)
    {
        var (start, length) = _cells[(row * columns) + column];
        return length <= 0 ? [] : _bytes.AsSpan((int)start, length);
    }

    /// <summary>The text of a cell; nothing when it is empty.</summary>
    public string Text(int row, int column) => Encoding.UTF8.GetString(Utf8(row, column));

    private ref (long Value, int Length) Next()
    {
        if (_count == _cells.Length) Array.Resize(ref _cells, _count * 2);
        return ref _cells[_count++];
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _used < length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + length));
        return _bytes.AsSpan(_used);
    }

    private void Took(int length)
    {
        Next() = (_used, length);
        _used += length;
    }
}
