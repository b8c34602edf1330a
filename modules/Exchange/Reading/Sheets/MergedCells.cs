namespace Liaison.Exchange.Reading;

/// <summary>Cells that were merged downwards: what the first one says counts for each of the rows, as far as there is something else in them.</summary>
internal sealed class MergedCells
{
    private const int Most = 50_000;
    private const int MostColumns = 200;

    private readonly Dictionary<(int Row, int Column), int> _ends = [];
    private readonly Dictionary<int, (int Last, string Text)> _open = [];

    public int Count => _ends.Count;

    /// <summary>Takes note of cells from one row, counted from 1, to another.</summary>
    public void Add(int column, int first, int last)
    {
        if (last > first && column < MostColumns && _ends.Count < Most) _ends[(first, column)] = last;
    }

    /// <summary>Completes a row that was read.</summary>
    public void Fill(int row, SheetWriter writer)
    {
        if (_ends.Count == 0) return;
        if (writer.Cells.Any(c => !string.IsNullOrWhiteSpace(c)))
        {
            foreach (var (column, (last, text)) in _open)
            {
                if (row > last) _open.Remove(column);
                else if (column >= writer.Cells.Count || string.IsNullOrEmpty(writer.Cells[column])) writer.Put(column, text);
            }
        }

        for (int column = 0; column < Math.Min(writer.Cells.Count, MostColumns); column++)
            if (writer.Cells[column] is { } text && _ends.TryGetValue((row, column), out int end)) _open[column] = (end, text);
    }
}
