using Liaison.Kernel.Access;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Timeline;

/// <summary>Slot: a module that has something to tell in a contact's timeline.</summary>
public abstract class TimelineSource : IPart
{
    /// <summary>Permission needed to be given it, or null.</summary>
    public virtual string? Permission => null;
    /// <summary>Place among entries of the same moment: a higher one is shown above. Unique among the sources; one that gives several kinds may number them from here.</summary>
    public abstract int Rank { get; }
    /// <summary>Kinds of entries it gives ("action", "response", "status", "edit", "import"); the reader filters by them.</summary>
    public abstract IReadOnlyList<string> Kinds { get; }
    /// <summary>
    /// The contact's entries before a place, newest first, at most <paramref name="take"/>; one query by index. The contact is known to be visible to the viewer.
    /// <paramref name="kinds"/> is null for all.
    /// </summary>
    public abstract Task<IReadOnlyList<TimelineItem>> BeforeAsync(LiaisonDb db, long contactId, TimelineCursor? before, IReadOnlySet<string>? kinds, int take, CancellationToken cancel);
}

/// <summary>One entry of a timeline.</summary>
/// <param name="At">When it took place, UTC.</param>
/// <param name="Rank">Its source's rank.</param>
/// <param name="Id">Id within the source.</param>
/// <param name="Kind">One of the source's kinds.</param>
/// <param name="View">Path of the partial view that shows it; its model is <paramref name="Model"/>.</param>
/// <param name="Model">What the view shows, and what the API writes.</param>
public sealed record TimelineItem(DateTime At, int Rank, long Id, string Kind, string View, object Model)
{
    /// <summary>The entry, by kind and id, that shows this one too.</summary>
    public (string Kind, long Id)? Of { get; init; }
}

/// <summary>A place in a timeline: everything older than it comes next.</summary>
public readonly record struct TimelineCursor(DateTime At, int Rank, long Id)
{
    /// <summary>The highest id that an entry of this source may have at exactly <see cref="At"/>, exclusive; entries of earlier moments always come next.</summary>
    public long IdLimit(int rank) => rank < Rank ? long.MaxValue : rank == Rank ? Id : long.MinValue;

    /// <summary>Opaque text.</summary>
    public override string ToString() => new Cursor(System.FormattableString.Invariant($"{At.Ticks}.{Rank}"), Id, false).ToString();

    /// <summary>Reads it back; null when it is none.</summary>
    public static TimelineCursor? Parse(string? text)
    {
        if (Cursor.Parse(text) is not { } cursor || cursor.Key.Split('.') is not [var at, var rank]) return null;
        return long.TryParse(at, out var ticks) && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks && int.TryParse(rank, out var r) ? new(new DateTime(ticks, DateTimeKind.Utc), r, cursor.Id) : null;
    }
}

/// <summary>Reads a contact's timeline: the entries of all sources merged, newest first, page by page.</summary>
public sealed class ContactTimeline(LiaisonDb db, IEnumerable<TimelineSource> sources)
{
    private readonly List<TimelineSource> _sources = [.. sources.For(db.Viewer)];

    /// <summary>All kinds that the viewer can filter by.</summary>
    public IReadOnlyList<string> Kinds { get; } = [.. sources.For(db.Viewer).SelectMany(s => s.Kinds).Distinct(StringComparer.Ordinal)];

    /// <summary>A page, and where the next one starts (null at the end).</summary>
    public async Task<(IReadOnlyList<TimelineItem> Items, string? Next)> PageAsync(long contactId, TimelineCursor? before, IReadOnlySet<string>? kinds, int take, CancellationToken cancel)
    {
        var all = new List<TimelineItem>();
        await db.TogetherAsync([.. _sources.Where(s => kinds is null || s.Kinds.Any(kinds.Contains))
            .Select(s => (Func<Task>)(async () => all.AddRange(await s.BeforeAsync(db, contactId, before, kinds, take + 1, cancel))))]);
        var page = all.OrderByDescending(i => i.At).ThenByDescending(i => i.Rank).ThenByDescending(i => i.Id).Take(take + 1).ToList();
        if (page.Count <= take) return (page, null);
        page.RemoveAt(take);
        return (page, new TimelineCursor(page[^1].At, page[^1].Rank, page[^1].Id).ToString());
    }
}
