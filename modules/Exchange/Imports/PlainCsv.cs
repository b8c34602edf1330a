using System.Text;
using Liaison.Exchange.Reading;

namespace Liaison.Exchange.Imports;

/// <summary>Writes cells exactly as they were read: the file goes back to whoever sent it.</summary>
internal sealed class PlainCsv(Stream stream, char delimiter) : IDisposable
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(true), 1 << 16, leaveOpen: true);

    public void Write(IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) _writer.Write(delimiter);
            var cell = CsvText.Escape(CsvText.Read(cells[i]));
            if (cell.Contains(delimiter) || cell.AsSpan().IndexOfAny('"', '\r', '\n') >= 0 || (cell.Length > 0 && (cell[0] == ' ' || cell[^1] == ' '))) _writer.Write('"' + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + '"');
            else _writer.Write(cell);
        }
        _writer.Write("\r\n");
    }

    public void Flush() => _writer.Flush();
    public void Dispose() => _writer.Dispose();
}
