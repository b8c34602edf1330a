namespace Liaison.Exchange.Reading;

/// <summary>Columns of the same names once more: "Adresse, Code postal, Ville, Adresse, Code postal, Ville" are two addresses.</summary>
internal static class SecondAddresses
{
    /// <summary>Numbers the addresses behind the first of their category; a single part that comes again stays where it is.</summary>
    public static void Settle(List<ColumnMapping> columns)
    {
        SettleUnsaid(columns);
        foreach (var category in columns.Select(c => ImportFields.Parse(c.Target)).Where(IsPart).Select(f => f!.Category).Distinct(StringComparer.Ordinal).ToList()) Settle(columns, category);
    }

    private static void Settle(List<ColumnMapping> columns, string category)
    {
        var parts = columns.Select(c => (Column: c, Field: ImportFields.Parse(c.Target))).Where(p => IsPart(p.Field) && p.Field!.Category == category && p.Field.Group == 1).ToList();
        var sets = new List<List<(ColumnMapping Column, ImportField? Field)>> { new() };
        foreach (var part in parts)
        {
            if (sets[^1].Exists(p => HeaderWords.Normalise(p.Column.Header) == HeaderWords.Normalise(part.Column.Header) && part.Column.Header.Length > 0)) sets.Add([]);
            sets[^1].Add(part);
        }

        int group = columns.Select(c => ImportFields.Parse(c.Target)).Where(f => IsPart(f) && f!.Category == category).Select(f => f!.Group).DefaultIfEmpty(1).Max();
        foreach (var set in sets.Skip(1).Where(s => s.Count > 1))
        {
            group++;
            foreach (var (column, _) in set) columns[column.Column] = column with { Target = $"{column.Target}#{group}" };
        }
    }

    // "OfficeStreetAddress, OfficeCity, StreetAddress, City": beside the address at work, one that does not say whose it is is another.
    private static void SettleUnsaid(List<ColumnMapping> columns)
    {
        var parts = columns.Select(c => (Column: c, Field: ImportFields.Parse(c.Target))).Where(p => IsPart(p.Field) && p.Field is { Category: "work", Group: 1 } && p.Column.Why == "header").ToList();
        var unsaid = parts.FindAll(p => !HeaderWords.SaysWork(p.Column.Header));
        static bool IsWhole(IEnumerable<(ColumnMapping Column, ImportField? Field)> set) => set.Select(p => p.Field!.Part).ToHashSet(StringComparer.Ordinal) is var has && has.Contains("street") && has.Contains("city");
        if (!IsWhole(unsaid) || !IsWhole(parts.Except(unsaid))) return;
        foreach (var (column, field) in unsaid) columns[column.Column] = column with { Target = $"address.other.{field!.Part}" };
    }

    private static bool IsPart(ImportField? field) => field is { Kind: FieldKind.Address, Part.Length: > 0 };
}
