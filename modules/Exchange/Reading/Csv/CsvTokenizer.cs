using System.Buffers;

namespace Liaison.Exchange.Reading;

/// <summary>
/// Cuts text into records and cells on one pooled buffer. The buffer always holds the current cell from its first
/// character, so a quote that turns out never to close can be read again as an ordinary character.
/// </summary>
internal sealed class CsvTokenizer(TextReader reader, char delimiter, char quote, bool hasEscapes = false) : IDisposable
{
    private const int LargestCell = 1024 * 1024;
    private const int LargestHold = 4 * LargestCell;

    private char[] _buffer = ArrayPool<char>.Shared.Rent(64 * 1024);
    private readonly List<string> _cells = [];
    private int _start;
    private int _pos;
    private int _end;
    private bool _ended;
    private bool _sawNul;
    private bool _first = true;
    private long _line = 1;
    private int _hold = LargestHold;
    private int _rereads;

    private enum Stop { Delimiter, LineEnd, End, NeverClosed }

    public bool CountOnly { get; set; }

    /// <summary>The columns to be read; all when null. Of the others it is only told whether they hold anything.</summary>
    public bool[]? Wanted { get; set; }

    /// <summary>The cells of the current record.</summary>
    public List<string> Cells => _cells;

    /// <summary>Physical line where the current record begins, from 1.</summary>
    public long StartLine { get; private set; }

    /// <summary>The current record holds at least one visible character.</summary>
    public bool HasText { get; private set; }

    public FileProblemKind? Problem { get; private set; }

    /// <summary>A quoted cell holds a quote behind a backslash where a closing one would make no sense.</summary>
    public bool SawEscapes { get; private set; }

    /// <summary>Bytes up to here, or a little further, did not fit the encoding.</summary>
    public bool SawUndecoded { get; private set; }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Reads the next record, blank ones too.</summary>
    public bool Next()
    {
        _cells.Clear();
        Problem = null;
        HasText = false;
        _start = _pos;
        if (_pos == _end && !Fill()) return false;
        if (_first)
        {
            _first = false;
            if (_buffer[_pos] == '\uFEFF') _start = ++_pos;
            if (_pos == _end && !Fill()) return false;
        }

        StartLine = _line;
        while (true)
        {
            _start = _pos;
            var stop = ReadCell();
            if (stop != Stop.Delimiter) return true;
        }
    }

    private Stop ReadCell()
    {
        if (_pos == _end) Fill();
        int at = _pos;
        while (at < _end && _buffer[at] == ' ') at++;
        if (at < _end && _buffer[at] == quote)
        {
            var stop = ReadQuoted(at - _start);
            if (stop != Stop.NeverClosed) return stop;
            Problem ??= FileProblemKind.QuoteNeverClosed;
        }

        return ReadUnquoted(0, null);
    }

