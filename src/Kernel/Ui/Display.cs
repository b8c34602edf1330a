using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Time;
using Microsoft.AspNetCore.Html;

namespace Liaison.Kernel.Ui;

/// <summary>Dates and numbers as the viewer reads them: their language, their time zone. Injected in every page as <c>Show</c>.</summary>
public sealed class Display(CurrentViewer current, Localizer texts, TimeProvider clock)
{
    private DateTime? _now;

    /// <summary>Who looks.</summary>
    public Viewer Viewer => current.Viewer;

    /// <summary>Whether the viewer holds the permission.</summary>
    public bool May(string permission) => current.Viewer.May(permission);

    /// <summary>Now on the viewer's wall clock; the same during one request.</summary>
    public DateTime Now => _now ??= Viewer.ToLocal(clock.Now());

    /// <summary>A moment as people say it ("yesterday 16:02"), the whole date on hovering.</summary>
    public IHtmlContent When(DateTime? utc)
    {
        if (utc is not { } moment || moment <= Moments.Never.AddYears(1)) return HtmlString.Empty;
        var local = Viewer.ToLocal(moment);
        return new HtmlString($"<time datetime=\"{moment.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\" title=\"{Ui.Encode(Whole(local))}\">{Ui.Encode(Relative(local))}</time>");
    }

    /// <summary>A day as people say it ("tomorrow", "Fri 27 Nov").</summary>
    public IHtmlContent When(DateOnly? day) => day is not { } date ? HtmlString.Empty : new HtmlString(
        $"<time datetime=\"{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\" title=\"{Ui.Encode(date.ToString("D", CultureInfo.CurrentCulture))}\">{Ui.Encode(Relative(date))}</time>");

    /// <summary>A moment with date and time: 22/11/2026 09:40.</summary>
    public string Moment(DateTime utc) => Viewer.ToLocal(utc).ToString("g", CultureInfo.CurrentCulture);

    /// <summary>A day: 22/11/2026.</summary>
    public string Day(DateOnly day) => day.ToString("d", CultureInfo.CurrentCulture);

    /// <summary>A whole number with separators.</summary>
    public string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A capped count: "12 480" or "10 000+".</summary>
    public string Number(CappedCount count) => Number(count.Value > CappedCount.Limit ? CappedCount.Limit : count.Value) + (count.IsCapped ? "+" : "");

    private string Relative(DateTime local)
    {
        var ago = Now - local;
        if (ago >= TimeSpan.Zero && ago < TimeSpan.FromMinutes(1)) return texts["ui.when.now"];
        if (ago >= TimeSpan.Zero && ago < TimeSpan.FromHours(1)) return texts["ui.when.minutes", (int)ago.TotalMinutes];
        var day = DateOnly.FromDateTime(local);
        var distance = day.DayNumber - DateOnly.FromDateTime(Now).DayNumber;
        return distance is >= -1 and <= 1 ? $"{Relative(day)} {local.ToString("t", CultureInfo.CurrentCulture)}" : Relative(day);
    }

    private string Relative(DateOnly day)
    {
        var today = DateOnly.FromDateTime(Now);
        return (day.DayNumber - today.DayNumber) switch
        {
            0 => texts["ui.when.today"],
            -1 => texts["ui.when.yesterday"],
            1 => texts["ui.when.tomorrow"],
            >= -6 and < -1 => texts["ui.when.days", today.DayNumber - day.DayNumber],
            > 1 and <= 6 => day.ToString("ddd d", CultureInfo.CurrentCulture),
            _ => day.ToString(day.Year == today.Year ? "d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture),
        };
    }

    private static string Whole(DateTime local) => $"{local.ToString("D", CultureInfo.CurrentCulture)} {local.ToString("t", CultureInfo.CurrentCulture)}";
}
