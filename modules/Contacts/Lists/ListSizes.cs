using System.Collections.Concurrent;
using System.Globalization;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>
/// Remembers counts for a few seconds: a count holds until this process writes something (a capped one longer, it seldom changes), and no
/// longer than five seconds, since another instance may have written.
/// </summary>
public sealed class ListSizes(WriteGate gate, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (CappedCount Count, long Generation, long At)> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, (bool Few, long At)> _few = new();

    /// <summary>The count of what <paramref name="filter"/> names, remembered or counted now.</summary>
    public async Task<CappedCount> CountAsync(LiaisonDb db, string filter, Func<Task<CappedCount>> count)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{(db.SeesAll ? 0 : db.ViewerId)} {db.Viewer.Zone.Id} {filter}");
        var generation = gate.Generation;
        if (_counts.TryGetValue(key, out var known) && (known.Generation == generation || known.Count.IsCapped) && clock.GetElapsedTime(known.At) < Fresh) return known.Count;
        if (_counts.Count > 5000) _counts.Clear();
        var counted = await count();
        _counts[key] = (counted, generation, clock.GetTimestamp());
        return counted;
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
}
