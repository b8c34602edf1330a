using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>Lines of a text, of which no more than so many characters are kept: a file may be one line of any length.</summary>
public sealed class BoundedLines(TextReader reader, int longest)
{
    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _line = new();
    private int _at, _end;
    private bool _afterReturn;

    /// <summary>The next line without its end (LF, CR LF or CR), or null at the end of the text.</summary>
    public string? Next()
    {
        if (_afterReturn && Fill() && _buffer[_at] == '\n') _at++;
        _afterReturn = false;
        _line.Clear();
        var any = false;
        for (; Fill(); any = true)
        {
            var rest = _buffer.AsSpan(_at, _end - _at);
            var length = rest.IndexOfAny('\r', '\n');
            var piece = length < 0 ? rest : rest[..length];
            _at += piece.Length;
            _line.Append(piece[..Math.Min(piece.Length, longest - _line.Length)]);
            if (length < 0) continue;
            _afterReturn = _buffer[_at++] == '\r';
            return _line.ToString();
        }
        return any ? _line.ToString() : null;
    }

    private bool Fill()
    {
        if (_at == _end) (_at, _end) = (0, reader.Read(_buffer, 0, _buffer.Length));
        return _at < _end;
    }
}
