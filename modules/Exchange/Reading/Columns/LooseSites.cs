namespace Liaison.Exchange.Reading;

/// <summary>Web addresses that all lead to the same place, such as the page with the form, are nobody's website.</summary>
internal static class LooseSites
{
    private const int Least = 3;

    /// <summary>Leaves out columns that were taken for websites for their values alone.</summary>
    public static void Settle(List<ColumnMapping> columns, List<List<string>> values)
    {
        foreach (var column in columns.Where(c => c.Why == "values" && ImportFields.Parse(c.Target)?.Kind == FieldKind.Website).ToList())
        {
            var sites = values[column.Column];
            if (sites.Count >= Least && sites.Select(Host).Distinct(StringComparer.OrdinalIgnoreCase).Count() * Least <= sites.Count) columns[column.Column] = column with { Target = ImportFields.Ignore, Confidence = 0.6 };
        }
    }

    private static string Host(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : address.Split('/')[0];
}
