using System.Globalization;
using System.Text.RegularExpressions;
using Liaison.Kernel.Access;
using Liaison.Kernel.Time;

namespace Liaison.Contacts.Import;

/// <summary>Reads when contacts were created elsewhere: in the importing person's time zone unless the file names it, day and month in the order given.</summary>
internal sealed class CreationDates(Viewer viewer, DateTime now, string? order)
{
    /// <summary>The moment, or what is wrong with the text.</summary>
    public (DateTime? At, string? Problem) Read(string text, bool isUtc)
    {
        if (CreationDate.Of(text) is not { } date) return (null, "import.row.date");
        if (date.IsAmbiguous && order is null) return (null, "import.row.dateOrder");
        if (date.At(order) is not { } at) return (null, "import.row.date");
        var utc = (date.Offset ?? (isUtc ? TimeSpan.Zero : null)) is { } offset ? DateTime.SpecifyKind(at - offset, DateTimeKind.Utc) : viewer.ToUtc(at);
        // A program in another time zone may be ahead by some hours.
        return utc > now.AddDays(1) ? (null, "import.row.dateFuture") : (utc > now ? now : utc, null);
    }

    /// <summary>How the text is understood before the whole file is known: year first where there is no doubt, else as it stands.</summary>
    public static string Shown(string text, string? order) => CreationDate.Of(text) is { } date && (order is not null || !date.IsAmbiguous) && date.At(date.IsAmbiguous ? order : null) is { } at
        ? at.ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : text;
}

/// <summary>What the dates of a file show about the order of day and month.</summary>
internal sealed class DateOrder
{
    private bool _dayFirst;
    private bool _monthFirst;

    /// <summary>"dmy", "mdy"; null when nothing decides, or both.</summary>
    public string? Order => _dayFirst == _monthFirst ? null : _dayFirst ? "dmy" : "mdy";

    /// <summary>Some of the dates have the day first, others the month.</summary>
    public bool IsTorn => _dayFirst && _monthFirst;

    public void Note(string text)
    {
        if (CreationDate.Of(text) is not { HasOrder: true, IsAmbiguous: false } date) return;
        if (date.First > 12) _dayFirst = true;
        else if (date.Second > 12) _monthFirst = true;
    }
}

/// <summary>A date as it is written, with the time of the day.</summary>
/// <param name="Year">Its year.</param>
/// <param name="First">The number before the other: day or month.</param>
/// <param name="Second">The other.</param>
/// <param name="HasOrder">The two can stand in either order.</param>
/// <param name="Time">The time of the day.</param>
/// <param name="Offset">The time zone where the text gives one.</param>
internal sealed partial record CreationDate(int Year, int First, int Second, bool HasOrder, TimeSpan Time, TimeSpan? Offset)
{
    private static readonly CultureInfo[] Languages = [CultureInfo.InvariantCulture, .. Cultures.Codes.Select(CultureInfo.GetCultureInfo)];

    public bool IsAmbiguous => HasOrder && First <= 12 && Second <= 12 && First != Second;

    /// <summary>The date in this order; null when there is no such day.</summary>
    public DateTime? At(string? order)
    {
        var isMonthFirst = HasOrder && (order is null ? Second > 12 : order == "mdy");
        var (day, month) = isMonthFirst ? (Second, First) : (First, Second);
        return Year is >= 1900 and <= 9000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Year, month) ? new DateTime(Year, month, day) + Time : null;
    }

    public static CreationDate? Of(string text)
    {
        text = text.Trim();
        var match = Numbers().Match(text);
        if (!match.Success) return Counted(text) ?? Named(text);
        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        if (TimeOf(match) is not { } time) return null;
        TimeSpan? offset = match.Groups["zone"] switch
        {
            { Success: false } => null,
            { Length: > 3 } zone => (zone.ValueSpan[0] == '-' ? -1 : 1) * new TimeSpan(int.Parse(zone.ValueSpan[1..3], CultureInfo.InvariantCulture), int.Parse(zone.ValueSpan[^2..], CultureInfo.InvariantCulture), 0),
            _ => TimeSpan.Zero,
        };
        return match.Groups["iso"].Success ? new(Number("iso"), Number("d"), Number("m"), false, time, offset)
            : new(FullYear(match.Groups["y"].ValueSpan), Number("a"), Number("b"), match.Groups["sign"].ValueSpan is not ".", time, offset);
    }

    private static int FullYear(ReadOnlySpan<char> digits)
    {
        var year = int.Parse(digits, CultureInfo.InvariantCulture);
        return digits.Length > 2 ? year : CultureInfo.InvariantCulture.Calendar.ToFourDigitYear(year);
    }

    // Spreadsheets count the days since 1899-12-30; cells that lost their format show that number. These are the years 1954 to 2064.
    private static CreationDate? Counted(string text)
    {
        if (!double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) || days is < 20_000 or >= 60_000) return null;
        var at = DateTime.FromOADate(days);
        return new(at.Year, at.Day, at.Month, false, at.TimeOfDay, null);
    }

    private static TimeSpan? TimeOf(Match match)
    {
        if (!match.Groups["h"].Success) return TimeSpan.Zero;
        int Number(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var hour = Number("h");
        if (match.Groups["half"].Success) hour = (hour % 12) + (match.Groups["half"].ValueSpan[0] is 'p' or 'P' ? 12 : 0);
        return hour < 24 && Number("min") < 60 && Number("s") < 60 ? new(hour, Number("min"), Number("s")) : null;
    }

    // 12 Mar 2021, March 12, 2021, 12 mars 2021, and 12-Mar-21 as spreadsheets shorten it: without a year it would be one of this year.
    private static CreationDate? Named(string text)
    {
        if (!Year4().IsMatch(text) && !Shortened().IsMatch(text) || !text.Any(char.IsLetter)) return null;
        foreach (var language in Languages)
        {
            if (!DateTime.TryParse(text, language, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var at)) continue;
            return new(at.Year, at.Day, at.Month, false, at.TimeOfDay, at.Kind == DateTimeKind.Utc ? TimeSpan.Zero : null);
        }
        return null;
    }

    [GeneratedRegex(@"^(?:(?<iso>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})|(?<iso>\d{4})(?<m>\d{2})(?<d>\d{2})(?=$|T)|(?<a>\d{1,2})(?<sign>[-/.])(?<b>\d{1,2})\k<sign>(?<y>\d{4}|(?<![-]\d{1,2}-)\d{2}))(?:(?:T|,? +)(?<h>\d{1,2}):?(?<min>\d{2})(?::?(?<s>\d{2})(?:[.,]\d+)?)?(?: ?(?<half>[AaPp])\.?[Mm]\.?)?(?: ?(?<zone>Z|UTC|GMT|[+-](?:0\d|1[0-4]):?[0-5]\d))?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^\d{1,2}[- ]\p{L}+\.?[- ]\d{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shortened();

    [GeneratedRegex(@"\b\d{4}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Year4();
}
