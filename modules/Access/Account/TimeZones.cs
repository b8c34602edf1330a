namespace Liaison.Access;

/// <summary>The IANA time zones a person can choose.</summary>
public static class TimeZones
{
    /// <summary>Their names, by region and city.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones(skipSorting: true).Select(z => z.Id)
            .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal) && !id.StartsWith("SystemV/", StringComparison.Ordinal) && !id.StartsWith("US/", StringComparison.Ordinal))
            .Append("UTC").Order(StringComparer.Ordinal)];

    /// <summary>Whether the program knows the zone.</summary>
    public static bool Exists(string? id) => id is { Length: > 0 and < 60 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);
}
