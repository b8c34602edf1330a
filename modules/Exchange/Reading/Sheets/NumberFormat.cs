using System.Globalization;

namespace Liaison.Exchange.Reading;

/// <summary>
/// What a number format makes of a number, as far as it changes what the number says: dates are written as ISO dates, masks such as 00000 or that of
/// telephone numbers give the digits back that a number cannot hold. Decimals, thousands and currencies are how a number looks, not what it says.
/// </summary>
internal sealed class NumberFormat
{
    public static readonly NumberFormat General = new("General");

    private const double LastDay = 2_958_466;

    private static readonly Dictionary<int, string> BuiltIn = new()
    {
        [1] = "0", [2] = "0.00", [3] = "#,##0", [4] = "#,##0.00", [9] = "0%", [10] = "0.00%", [11] = "0.00E+00", [12] = "# ?/?", [13] = "# ??/??", [18] = "h:mm", [19] = "h:mm:ss", [20] = "h:mm", [21] = "h:mm:ss",
        [45] = "mm:ss", [46] = "[h]:mm:ss", [47] = "mm:ss.0", [48] = "##0.0E+0", [49] = "@",
    };

    private readonly List<FormatSection> _sections;

    public NumberFormat(string code) => _sections = [.. FormatSection.Split(code.Length > 500 ? "General" : code).Take(4).Select(s => new FormatSection(s))];

    /// <summary>A format that needs no code; which of them are dates differs between languages, but not that they are.</summary>
    public static NumberFormat? Known(int id) => BuiltIn.TryGetValue(id, out var code) ? new(code) : id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 50 and <= 58) or (>= 71 and <= 81) ? new("yyyy-mm-dd") : null;

    /// <summary>Whether nothing was chosen that says how the number is meant.</summary>
    public bool IsPlain => _sections.TrueForAll(s => s.Kind == FormatKind.Plain);

    /// <summary>The number, given as the file writes it, in words that mean the same to whoever reads them.</summary>
    public string Show(string number, bool from1904)
    {
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value)) return number;
        var section = Section(value);
        return section.Kind switch
        {
            FormatKind.Date or FormatKind.Time when Moment(value, from1904, section.Kind == FormatKind.Time) is { } moment => moment,
            FormatKind.Elapsed when Math.Abs(value) < LastDay => Elapsed(value),
            FormatKind.Percent when Math.Abs(value) < 1e15 => ((decimal)value * 100).ToString("0.##########", CultureInfo.InvariantCulture) + "%",
            FormatKind.Mask when Math.Abs(value) < 1e15 && value == Math.Truncate(value) => section.Fill(((long)Math.Abs(value)).ToString(CultureInfo.InvariantCulture), value < 0 && section == _sections[0]),
            FormatKind.Words => section.Words,
            _ => Plain(number, value),
        };
    }

    /// <summary>All digits of a number, without an exponent and without what a double adds behind the fifteenth.</summary>
    public static string Plain(string number, double value)
    {
        var digits = number.AsSpan(number.StartsWith('-') ? 1 : 0);
        if (!digits.IsEmpty && digits.IndexOfAnyExceptInRange('0', '9') < 0) return number;
        if (Math.Abs(value) >= 7.9e28) return number;
        return ((decimal)value).ToString("0.############################", CultureInfo.InvariantCulture);
    }

    private FormatSection Section(double value)
    {
        if (_sections.Find(s => s.Condition is not null) is not null)
            return _sections.Find(s => s.Condition?.Invoke(value) ?? true) ?? _sections[0];
        return _sections.Count switch
        {
            1 => _sections[0],
            2 => _sections[value < 0 ? 1 : 0],
            _ => _sections[value < 0 ? 1 : value == 0 ? 2 : 0],
        };
    }

    private static string? Moment(double value, bool from1904, bool isTime)
    {
        if (value < 0 || value >= LastDay) return null;
        // The day 0 is what an empty cell gives that another one refers to.
        if (value == 0 && !isTime && !from1904) return "";
        bool isClock = value < 1 && (isTime || !from1904);
        if (from1904) value += 1462;
        // The year 1900 was given a 29 February.
        else if (value is >= 1 and < 60) value++;
        var moment = new DateTime(1899, 12, 30).AddSeconds(Math.Round(value * 86_400));
        if (isClock) return Clock(moment);
        return moment.TimeOfDay == TimeSpan.Zero ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : moment.ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture) + Clock(moment);
    }

    private static string Clock(DateTime moment) => moment.ToString(moment.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Elapsed(double value)
    {
        long seconds = (long)Math.Round(Math.Abs(value) * 86_400);
        return string.Create(CultureInfo.InvariantCulture, $"{(value < 0 ? "-" : "")}{seconds / 3600}:{seconds / 60 % 60:00}{(seconds % 60 == 0 ? "" : $":{seconds % 60:00}")}");
    }
}
