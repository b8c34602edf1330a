using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Overview;

/// <summary>Counts what became of the contacts of the last twelve months; a large count holds a minute.</summary>
public sealed class FunnelCache(WriteGate gate, ListSizes sizes, TimeProvider clock)
{
    private const int Large = 1000;
    private readonly Remembered<(long Who, DateOnly Since), Funnel> _known = new(gate, clock);

    /// <summary>The funnel of what the viewer sees.</summary>
    public Task<Funnel> OfAsync(LiaisonDb db, CancellationToken cancel)
    {
        var since = db.Viewer.Today(clock).AddMonths(-12);
        return _known.OfAsync(db, (db.SeesAll ? 0 : db.ViewerId, since), async () =>
        {
            var counts = await CountAsync(db, db.Viewer.ToUtc(since.ToDateTime(TimeOnly.MinValue)), cancel);
            var created = counts.Sum(c => c.Count);
            return new Funnel(since, created, created >= CappedCount.Limit, [.. counts.OrderBy(c => c.Key).Select(c => (c.Key, c.Count))]);
        }, f => f.Created > Large ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
    }

    private async Task<List<(ContactStatus Key, int Count)>> CountAsync(LiaisonDb db, DateTime from, CancellationToken cancel)
    {
        if (!await sizes.SeesApartAsync(db, cancel))
        {
            return (await Latest(db.Contacts()).Select(c => c.Status).GroupBy(s => s).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel)).ConvertAll(g => (g.Key, g.Count));
        }
        var found = new List<(DateTime At, ContactStatus Status)>();
        foreach (var part in await sizes.SeenPartsAsync(db, SeenContacts.Alive(db), [], cancel))
            found.AddRange((await Latest(part).Select(c => new { c.CreatedAt, c.Status }).ToListAsync(cancel)).ConvertAll(c => (c.CreatedAt, c.Status)));
        return [.. found.OrderByDescending(f => f.At).Take(CappedCount.Limit).GroupBy(f => f.Status).Select(g => (g.Key, g.Count()))];

        IQueryable<Contact> Latest(IQueryable<Contact> contacts) => contacts.Where(c => c.CreatedAt >= from && c.Status != ContactStatus.None).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(CappedCount.Limit);
    }
}
