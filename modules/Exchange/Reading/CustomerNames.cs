namespace Liaison.Exchange.Reading;

/// <summary>"ContactName, FirstName, LastName" of an accounting program: the customer, and the person one talks to there.</summary>
internal static class CustomerNames
{
    /// <summary>A name in one piece that in most rows is another than that of the person beside it is the company's.</summary>
    public static void Settle(List<ColumnMapping> columns, IReadOnlyList<CsvRow> sample)
    {
        int Only(string target) => columns.FindAll(c => c.Target == target) is [var one] ? one.Column : -1;
        var (full, first, last) = (Only(ImportFields.FullName), Only(ImportFields.FirstName), Only(ImportFields.LastName));
        if (full < 0 || first < 0 || last < 0 || columns.Exists(c => c.Target is ImportFields.CompanyName or ImportFields.Kind) || !IsPlain(columns[full].Header)) return;
        static string Cell(CsvRow row, int at) => at < row.Cells.Length ? CsvText.Read(row.Cells[at]).Trim() : "";
        var named = sample.Where(r => Cell(r, full).Length > 0 && Cell(r, first).Length > 0 && Cell(r, last).Length > 0).ToList();
        bool IsOther(CsvRow row) => !Cell(row, full).Contains(Cell(row, first), StringComparison.OrdinalIgnoreCase) && !Cell(row, full).Contains(Cell(row, last), StringComparison.OrdinalIgnoreCase);
        if (named.Count > 0 && named.Count(IsOther) * 3 > named.Count * 2) columns[full] = columns[full] with { Target = ImportFields.CompanyName, Confidence = 0.7, Why = "values" };
    }

    // A display name may be a nickname.
    private static bool IsPlain(string header) => HeaderWords.Normalise(header) is "name" or "nom" or "contact name" or "customer name" or "client name" or "customer" or "client" or "nom du client" or "nom client" or "kunde" or "kundenname";
}
