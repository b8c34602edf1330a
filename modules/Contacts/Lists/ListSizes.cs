using System.Collections.Concurrent;
using System.Globalization;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>
/// Remembers counts for a few seconds: a count holds until this process writes something (a capped one longer, it seldom changes), and no
/// longer than five seconds, since another instance may have written; while one request counts anew, others show the old count.
/// </summary>
public sealed class ListSizes(WriteGate gate, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Known> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, (bool Few, long At)> _few = new();
    private readonly ConcurrentDictionary<string, long> _many = new(StringComparer.Ordinal);
    private BaseSize? _base;

    /// <summary>The count of what <paramref name="filter"/> names, remembered or counted now.</summary>
    public async Task<CappedCount> CountAsync(LiaisonDb db, string filter, Func<Task<CappedCount>> count)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{(db.SeesAll ? 0 : db.ViewerId)} {db.Viewer.Zone.Id} {filter}");
        var generation = gate.Generation;
        if (_counts.TryGetValue(key, out var known) && (known.Generation == generation || known.Count.IsCapped))
        {
            // One counts anew, the others go on with what is known meanwhile.
            if (clock.GetElapsedTime(known.At) < Fresh || (clock.GetElapsedTime(known.At) < Fresh * 2 && !known.Renew())) return known.Count;
        }
        if (_counts.Count > 5000) _counts.Clear();
        var counted = await count();
        _counts[key] = new(counted, generation, clock.GetTimestamp());
        return counted;
    }

    /// <summary>
    /// How large a set may be to be fetched by its ids and sorted; a larger one is dense enough to walk the list's index until the page is full. Fetching costs by the
    /// set, walking by how thin the set lies in the base: they meet at about the root of seventeen times the base.
    /// </summary>
    internal async Task<int> FewAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (_base is not { } known || clock.GetElapsedTime(known.At) > TimeSpan.FromMinutes(1))
            _base = known = new(await db.Set<Contact>().IgnoreQueryFilters().MaxAsync(c => (long?)c.Id, cancel) ?? 0, clock.GetTimestamp());
        return (int)Math.Clamp(Math.Sqrt(17.0 * known.Size), 400, 4000);
    }

    /// <summary>Whether a set was too large to be fetched by its ids within the last minute; only a hint for the plan.</summary>
    internal bool IsMany(string set) => _many.TryGetValue(set, out var at) && clock.GetElapsedTime(at) < TimeSpan.FromMinutes(1);

    /// <summary>Remembers that a set is too large to be fetched by its ids.</summary>
    internal void RememberMany(string set)
    {
        if (_many.Count > 5000) _many.Clear();
        _many[set] = clock.GetTimestamp();
    }

    /// <summary>Whether the viewer sees only a few thousand contacts; only a hint for the plan, so it may be a minute old.</summary>
    internal async Task<bool> SeesFewAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (_few.TryGetValue(db.ViewerId, out var known) && clock.GetElapsedTime(known.At) < TimeSpan.FromMinutes(1)) return known.Few;
        if (_few.Count > 5000) _few.Clear();
        var few = await ContactList.Seen(db).Take(4001).CountAsync(cancel) <= 4000;
        _few[db.ViewerId] = (few, clock.GetTimestamp());
        return few;
    }

    private sealed record BaseSize(long Size, long At);

    private sealed class Known(CappedCount count, long generation, long at)
    {
        private int _renewing;

        public CappedCount Count => count;
        public long Generation => generation;
        public long At => at;

        /// <summary>True for the first who asks.</summary>
        public bool Renew() => Interlocked.Exchange(ref _renewing, 1) == 0;
    }
}
