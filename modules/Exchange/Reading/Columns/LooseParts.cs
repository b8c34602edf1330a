namespace Liaison.Exchange.Reading;

/// <summary>"Adresse privée, Ville, Code postal": parts that do not say whose they are belong to the street beside them.</summary>
internal static class LooseParts
{
    /// <summary>Gives them to the street before, or to the first; a street that does not say whose it is takes them as it always does.</summary>
    public static void Settle(List<ColumnMapping> columns)
    {
        SettleState(columns);
        SettleNumber(columns);
        var parts = columns.Where(c => c.Why == "header").Select(c => (Column: c, Field: ImportFields.Parse(c.Target)!)).Where(p => p.Field is { Kind: FieldKind.Address, Part.Length: > 0 }).ToList();
        var loose = parts.FindAll(p => p.Field is { Category: "work", Group: 1 } && !HeaderWords.SaysWork(p.Column.Header));
        var streets = parts.FindAll(p => p.Field.Part == "street");
        if (streets.Count == 0 || loose.Exists(streets.Contains)) return;
        foreach (var (column, field) in loose)
        {
            var category = (streets.FindLast(s => s.Column.Column < column.Column) is { Field: not null } before ? before : streets[0]).Field.Category;
            bool hasOwn = parts.Exists(p => p.Field.Category == category && p.Field.Part == field.Part && !loose.Contains(p));
            if (!hasOwn) columns[column.Column] = column with { Target = $"address.{category}.{field.Part}" };
        }
    }

    // "Ville, État, Pays": a state between two parts of an address is no status.
    private static void SettleState(List<ColumnMapping> columns)
    {
        for (int i = 1; i < columns.Count - 1; i++)
        {
            if (columns[i].Target != ImportFields.IgnoreStatus || HeaderWords.Normalise(columns[i].Header) is not ("etat" or "stato") || Part(columns[i - 1]) is not { Part.Length: > 0 } before || Part(columns[i + 1]) is not { Part.Length: > 0 }) continue;
            columns[i] = columns[i] with { Target = $"address.{before.Category}.state{(before.Group > 1 ? $"#{before.Group}" : "")}", Confidence = 0.8 };
        }
    }

    // "Endereço, Número": right behind a street it is that of the house.
    private static void SettleNumber(List<ColumnMapping> columns)
    {
        for (int i = 1; i < columns.Count; i++)
        {
            if (columns[i].Target != ImportFields.Ignore || HeaderWords.Normalise(columns[i].Header) is not ("numero" or "nr" or "nro" or "no" or "n" or "number" or "nummer" or "num" or "numero de rue" or "numero civico" or "civico") || Part(columns[i - 1]) is not { Part: "street" }) continue;
            columns[i] = columns[i] with { Target = columns[i - 1].Target, Confidence = 0.7, Why = "header" };
        }
    }

    private static ImportField? Part(ColumnMapping column) => ImportFields.Parse(column.Target) is { Kind: FieldKind.Address } field ? field : null;
}
