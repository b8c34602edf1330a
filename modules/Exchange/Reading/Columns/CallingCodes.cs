namespace Liaison.Exchange.Reading;

/// <summary>Calling codes of countries that stand in a column of their own: "+33" beside "6 12 34 56 78".</summary>
internal sealed class CallingCodes
{
    // Their numbers keep the zero they begin with: Italy and San Marino.
    private static readonly string[] KeepZero = ["39", "378"];

    private readonly Dictionary<int, int> _columns = [];

    /// <summary>Finds for each column of codes the telephone that is called most like it, of these the one that it stands beside; the one before it where there are two.</summary>
    public CallingCodes(IReadOnlyList<ColumnMapping> columns)
    {
        var known = columns.OrderBy(c => c.Column).Select(c => (Column: c, Field: ImportFields.Parse(c.Target))).ToList();
        foreach (var (code, _) in known.Where(c => c.Field is { GivesCalling: true }))
        {
            var phones = known.Where(c => c.Field is { Kind: FieldKind.Phone, GivesCalling: false, GivesCategory: false, GivesPrimary: false } && c.Field.Category != "fax").Select(c => c.Column).ToList();
            if (phones.Count > 0) _columns.TryAdd(phones.OrderByDescending(p => p.Header.AsSpan().CommonPrefixLength(code.Header)).ThenBy(p => Math.Abs(p.Column - code.Column)).First().Column, code.Column);
        }
    }

    /// <summary>"+33", "0033", "33", "+33 (France)".</summary>
    public static bool Is(string text) => Digits(text) is { Length: > 0 and < 5 } && text.Length < 40;

    /// <summary>The number with its code; as it stands where it has one already or there is none.</summary>
    public string Whole(CsvRow row, int column, string number)
    {
        if (!_columns.TryGetValue(column, out int at) || at >= row.Cells.Length || number[0] is '+' || number.StartsWith("00", StringComparison.Ordinal) || !number.Any(char.IsAsciiDigit)) return number;
        string code = CsvText.Read(row.Cells[at]).Trim();
        if (!Is(code)) return number;
        string digits = Digits(code);
        string rest = number[0] == '0' && !KeepZero.Contains(digits) ? number[1..].TrimStart() : number;
        return rest.Length == 0 ? number : $"+{digits} {rest}";
    }

    private static string Digits(string text)
    {
        int paren = text.IndexOf('(');
        var bare = (paren > 0 ? text[..paren] : text).Trim().TrimStart('+').TrimStart('0');
        return bare.All(char.IsAsciiDigit) ? bare : "";
    }
}
