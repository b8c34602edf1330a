using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>
/// Rows that a spreadsheet saved as one quoted cell each, <c>"a;""b"";c"</c>, because it took the other separator: they are read as they were before.
/// A row that is not so stays as it is.
/// </summary>
internal sealed class WrappedRows(TextReader reader) : TextReader
{
    private const int LongestRow = 64 * 1024;

    private readonly StringBuilder _row = new();
    private string _ready = "";
    private int _at;

    /// <summary>How many rows were one quoted cell, and how many were not.</summary>
    public (int Wrapped, int Others) Seen { get; private set; }

    public override int Read(char[] buffer, int index, int count)
    {
        while (_at == _ready.Length)
        {
            if (!ReadRow()) return 0;
        }

        int length = Math.Min(count, _ready.Length - _at);
        _ready.CopyTo(_at, buffer, index, length);
        _at += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) reader.Dispose();
        base.Dispose(disposing);
    }

    // One row with its line end. Line breaks inside quotes belong to it, unless it became so long that a quote is missing.
    private bool ReadRow()
    {
        _row.Clear();
        bool quoted = false;
        int next;
        while ((next = reader.Read()) >= 0)
        {
            if (next == '\uFEFF' && _row.Length == 0) continue;
            _row.Append((char)next);
            if (next == '"' && (_row.Length == 1 || _row[0] == '"')) quoted = !quoted;
            if (next is not ('\r' or '\n') || (quoted && _row.Length < LongestRow)) continue;
            if (next == '\r' && reader.Peek() == '\n') _row.Append((char)reader.Read());
            break;
        }

        if (_row.Length == 0) return false;
        string row = _row.ToString();
        int end = row.AsSpan().TrimEnd("\r\n").Length;
        string? content = Content(row.AsSpan(0, end));
        if (content is not null) Seen = Seen with { Wrapped = Seen.Wrapped + 1 };
        else if (!string.IsNullOrWhiteSpace(row)) Seen = Seen with { Others = Seen.Others + 1 };
        (_ready, _at) = (content is null ? row : string.Concat(content, row.AsSpan(end)), 0);
        return true;
    }

    // Spreadsheets put the separators of empty cells behind.
    private static string? Content(ReadOnlySpan<char> row)
    {
        row = row.TrimEnd(";,\t ");
        if (row.Length < 2 || row[0] != '"' || row[^1] != '"') return null;
        string content = new(row[1..^1]);
        return content.Replace("\"\"", "", StringComparison.Ordinal).Contains('"') ? null : content.Replace("\"\"", "\"", StringComparison.Ordinal);
    }
}
