namespace Liaison.Exchange.Reading;

/// <summary>A table without headings: its columns are known by what stands in them, and beside what.</summary>
internal static class NamelessColumns
{
    public static void Settle(List<ColumnMapping> columns, List<List<string>> values, IReadOnlyList<CsvRow> sample)
    {
        SettlePlaces(columns, values);
        var free = columns.Where(c => IsFree(c, values) && ColumnValues.Share(values[c.Column], ColumnValues.IsSalutation) < 0.6).Select(c => c.Column).ToList();
        void Set(int at, string target) => columns[at] = columns[at] with { Target = target, Confidence = 0.3, Why = "values" };
        int company = free.FindIndex(c => AreCompanies(values[c]) || AreNamesOfSites(columns, sample, c));
        if (company >= 0)
        {
            Set(free[company], ImportFields.CompanyName);
            free.RemoveAt(company);
        }

        // One column of several words is the full name, two columns of one word are first and last name.
        int full = free.FindIndex(c => ColumnValues.Share(values[c], v => AreWords(v, 2, 4)) > 0.7);
        int single = free.FindIndex(c => ColumnValues.Share(values[c], v => AreWords(v, 1, 2)) > 0.7);
        if (single >= 0 && single + 1 < free.Count && (full < 0 || single < full) && free[single + 1] == free[single] + 1
            && ColumnValues.Share(values[free[single + 1]], v => AreWords(v, 1, 3)) > 0.7)
        {
            // "DUPONT;Jean": last names are written in capitals.
            bool lastFirst = AreShouted(values[free[single]]) && !AreShouted(values[free[single + 1]]);
            Set(free[single], lastFirst ? ImportFields.LastName : ImportFields.FirstName);
            Set(free[single + 1], lastFirst ? ImportFields.FirstName : ImportFields.LastName);
        }
        else if (full >= 0)
        {
            Set(free[full], ImportFields.FullName);
        }
        else if (free.Count > 0 && company < 0)
        {
            Set(free[0], ImportFields.FullName);
        }
    }

    // "12 rue Basse;33000;Bordeaux": a postcode beside a city, and the street before them. The first column of numbers is what the rows are filed under.
    private static void SettlePlaces(List<ColumnMapping> columns, List<List<string>> values)
    {
        void Set(int at, string part) => columns[at] = columns[at] with { Target = $"address.work.{part}", Confidence = 0.4, Why = "values" };
        bool IsCity(int at) => at > 0 && at < columns.Count && IsFree(columns[at], values) && ColumnValues.Share(values[at], v => AreWords(v, 1, 5)) > 0.8;
        for (int zip = 1; zip < columns.Count; zip++)
        {
            if (!IsFree(columns[zip], values) || !values[zip].TrueForAll(v => v.Length is 4 or 5 && ColumnValues.IsWholeNumber(v))) continue;
            int city = IsCity(zip + 1) ? zip + 1 : zip > 1 && IsCity(zip - 1) ? zip - 1 : -1;
            if (city < 0) continue;
            Set(zip, "zip");
            Set(city, "city");
            int street = Math.Min(zip, city) - 1;
            if (street >= 0 && IsFree(columns[street], values) && ColumnValues.Share(values[street], v => v.Any(char.IsAsciiDigit) && v.Any(char.IsLetter)) > 0.5) Set(street, "street");
            return;
        }
    }

    private static bool IsFree(ColumnMapping column, List<List<string>> values) => column.Target == ImportFields.Ignore && values[column.Column].Count > 0;

    // All in capitals, and some of them what no person is called.
    private static bool AreCompanies(List<string> names) => AreShouted(names) && ColumnValues.Share(names, v => PersonNames.LooksLikeCompany(v) || v.Any(char.IsAsciiDigit)) >= 0.2;

    // "ACME" beside "info@acme.com".
    private static bool AreNamesOfSites(List<ColumnMapping> columns, IReadOnlyList<CsvRow> sample, int at)
    {
        var emails = columns.Find(c => c.Target.StartsWith("email.", StringComparison.Ordinal));
        if (emails is null) return false;
        int known = 0, alike = 0;
        foreach (var row in sample)
        {
            if (Math.Max(at, emails.Column) >= row.Cells.Length || row.Cells[emails.Column].Split('@') is not [var local, var host]) continue;
            string word = HeaderWords.Normalise(row.Cells[at]).Split(' ')[0];
            if (word.Length < 3) continue;
            known++;
            if (host.Contains(word, StringComparison.OrdinalIgnoreCase) && !local.Contains(word, StringComparison.OrdinalIgnoreCase)) alike++;
        }

        return alike > 1 && alike * 2 > known;
    }

    private static bool AreShouted(List<string> values) => ColumnValues.Share(values, ColumnValues.IsShouted) > 0.9;

    private static bool AreWords(string text, int least, int most) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { } words && words.Length >= least && words.Length <= most && text.All(c => char.IsLetter(c) || c is ' ' or '-' or '\'' or '.' or '’');
}
