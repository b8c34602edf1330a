namespace Liaison.Contacts.Timeline;

/// <summary>A page of a contact's timeline as it is shown.</summary>
public sealed class TimelineView
{
    private const int Size = 30;

    public required long ContactId { get; init; }
    public required IReadOnlyList<TimelineItem> Items { get; init; }
    /// <summary>Where the next page starts, or null at the end.</summary>
    public required string? Next { get; init; }
    /// <summary>Where this page starts, or null at the newest entry.</summary>
    public required string? Before { get; init; }
    /// <summary>The kinds shown, or null for all.</summary>
    public required string? Kind { get; init; }
    public required IReadOnlyList<string> Kinds { get; init; }
    /// <summary>Page and its parameters that give the entries older than these.</summary>
    public string OlderUrl => $"/contacts/{ContactId}/journal?{(Kind is null ? "" : $"kind={Uri.EscapeDataString(Kind)}&")}before={Next}";

    public static async Task<TimelineView> LoadAsync(ContactTimeline timeline, long contactId, string? before, string? kind, CancellationToken cancel)
    {
        var kinds = kind?.Split(',').Where(timeline.Kinds.Contains).ToHashSet(StringComparer.Ordinal);
        if (kinds is { Count: 0 }) kinds = null;
        var cursor = TimelineCursor.Parse(before);
        var (items, next) = await timeline.PageAsync(contactId, cursor, kinds, Size, cancel);
        return new()
        {
            ContactId = contactId, Items = Folded(items), Next = next, Before = cursor is null ? null : before, Kind = kinds is null ? null : string.Join(',', kinds), Kinds = timeline.Kinds,
        };
    }

    // What stands right above the entry that shows it too would be said twice; changes of status between them follow from one of the two.
    private static List<TimelineItem> Folded(IReadOnlyList<TimelineItem> items)
    {
        bool IsSaidBelow(TimelineItem item, int place) => item.Of is { } of
            && items.Skip(place + 1).FirstOrDefault(i => i.Kind != "status" && i.Of != of) is { } next && (next.Kind, next.Id) == of;
        return [.. items.Where((item, place) => !IsSaidBelow(item, place))];
    }
}
