using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>
/// Rows that a spreadsheet saved as one quoted cell each, <c>"a;""b"";c"</c>, because it took the other separator: they are read as they were before.
/// A row that is not so stays as it is.
/// </summary>
internal sealed class WrappedRows(TextReader reader) : RewrittenRows(reader)
{
    private const int LongestRow = 64 * 1024;

    private readonly StringBuilder _row = new();

    /// <summary>How many rows were one quoted cell, and how many were not.</summary>
    public (int Wrapped, int Others) Seen { get; private set; }

    // One row with its line end. Line breaks inside quotes belong to it, unless it became so long that a quote is missing.
    protected override string? Next()
    {
        _row.Clear();
        bool quoted = false;
        int next;
        while ((next = Source.Read()) >= 0)
        {
            if (next == '\uFEFF' && _row.Length == 0) continue;
            _row.Append((char)next);
            if (next == '"' && (_row.Length == 1 || _row[0] == '"')) quoted = !quoted;
            if (next is not ('\r' or '\n') || (quoted && _row.Length < LongestRow)) continue;
            if (next == '\r' && Source.Peek() == '\n') _row.Append((char)Source.Read());
            break;
        }

        if (_row.Length == 0) return null;
        string row = _row.ToString();
        int end = row.AsSpan().TrimEnd("\r\n").Length;
        string? content = Content(row.AsSpan(0, end));
        if (content is not null) Seen = Seen with { Wrapped = Seen.Wrapped + 1 };
        else if (!string.IsNullOrWhiteSpace(row)) Seen = Seen with { Others = Seen.Others + 1 };
        return content is null ? row : string.Concat(content, row.AsSpan(end));
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
