namespace Liaison.Exchange.Reading;

/// <summary>Dates that a workbook writes as ISO dates.</summary>
internal static class SheetDates
{
    /// <summary>Without a midnight, seconds of nothing and fractions of seconds: "2021-03-12", "2021-03-12 08:15".</summary>
    public static string Short(string date)
    {
        int time = date.IndexOf('T');
        if (time < 0) return date;
        string clock = date[(time + 1)..].Split('.', ',')[0].TrimEnd('Z');
        if (clock.EndsWith(":00", StringComparison.Ordinal) && clock.Length == 8) clock = clock[..5];
        return clock is "00:00" or "" ? date[..time] : $"{date[..time]} {clock}";
    }
}