    // Offsets are relative to _start, which Fill may move.
    private Stop ReadUnquoted(int offset, string? head)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_start + offset, _end - _start - offset);
            int i = rest.IndexOfAny(delimiter, '\r', '\n');
            if (i >= 0)
            {
                int at = _start + offset + i;
                char c = _buffer[at];
                Add(head, at);
                _pos = at + 1;
                return c == delimiter ? Stop.Delimiter : EndLine(c);
            }

            offset = _end - _start;
            if (offset > LargestHold)
            {
                Problem = FileProblemKind.CellTooLarge;
                _end = _start + LargestCell;
                offset = LargestCell;
            }

            if (Fill()) continue;
            Add(head, _end);
            _pos = _end;
            return Stop.End;
        }
    }

    private Stop ReadQuoted(int lead)
    {
        int offset = lead + 1;
        bool doubled = hasEscapes, open = false;
        while (true)
        {
            int i = _buffer.AsSpan(_start + offset, _end - _start - offset).IndexOf(quote);
            if (i < 0)
            {
                offset = _end - _start;
                if (offset > _hold || !Fill()) return NeverClosed(offset);
                continue;
            }

            offset += i;
            if (_start + offset + 1 == _end) Fill();
            char next = _start + offset + 1 < _end ? _buffer[_start + offset + 1] : '\n';
            if (CsvQuotes.IsEscaped(_buffer.AsSpan(_start + lead + 1, offset - lead - 1)))
            {
                if (hasEscapes && (open || !Closes(offset)))
                {
                    open = !open;
                    offset++;
                    continue;
                }

                SawEscapes |= next != quote && next != delimiter && next is not ('\r' or '\n');
            }

            if (next == quote)
            {
                doubled = true;
                offset += 2;
                continue;
            }

            int at = _start + offset;
            var content = _buffer.AsSpan(_start + lead + 1, offset - lead - 1);
            bool broken = content.ContainsAny('\r', '\n');
            if (next != delimiter && next is not ('\r' or '\n'))
            {
                // Text after the closing quote is kept. When the cell spans lines, or only looked quoted after blanks,
                // the first quote was no quote at all.
                if (broken || lead > 0) return NeverClosed(offset);
                string head = Unquote(content, doubled);
                _start = at + 1;
                return ReadUnquoted(0, head);
            }

            if (broken) CountLines(content);
            if (content.Length > LargestCell)
            {
                Problem = FileProblemKind.CellTooLarge;
                content = content[..LargestCell];
            }

            AddText(content, doubled);
            _pos = Math.Min(at + 2, _end);
            if (at + 1 >= _end) return Stop.End;
            return next == delimiter ? Stop.Delimiter : EndLine(next);
        }
    }

    // "C:\" ends with its quote, though a backslash stands before it: quotes come in pairs, and none was opened. 5\", 6\" goes on.
    private bool Closes(int offset)
    {
        while (_start + offset + 2 >= _end && Fill()) { }
        int at = _start + offset + 1;
        return at >= _end || _buffer[at] is '\r' or '\n' || (_buffer[at] == delimiter && (at + 1 >= _end || _buffer[at + 1] != ' '));
    }

    private Stop NeverClosed(int scanned)
    {
        // A file full of such quotes must not be read again and again for megabytes each time.
        if (scanned > 64 * 1024 && ++_rereads > 20) _hold = 64 * 1024;
        return Stop.NeverClosed;
    }

    private Stop EndLine(char c)
    {
        _line++;
        if (c == '\r')
        {
            _start = _pos;
            if ((_pos < _end || Fill()) && _buffer[_pos] == '\n') _pos++;
        }

        return Stop.LineEnd;
    }

    private void CountLines(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) _line++;
        }
    }

    private void Add(string? head, int end)
    {
        var text = _buffer.AsSpan(_start, end - _start);
        if (head is null) AddText(text, false);
        // "Tom "The Cat" Ltd": quotes around the whole cell, and others inside that nobody doubled.
        else if (text.Length > 1 && text[^1] == quote) AddText(head + quote + Unquote(text[..^1], true), false);
        else AddText(text.IsEmpty ? head : string.Concat(head, text), false);
    }

    private void AddText(ReadOnlySpan<char> text, bool doubled)
    {
        if (_sawNul && text.Contains('\0')) Problem ??= FileProblemKind.Nul;
        if (text.IsEmpty)
        {
            _cells.Add("");
            return;
        }

        bool visible = text[0] > ' ' && text[0] < '\u0080' || !text.IsWhiteSpace();
        HasText |= visible;
        if (CountOnly || (Wanted is { } wanted && !(_cells.Count < wanted.Length && wanted[_cells.Count]))) _cells.Add(visible ? "x" : "");
        else _cells.Add(doubled ? Unquote(text, true) : new string(text));
    }

    private string Unquote(ReadOnlySpan<char> text, bool doubled) =>
        !doubled ? new string(text) : hasEscapes ? CsvQuotes.Unescape(text, quote) : CsvQuotes.Undouble(text, quote);

    // Moves the current cell to the front of the buffer and reads on behind it. _pos moves along.
    private bool Fill()
    {
        if (_ended) return false;
        if (_start > 0)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _pos -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<char>.Shared.Rent(_buffer.Length * 2);
            Array.Copy(_buffer, larger, _end);
            ArrayPool<char>.Shared.Return(_buffer);
            _buffer = larger;
        }

        int read = reader.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0)
        {
            _ended = true;
            // DOS programs mark the end of a text so.
            while (_end > _start && _buffer[_end - 1] == '\u001A') _end--;
            return false;
        }

        _sawNul |= _buffer.AsSpan(_end, read).Contains('\0');
        SawUndecoded |= _buffer.AsSpan(_end, read).Contains(FileShape.Undecoded);
        _end += read;
        return true;
    }
}
