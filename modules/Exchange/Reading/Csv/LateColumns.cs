namespace Liaison.Exchange.Reading;

/// <summary>Values of a column that holds nothing in the first rows of its table.</summary>
public sealed record LateColumn(int Column, IReadOnlyList<string> Values);

/// <summary>Watches all rows of a table for columns that are empty in the first ones: they are known by what comes later.</summary>
internal sealed class LateColumns
{
    /// <summary>How many rows are looked at in any case.</summary>
    public const int SampleRows = 200;

    private const int MostColumns = 500;
    private const int MostValues = 20;
    private const int LongestValue = 100;

    private readonly HashSet<int> _filled = [];
    private readonly SortedDictionary<long, List<int>> _places = [];
    private readonly Dictionary<int, int> _found = [];
    private List<int>? _empty;

    /// <summary>Takes the cells of a record, counted from 0; of each only whether it holds something matters.</summary>
    public void Add(long record, List<string> cells, int width)
    {
        if (record < SampleRows)
        {
            for (int i = 0; i < cells.Count; i++) if (cells[i].Length > 0) _filled.Add(i);
            return;
        }

        _empty ??= [.. Enumerable.Range(0, width).Where(c => !_filled.Contains(c)).Take(MostColumns)];
        for (int i = _empty.Count - 1; i >= 0; i--)
        {
            int column = _empty[i];
            if (column >= cells.Count || cells[column].Length == 0) continue;
            if (_places.TryGetValue(record, out var columns)) columns.Add(column);
            else _places[record] = [column];
            if ((_found[column] = _found.GetValueOrDefault(column) + 1) == MostValues) _empty.RemoveAt(i);
        }
    }

    /// <summary>Reads what was found.</summary>
    public IReadOnlyList<LateColumn> Read(Stream stream, FileShape shape)
    {
        if (_places.Count == 0) return [];
        var values = new SortedDictionary<int, List<string>>();
        foreach (var (row, columns) in CsvRows.At(stream, shape, [.. _places.Keys]).Zip(_places.Values))
        {
            foreach (int column in columns)
            {
                string value = row.Cells[column].Trim();
                if (!values.TryGetValue(column, out var known)) values[column] = known = [];
                known.Add(value.Length > LongestValue ? value[..LongestValue] : value);
            }
        }

        return [.. values.Select(v => new LateColumn(v.Key, v.Value))];
    }
}
