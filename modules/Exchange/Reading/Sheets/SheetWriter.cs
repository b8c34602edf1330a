using System.Globalization;

namespace Liaison.Exchange.Reading;

/// <summary>
/// Writes the sheets of a workbook as text, one behind the other, each row of a sheet as the record of the same number. What depends on what a column is
/// for is settled here: a telephone number that lost its zero, and a link behind other words.
/// </summary>
internal sealed class SheetWriter(Stream output, long most)
{
    public const int MostRows = 1_048_576;
    public const int MostColumns = 16_384;
    private const int MostSheets = 500;
    private const int HeaderRows = 30;
    private const int MostSenses = 500;
    private const int LongestHeading = 100;
    private const int LongestRow = 1 << 24;

    private readonly CsvWriter _csv = new(output, Delimiter, bom: false);
    private readonly List<string?> _cells = [];
    private readonly Dictionary<int, string> _senses = [];
    private readonly bool _isFrench = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr";
    private string _name = "";
    private bool _isHidden;
    private bool _isRowHidden;
    private int _hiddenRow;
    private long _start;
    private int _row;
    private int _written;
    private int _length;

    /// <summary>The one that spreadsheets of the reader's language take: the refused rows are written with it too.</summary>
    public static char Delimiter => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? ';' : ',';

    /// <summary>The sheets that hold something.</summary>
    public List<SheetSpan> Sheets { get; } = [];

    /// <summary>The cells of the current row.</summary>
    public IReadOnlyList<string?> Cells => _cells;

    /// <summary>Begins a sheet; begun again before its end, it is written anew.</summary>
    public void Begin(string name, bool isHidden)
    {
        _csv.Flush();
        (_name, _isHidden, _hiddenRow, _row, _written) = (name.Length > 200 ? name[..200] : name, isHidden, 0, 0, 0);
        _start = Sheets.Count == 0 ? 0 : Sheets[^1].Start + Sheets[^1].Length;
        output.SetLength(_start);
        output.Position = _start;
        _cells.Clear();
        _senses.Clear();
    }

    /// <summary>Begins a row, counted from 1; the one before it is written.</summary>
    public void Row(int number, bool isHidden = false)
    {
        EndRow();
        // Rows that come out of order are kept in the order of the file.
        _row = Math.Max(number, _row + 1);
        if (_row > MostRows) throw new BadWorkbookException(FileProblemKind.WorkbookDamaged);
        _isRowHidden = isHidden;
    }

    /// <summary>Puts a text into a cell of the row, counted from 0.</summary>
    public void Put(int column, string text)
    {
        if (text.Length == 0) return;
        if (column is < 0 or >= MostColumns) throw new BadWorkbookException(FileProblemKind.WorkbookDamaged);
        if ((_length += text.Length) > LongestRow) throw new BadWorkbookException(FileProblemKind.WorkbookTooLarge);
        while (_cells.Count <= column) _cells.Add(null);
        _cells[column] = text;
        if (_row <= HeaderRows && column < MostSenses && text.Length <= LongestHeading && !_senses.ContainsKey(column) && HeaderWords.Meaning(text) is { } sense) _senses[column] = sense;
    }

    /// <summary>Puts a number that has no format. Numbers have no zero in front; those of telephones in French-speaking countries do, and nine digits behind it.</summary>
    public void PutNumber(int column, string digits) =>
        Put(column, _isFrench && digits.Length == 9 && Sense(column).StartsWith("phone.", StringComparison.Ordinal) && ColumnValues.IsWholeNumber(digits) ? "0" + digits : digits);

    /// <summary>Puts where a cell leads, if that is what its column is for and the cell shows other words.</summary>
    public void PutLink(int column, string address)
    {
        if (column >= _cells.Count || _cells[column] is not { } text) return;
        string sense = Sense(column);
        if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            if (sense.StartsWith("email.", StringComparison.Ordinal) && !text.Contains('@') && address.Length < 2000) Put(column, Uri.UnescapeDataString(address[7..].Split('?')[0]));
        }
        else if (ColumnValues.IsWeb(address) && (sense.StartsWith("website.", StringComparison.Ordinal) || sense.StartsWith("social.", StringComparison.Ordinal))
            && !ColumnValues.IsWeb(text) && !ColumnValues.IsDomain(text) && !text.StartsWith('@')) Put(column, address);
    }

    /// <summary>Ends the sheet.</summary>
    public void End()
    {
        EndRow();
        _csv.Flush();
        if (_written > 0 && Sheets.Count < MostSheets) Sheets.Add(new(_name, _start, output.Position - _start, _isHidden, _hiddenRow));
    }

    private string Sense(int column) => _senses.GetValueOrDefault(column, "");

    // Rows without text are written only when one with text follows: sheets often go on with thousands of empty ones.
    private void EndRow()
    {
        _length = 0;
        while (_cells.Count > 0 && string.IsNullOrWhiteSpace(_cells[^1])) _cells.RemoveAt(_cells.Count - 1);
        if (_cells.Count == 0) return;
        for (; _written < _row - 1; _written++) _csv.Write([]);
        _csv.Write(_cells);
        _written++;
        _cells.Clear();
        if (_isRowHidden && _hiddenRow == 0) _hiddenRow = _row;
        if (_csv.Buffered < 1 << 16) return;
        _csv.Flush();
        if (output.Position > most) throw new BadWorkbookException(FileProblemKind.WorkbookTooLarge);
    }
}
