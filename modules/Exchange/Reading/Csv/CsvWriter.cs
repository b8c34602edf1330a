using System.Buffers;
using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>Writes rows of text as CSV, safe to open in a spreadsheet and readable again without a loss.</summary>
public sealed class CsvWriter : IDisposable
{
    // A cell with any usual delimiter is quoted, also for a program that guesses another one.
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\t|\"\r\n");

    private readonly StreamWriter _writer;
    private readonly char _delimiter;

    /// <summary>Writes to <paramref name="stream"/>, which stays open.</summary>
    public CsvWriter(Stream stream, char delimiter = ',', bool bom = true)
    {
        _delimiter = delimiter;
        _writer = new StreamWriter(stream, new UTF8Encoding(bom), 64 * 1024, leaveOpen: true);
    }

    /// <summary>Writes one row.</summary>
    public void Write(IReadOnlyList<string?> cells)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            if (i > 0) _writer.Write(_delimiter);
            WriteCell(cells[i]);
        }

        // A lone empty cell would be a blank line, which readers skip.
        if (cells.Count == 1 && string.IsNullOrEmpty(cells[0])) _writer.Write("\"\"");
        _writer.Write("\r\n");
    }

    /// <summary>Sends what is buffered to the stream.</summary>
    public Task FlushAsync(CancellationToken cancel = default) => _writer.FlushAsync(cancel);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void WriteCell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        text = CsvText.Escape(text);
        bool quote = text[0] == ' ' || text[^1] == ' ' || text.Contains(_delimiter) || text.AsSpan().ContainsAny(Quoted);
        if (!quote)
        {
            _writer.Write(text);
            return;
        }

        _writer.Write('"');
        _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
    }
}
