namespace Liaison.Exchange.Reading;

/// <summary>What a file shows about the order of day and month, besides the dates of the column that is imported.</summary>
public static class DateSigns
{
    private const int MostRows = 200;

    private static readonly HashSet<string> MonthFirst = new(StringComparer.Ordinal) { "us", "usa", "u s a", "united states", "united states of america", "etats unis" };

    private static readonly HashSet<string> DayFirst = new(StringComparer.Ordinal)
    {
        "fr", "france", "de", "germany", "deutschland", "allemagne", "gb", "uk", "united kingdom", "england", "great britain", "royaume uni", "es", "spain", "espana", "espagne", "it", "italy", "italia", "italie", "pt", "portugal",
        "be", "belgium", "belgique", "belgie", "nl", "netherlands", "nederland", "pays bas", "ch", "switzerland", "suisse", "schweiz", "svizzera", "at", "austria", "osterreich", "autriche", "ie", "ireland", "irlande", "lu", "luxembourg", "br", "brasil", "brazil", "au", "australia",
    };

    // Unlike most names of columns, these are of one language, and not of English.
    private static readonly HashSet<string> NotEnglish = new(StringComparer.Ordinal)
    {
        "nom", "prenom", "ville", "societe", "adresse", "courriel", "pays", "portable", "vorname", "nachname", "ort", "strasse", "firma", "plz", "telefon", "cognome", "nome", "citta", "telefono", "nombre", "apellidos", "ciudad", "empresa", "naam", "achternaam", "voornaam", "plaats", "postcode plaats", "sobrenome", "cidade", "telefone",
    };

    /// <summary>"dmy" or "mdy"; null when nothing shows it, or one thing this and another that.</summary>
    public static string? Order(Stream stream, FileShape shape, IReadOnlyList<ColumnMapping> mapping)
    {
        if (!shape.IsTable || !mapping.Any(m => m.Target == ImportFields.CreatedAt)) return null;
        var rows = CsvRows.Read(stream, shape).Take(MostRows).ToList();
        return Agreed([.. Columns(rows)]) ?? (Columns(rows).Any() ? null : Agreed([.. Signs(shape, mapping, rows)]));
    }

    private static string? Agreed(HashSet<string> orders) => orders.Count == 1 ? orders.First() : null;

    // Birthdays and the like: a column with a 31 and no month of that number.
    private static IEnumerable<string> Columns(List<CsvRow> rows)
    {
        for (int i = 0; i < (rows.Count > 0 ? rows[0].Cells.Length : 0); i++)
        {
            var (day, month) = (false, false);
            foreach (var row in rows) if (Parts(row.Cells[i]) is { } parts) (day, month) = (day | parts.First > 12, month | parts.Second > 12);
            if (day != month) yield return day ? "dmy" : "mdy";
        }
    }

    private static IEnumerable<string> Signs(FileShape shape, IReadOnlyList<ColumnMapping> mapping, List<CsvRow> rows)
    {
        // Spreadsheets write semicolons where the comma is that of decimals; nobody there puts the month first.
        if (shape is { Format: FileFormat.Csv, Delimiter: ';' }) yield return "dmy";
        if (mapping.Any(m => m.Header.Any(c => c > 127 && char.IsLetter(c)) || NotEnglish.Contains(HeaderWords.Normalise(m.Header)))) yield return "dmy";
        foreach (var column in mapping)
        {
            if (column.Target == ImportFields.CreatedAt && rows.Exists(r => Cell(r, column).TrimEnd().EndsWith('M') && Parts(Cell(r, column)) is not null)) yield return "mdy";
            if (ImportFields.Parse(column.Target) is not { Kind: FieldKind.Address, Part: "country" }) continue;
            foreach (var country in rows.Select(r => HeaderWords.Normalise(Cell(r, column))).Distinct())
            {
                if (MonthFirst.Contains(country)) yield return "mdy";
                if (DayFirst.Contains(country)) yield return "dmy";
            }
        }
    }

    private static string Cell(CsvRow row, ColumnMapping column) => column.Column < row.Cells.Length ? row.Cells[column.Column] : "";

    // The two numbers of "31/12/2020" or "31-12-20 08:15", where they can be a day and a month.
    private static (int First, int Second)? Parts(string cell)
    {
        var date = cell.AsSpan().Trim();
        if (date.Length is < 6 or > 25 || !char.IsAsciiDigit(date[0])) return null;
        if (date.IndexOfAny(' ', 'T') is > 0 and var blank) date = date[..blank];
        int one = date.IndexOfAny('/', '-'), two = date.LastIndexOfAny('/', '-');
        if (one is < 1 or > 2 || two <= one + 1 || two > one + 3 || date[one] != date[two] || date.Length - two is not (3 or 5)) return null;
        return int.TryParse(date[..one], out int first) && int.TryParse(date[(one + 1)..two], out int second) && int.TryParse(date[(two + 1)..], out _)
            && first is > 0 and < 32 && second is > 0 and < 32 && (first < 13 || second < 13) ? (first, second) : null;
    }
}
