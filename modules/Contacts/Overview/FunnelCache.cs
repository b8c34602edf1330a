using System.Collections.Concurrent;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Overview;

/// <summary>Counts what became of the contacts of the last twelve months; a small count holds until something is written, a large one a minute.</summary>
public sealed class FunnelCache(WriteGate gate, ListSizes sizes, TimeProvider clock)
{
    private const int Large = 1000;
    private readonly ConcurrentDictionary<long, Remembered<Funnel>> _known = new();

    /// <summary>The funnel of what the viewer sees.</summary>
    public async Task<Funnel> OfAsync(LiaisonDb db, CancellationToken cancel)
    {
        var who = db.SeesAll ? 0 : db.ViewerId;
        var (generation, since) = (gate.Generation, db.Viewer.Today(clock).AddMonths(-12));
        if (_known.TryGetValue(who, out var known) && known.Value.Since == since)
        {
            var (age, isLarge) = (clock.GetElapsedTime(known.At), known.Value.Created > Large);
            var fresh = TimeSpan.FromSeconds(isLarge ? 60 : 5);
            // One counts anew, the others go on with what is known meanwhile.
            if ((isLarge || known.Generation == generation) && (age < fresh || (age < fresh * 2 && !known.Renew()))) return known.Value;
        }
        if (_known.Count > 5000) _known.Clear();
        var from = db.Viewer.ToUtc(since.ToDateTime(TimeOnly.MinValue));
        var counts = await CountAsync(db, from, cancel);
        var created = counts.Sum(c => c.Count);
        var funnel = new Funnel(since, created, created >= CappedCount.Limit, [.. counts.OrderBy(c => c.Key).Select(c => (c.Key, c.Count))]);
        _known[who] = new(funnel, generation, clock.GetTimestamp());
        return funnel;
    }

    private async Task<List<(ContactStatus Key, int Count)>> CountAsync(LiaisonDb db, DateTime from, CancellationToken cancel)
    {
        if (!await sizes.SeesThinAsync(db, cancel))
        {
            return (await Latest(db.Contacts()).Select(c => c.Status).GroupBy(s => s).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel)).ConvertAll(g => (g.Key, g.Count));
        }
        var found = new List<(DateTime At, ContactStatus Status)>();
        foreach (var part in await sizes.SeenPartsAsync(db, db.ContactsBesideUnfiltered(), cancel))
            found.AddRange((await Latest(part).Select(c => new { c.CreatedAt, c.Status }).ToListAsync(cancel)).ConvertAll(c => (c.CreatedAt, c.Status)));
        return [.. found.OrderByDescending(f => f.At).Take(CappedCount.Limit).GroupBy(f => f.Status).Select(g => (g.Key, g.Count()))];

        IQueryable<Contact> Latest(IQueryable<Contact> contacts) => contacts.Where(c => c.CreatedAt >= from && c.Status != ContactStatus.None).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(CappedCount.Limit);
    }
}
