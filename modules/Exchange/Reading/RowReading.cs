namespace Liaison.Exchange.Reading;

/// <summary>Turns rows into contacts by a mapping. One instance per file; it keeps what it computed of the mapping.</summary>
public sealed class RowReading
{
    private readonly (int Column, ImportField Field)[] _columns;
    private readonly List<(int Column, ImportField Field)> _categories;
    private readonly Dictionary<(FieldKind Kind, string Word), string> _words = [];
    private readonly (int Column, string Heading)[] _headings;
    private readonly CallingCodes _codes;
    private readonly bool _isOwn;
    private readonly bool _hasContactPerson;
    private readonly bool _isCreatedInUtc;
    private bool _isAtTop;

    /// <summary>Prepares a mapping; columns whose target is unknown or ignored are left out.</summary>
    public RowReading(IEnumerable<ColumnMapping> mapping)
    {
        IReadOnlyList<ColumnMapping> columns = [.. mapping];
        // Only Liaison's own export has this column: a dash or "NULL" in it is what somebody called the contact.
        _isOwn = columns.Any(m => m.Target == ImportFields.Id && ImportFields.FromLabel(m.Header) == ImportFields.Id);
        _isCreatedInUtc = columns.Any(m => m.Target == ImportFields.CreatedAt && HeaderWords.NamesUtc(m.Header));
        _hasContactPerson = CustomerNames.HasContactPerson(columns);
        var all = columns.Select(m => (m.Column, Field: ImportFields.Parse(m.Target))).Where(c => c.Field is not null && c.Field.Kind != FieldKind.Ignore)
            .Select(c => (c.Column, Field: c.Field!)).OrderBy(c => c.Column).ToList();
        _headings = [.. columns.Where(m => m.Header.Length > 0 && all.Exists(c => c.Column == m.Column)).Select(m => (m.Column, m.Header.Trim()))];
        _isAtTop = !_isOwn && _headings.Length > 0;
        _codes = new(columns);
        _categories = all.FindAll(c => c.Field.GivesCategory);
        // The main value is named after all values are known; further first names follow the first one.
        _columns = [.. all.Where(c => !c.Field.GivesCategory && !c.Field.GivesCalling).OrderBy(c => c.Field.GivesPrimary ? 2 : c.Field is { Kind: FieldKind.FirstName, Group: > 1 } ? 1 : 0)];
    }

    /// <summary>Reads one row of a CSV file.</summary>
    public ImportedContact Read(CsvRow row)
    {
        var builder = new ContactBuilder(row.Number, row.Line, _isOwn, _hasContactPerson, _isCreatedInUtc);
        if (row.Problem is { } problem) builder.Broken(problem, row.Cells);
        bool any = false;
        _isAtTop = _isAtTop && HintRows.Is(_columns.Where(c => c.Column < row.Cells.Length && c.Field.Kind != FieldKind.Description).Select(c => row.Cells[c.Column]));
        if (_isAtTop || RepeatsHeadings(row))
        {
            builder.Problem(ImportFields.Ignore, "", _isAtTop ? RowProblemCodes.Hint : RowProblemCodes.Heading);
            return builder.Finish(true);
        }

        foreach (var (column, field) in _columns)
        {
            if (column >= row.Cells.Length || row.Cells[column].Length == 0) continue;
            string text = CsvText.Read(row.Cells[column]).Trim(ContactBuilder.Blanks);
            if (text.Length == 0) continue;
            any = true;
            if (!_isOwn && (text = CellText.Plain(field, text)).Length == 0) continue;
            if (!_isOwn && Placeholders.Is(field, text))
            {
                builder.Problem(field.Key, text, RowProblemCodes.Placeholder, false);
                continue;
            }

            if (field.Kind == FieldKind.Phone && !_isOwn) text = _codes.Whole(row, column, text);
            if (row.Undecoded.Contains(column)) builder.Problem(field.Key, text.Length > 200 ? text[..200] : text, RowProblemCodes.BadCharacters);
            var (category, main) = Category(row, field);
            builder.Add(field, category, text, main);
        }

        return builder.Finish(any);
    }

    /// <summary>Reads one card.</summary>
    public static ImportedContact Read(VCard card)
    {
        // Cards leave out what they do not know, and have a line for each of several values.
        var builder = new ContactBuilder(card.Number, card.Line, isLiteral: true);
        if (card.Broken) builder.Problem(ImportFields.Ignore, "", RowProblemCodes.BrokenCard);
        foreach (var (key, value, main) in card.Fields)
        {
            if (ImportFields.Parse(key) is not { } field) continue;
            string text = value.Trim(ContactBuilder.Blanks);
            if (text.Length == 0) continue;
            if (field.Kind == FieldKind.Tags) builder.AddTag(field, text);
            else builder.Add(field, field.Category, text, main);
        }

        return builder.Finish(card.Fields.Count > 0);
    }

    // Where several files were put together, or a table has its headings on every page.
    private bool RepeatsHeadings(CsvRow row)
    {
        foreach (var (column, heading) in _headings)
            if (column >= row.Cells.Length || !row.Cells[column].AsSpan().Trim().Equals(heading, StringComparison.OrdinalIgnoreCase)) return false;
        return _headings.Length > 1;
    }

    private (string Category, bool Main) Category(CsvRow row, ImportField field)
    {
        // "Fax 1" beside "Phone 1 Type" is a fax.
        if (field.Category is not ("work" or "other")) return (field.Category, false);
        foreach (var (column, category) in _categories)
        {
            if (category.Kind != field.Kind || category.Group != field.Group || column >= row.Cells.Length) continue;
            string word = row.Cells[column].Trim();
            if (word.Length == 0) break;
            bool main = word.StartsWith("* ", StringComparison.Ordinal);
            if (!_words.TryGetValue((field.Kind, word), out var found)) _words[(field.Kind, word)] = found = CategoryWords.Read(field.Kind, main ? word[2..] : word);
            return (found, main);
        }

        return (field.Category, false);
    }
}
