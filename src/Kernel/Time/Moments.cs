using Liaison.Kernel.Access;

namespace Liaison.Kernel.Time;

/// <summary>Reading the clock and translating between UTC and a viewer's zone.</summary>
public static class Moments
{
    /// <summary>Stands for "never" in columns that are sorted by time: sorts before everything.</summary>
    public static readonly DateTime Never = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    /// <summary>Now in UTC, cut to the microsecond that both databases keep.</summary>
    public static DateTime Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - (now.Ticks % 10), DateTimeKind.Utc);
    }

    /// <summary>A UTC moment as the viewer's wall clock shows it.</summary>
    public static DateTime ToLocal(this Viewer viewer, DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), viewer.Zone);

    /// <summary>Today where the viewer is.</summary>
    public static DateOnly Today(this Viewer viewer, TimeProvider clock) => DateOnly.FromDateTime(viewer.ToLocal(clock.Now()));

    /// <summary>
    /// The UTC moment of a wall-clock time of the viewer. A time skipped by the spring change is moved forward by the gap;
    /// of an hour that occurs twice in autumn the first is taken.
    /// </summary>
    public static DateTime ToUtc(this Viewer viewer, DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var zone = viewer.Zone;
        if (zone.IsAmbiguousTime(local)) return DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc);
        if (!zone.IsInvalidTime(local) && TimeZoneInfo.ConvertTimeToUtc(local, zone) is var utc && viewer.ToLocal(utc) == local) return utc;
        // Skipped, which is not known of every zone. Not every gap is an hour: by the offset before it the time moves on by just the gap.
        return DateTime.SpecifyKind(local - zone.GetUtcOffset(local.AddDays(-1)), DateTimeKind.Utc);
    }
}
