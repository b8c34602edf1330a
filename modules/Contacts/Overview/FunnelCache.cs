using System.Collections.Concurrent;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Overview;

/// <summary>Counts what became of the contacts of the last twelve months; a small count holds until something is written, a large one a minute.</summary>
public sealed class FunnelCache(WriteGate gate, TimeProvider clock)
{
    private const int Large = 1000;
    private readonly ConcurrentDictionary<long, (Funnel Funnel, long Generation, long At)> _known = new();

    /// <summary>The funnel of what the viewer sees.</summary>
    public async Task<Funnel> OfAsync(LiaisonDb db, CancellationToken cancel)
    {
        var who = db.SeesAll ? 0 : db.ViewerId;
        var (generation, since) = (gate.Generation, db.Viewer.Today(clock).AddMonths(-12));
        if (_known.TryGetValue(who, out var known) && known.Funnel.Since == since && clock.GetElapsedTime(known.At) < TimeSpan.FromSeconds(known.Funnel.Created > Large ? 60 : 5)
            && (known.Generation == generation || known.Funnel.Created > Large)) return known.Funnel;
        if (_known.Count > 5000) _known.Clear();
        var from = db.Viewer.ToUtc(since.ToDateTime(TimeOnly.MinValue));
        var counts = await db.Contacts().Where(c => c.CreatedAt >= from).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(CappedCount.Limit).Select(c => c.Status)
            .GroupBy(s => s).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var created = counts.Sum(c => c.Count);
        var funnel = new Funnel(since, created, created >= CappedCount.Limit, [.. counts.OrderBy(c => c.Key).Select(c => (c.Key, c.Count))]);
        _known[who] = (funnel, generation, clock.GetTimestamp());
        return funnel;
    }
}
