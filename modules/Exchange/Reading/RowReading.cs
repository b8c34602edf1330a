namespace Liaison.Exchange.Reading;

/// <summary>Turns rows into contacts by a mapping. One instance per file; it keeps what it computed of the mapping.</summary>
public sealed class RowReading
{
    private readonly (int Column, ImportField Field)[] _columns;
    private readonly List<(int Column, ImportField Field)> _categories;
    private readonly Dictionary<(FieldKind Kind, string Word), string> _words = [];

    /// <summary>Prepares a mapping; columns whose target is unknown or ignored are left out.</summary>
    public RowReading(IEnumerable<ColumnMapping> mapping)
    {
        var all = mapping.Select(m => (m.Column, Field: ImportFields.Parse(m.Target))).Where(c => c.Field is not null && c.Field.Kind != FieldKind.Ignore)
            .Select(c => (c.Column, Field: c.Field!)).OrderBy(c => c.Column).ToList();
        _categories = all.FindAll(c => c.Field.GivesCategory);
        // The main value is named after all values are known.
        _columns = [.. all.Where(c => !c.Field.GivesCategory).OrderBy(c => c.Field.GivesPrimary)];
    }

    /// <summary>Reads one row of a CSV file.</summary>
    public ImportedContact Read(CsvRow row)
    {
        var builder = new ContactBuilder(row.Number, row.Line);
        if (row.Problem is { } problem) builder.Broken(problem, row.Cells);
        bool any = false;
        foreach (var (column, field) in _columns)
        {
            if (column >= row.Cells.Length || row.Cells[column].Length == 0) continue;
            string text = CsvText.Unescape(row.Cells[column]).Trim(ContactBuilder.Blanks);
            if (text.Length == 0) continue;
            any = true;
            if (text.Contains('\uFFFD')) builder.Problem(field.Key, text.Length > 200 ? text[..200] : text, RowProblemCodes.BadCharacters);
            var (category, main) = Category(row, field);
            builder.Add(field, category, text, main);
        }

        return builder.Finish(any);
    }

    /// <summary>Reads one card.</summary>
    public static ImportedContact Read(VCard card)
    {
        var builder = new ContactBuilder(card.Number, card.Line);
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

    private (string Category, bool Main) Category(CsvRow row, ImportField field)
    {
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

/// <summary>Words for the categories: Work, geschäftlich, Domicile, "Home Fax"…</summary>
internal static class CategoryWords
{
    /// <summary>The category that a word means for a kind of value; "other" when it is unknown.</summary>
    public static string Read(FieldKind kind, string word)
    {
        var classes = HeaderWords.Normalise(word).Split(' ').Select(w => HeaderWords.WordClass(w) ?? "").ToList();
        bool Has(string c) => classes.Contains(c);
        if (kind == FieldKind.Website && Has("website")) return "other";
        if (kind == FieldKind.Phone)
        {
            if (Has("fax")) return "fax";
            if (Has("mobile")) return "mobile";
            if (Has("direct")) return "direct";
        }

        if (kind == FieldKind.Address)
        {
            if (Has("billing")) return "billing";
            if (Has("postal") || Has("zip")) return "postal";
            if (HeaderWords.Normalise(word) is "bureau" or "office" or "buro") return "office";
        }

        return Has("home") ? "home" : Has("work") ? "work" : "other";
    }
}

/// <summary>Words for person and company in a column that tells them apart.</summary>
internal static class KindWords
{
    private static readonly HashSet<string> Company = new(StringComparer.Ordinal)
    {
        "company", "entreprise", "societe", "organisation", "organization", "unternehmen", "firma", "true", "1", "yes", "oui", "ja", "vrai", "wahr",
        "x", "org", "business", "personne morale", "professionnel", "pro", "moral",
    };

    private static readonly HashSet<string> Person = new(StringComparer.Ordinal)
    {
        "person", "personne", "individual", "particulier", "false", "0", "no", "non", "nein", "contact", "personne physique", "privatperson", "faux",
        "falsch", "einzelperson", "kontakt", "physique",
    };

    /// <summary>"person", "company" or null.</summary>
    public static string? Read(string word)
    {
        string name = HeaderWords.Normalise(word);
        return Company.Contains(name) ? "company" : Person.Contains(name) ? "person" : null;
    }
}
