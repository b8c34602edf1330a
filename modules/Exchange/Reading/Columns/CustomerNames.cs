namespace Liaison.Exchange.Reading;

/// <summary>The lists of accounting programs: the customer, and the person one talks to there.</summary>
internal static class CustomerNames
{
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "name", "nom", "contact name", "customer name", "client name", "customer", "client", "nom du client", "nom client", "kunde", "kundenname", "nombre", "nome", "naam",
    };

    /// <summary>"Nom, Nom (contact), Prénom (contact)": beside the name of the person, a name that does not say whose it is is the customer's.</summary>
    public static void SettlePersons(List<ColumnMapping> columns, List<List<string>> values)
    {
        bool IsName(ColumnMapping c) => c.Target is ImportFields.FullName or ImportFields.LastName or ImportFields.FirstName;
        bool IsOfPerson(ColumnMapping c) => HeaderWords.IsOfContactPerson(c.Header) && ColumnValues.Share(values[c.Column], v => v.Any(char.IsLetter) && !v.Contains('@') && !KindWords.IsFlag(v)) is var share && (share > 0.6 || values[c.Column].Count == 0);
        var names = columns.FindAll(c => IsName(c) && c.Why != "label" | c.Target == ImportFields.LastName);
        var persons = names.FindAll(IsOfPerson);
        if (persons.Count == 0 || columns.Exists(c => c.Target is ImportFields.CompanyName && !IsTradeName(c.Header))) return;
        if (names.FindAll(c => !persons.Contains(c)) is not [var plain] || plain.Target == ImportFields.FirstName || !IsPlain(plain.Header) && HeaderWords.Normalise(plain.Header) is not ("display name" or "nom d affichage")) return;
        bool inParts = persons.Exists(p => p.Target == ImportFields.FirstName);
        // "Contact: mail" says how somebody is reached.
        if (!inParts && persons.TrueForAll(p => values[p.Column].Count > 0 && ColumnValues.Share(values[p.Column], v => v.Contains(' ')) < 0.34)) return;
        // In parts, each row shows by itself whether the first name is another.
        columns[plain.Column] = plain with { Target = inParts ? ImportFields.FullName : ImportFields.CompanyName, Confidence = 0.7, Why = "values" };
        if (inParts && persons.Find(p => p.Target == ImportFields.FullName) is { } last) columns[last.Column] = last with { Target = ImportFields.LastName, Confidence = 0.9, Why = "values" };
    }

    /// <summary>"ContactName, FirstName, LastName": a name in one piece that in most rows is another than that of the person beside it is the company's.</summary>
    public static void Settle(List<ColumnMapping> columns, IReadOnlyList<CsvRow> sample)
    {
        int Only(string target) => columns.FindAll(c => c.Target == target) is [var one] ? one.Column : -1;
        var (full, first, last) = (Only(ImportFields.FullName), Only(ImportFields.FirstName), Only(ImportFields.LastName));
        if (full < 0 || first < 0 || last < 0 || columns.Exists(c => c.Target is ImportFields.CompanyName or ImportFields.Kind) || !IsPlain(columns[full].Header)) return;
        static string Cell(CsvRow row, int at) => at < row.Cells.Length ? CsvText.Read(row.Cells[at]).Trim() : "";
        var named = sample.Where(r => Cell(r, full).Length > 0 && Cell(r, first).Length > 0 && Cell(r, last).Length > 0).ToList();
        bool IsOther(CsvRow row) => !Cell(row, full).Contains(Cell(row, first), StringComparison.OrdinalIgnoreCase) && !Cell(row, full).Contains(Cell(row, last), StringComparison.OrdinalIgnoreCase);
        // Or the company's where there is one, and the person's once more where there is none.
        bool IsCompany(CsvRow row) => IsOther(row) && PersonNames.LooksLikeCompany(Cell(row, full));
        bool IsSame(CsvRow row) => string.Equals(Cell(row, full), $"{Cell(row, first)} {Cell(row, last)}", StringComparison.OrdinalIgnoreCase);
        bool isEither = named.Exists(IsCompany) && named.TrueForAll(r => IsCompany(r) || IsSame(r));
        if (named.Count > 0 && (isEither || named.Count(IsOther) * 3 > named.Count * 2)) columns[full] = columns[full] with { Target = ImportFields.CompanyName, Confidence = 0.7, Why = "values" };
    }

    /// <summary>First and last name are those of the person one talks to at the customer whose name is given in one piece: "name, cp_givenname, cp_name".</summary>
    public static bool HasContactPerson(IReadOnlyList<ColumnMapping> columns) =>
        columns.Any(m => m.Target == ImportFields.LastName && HeaderWords.IsOfContactPerson(m.Header)) && columns.Any(m => m.Target == ImportFields.FullName && (IsPlain(m.Header) || HeaderWords.Normalise(m.Header) is "full name"));

    // What a customer is known by, beside the name it is filed under.
    private static bool IsTradeName(string header) => HeaderWords.Normalise(header) is "nom commercial" or "nombre comercial" or "nome commerciale" or "nome fantasia" or "fantasia" or "enseigne" or "trading name";

    // Beside a first and a last name, a display name may be a nickname.
    private static bool IsPlain(string header) => Plain.Contains(HeaderWords.Normalise(header)) || HeaderWords.Meaning(header) == "client";
}
