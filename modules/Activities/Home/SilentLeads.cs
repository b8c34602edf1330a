using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>The viewer's leads with most attempts in a row, latest first; remembered, since it takes a look at each of their leads.</summary>
internal sealed class SilentLeads(WriteGate gate, TimeProvider clock)
{
    private const int Few = 1000, Most = 5;
    private readonly Remembered<(long Who, int After), List<KeyValuePair<long, Attempts>>> _known = new(gate, clock);

    /// <summary>Those with at least <paramref name="after"/> attempts that nobody answered.</summary>
    public Task<List<KeyValuePair<long, Attempts>>> OfAsync(LiaisonDb db, int after, CancellationToken cancel) => _known.OfAsync(db, (db.ViewerId, after), async () =>
    {
        var attempts = await Unanswered.CountAsync(db, await OwnLeadsAsync(db, cancel), cancel);
        return attempts.Where(a => a.Value.Count >= after).OrderByDescending(a => a.Value.Last).ThenByDescending(a => a.Key).Take(Most).ToList();
    });

    // Whoever has very many leads is shown those tried last: so the home page costs the same however large the base is.
    private static async Task<List<long>> OwnLeadsAsync(LiaisonDb db, CancellationToken cancel)
    {
        var viewer = db.ViewerId;
        var own = db.Set<ContactResponsible>().Where(r => r.UserId == viewer && r.Status == ContactStatus.Lead).Select(r => r.ContactId);
        var few = await own.Take(Few + 1).ToListAsync(cancel);
        if (few.Count <= Few) return few;
        return await db.Set<Activity>().IgnoreQueryFilters().Where(a => a.Outcome == ActivityOutcome.NoAnswer && a.Outcome != ActivityOutcome.None && a.DeletedAt == null && own.Contains(a.ContactId))
            .OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Select(a => a.ContactId).Take(Few).Distinct().ToListAsync(cancel);
    }
}
