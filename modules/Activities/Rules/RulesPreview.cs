using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>A contact whose status other rules would change.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="From">Today.</param>
/// <param name="To">Then.</param>
public sealed record PreviewRow(long Id, string Name, ContactStatus From, ContactStatus To);

/// <summary>Says what a rule set would change, without writing: the record is read once, a few thousand contacts at a time.</summary>
public sealed class RulesPreview(LiaisonDb db, IEnumerable<IStatusEvents> sources)
{
    private const int Batch = 5000;
    private static readonly StatusCause Any = new("activity");

    private sealed record WouldChange(long ContactId, ContactStatus From, ContactStatus To);

    /// <summary>How many contacts would change, and the first of them that the viewer sees.</summary>
    public async Task<(int Count, IReadOnlyList<PreviewRow> First)> RunAsync(ActivityRules now, RulesForm proposed, int first, CancellationToken cancel)
    {
        var (count, found) = await CompareAsync(now, proposed, first, cancel);
        var ids = found.Select(f => f.ContactId).ToList();
        var names = await db.Contacts().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        return (count, [.. found.Where(f => names.ContainsKey(f.ContactId)).Select(f => new PreviewRow(f.ContactId, names[f.ContactId], f.From, f.To))]);
    }

    private async Task<(int Count, IReadOnlyList<WouldChange> First)> CompareAsync(ActivityRules now, RulesForm proposed, int first, CancellationToken cancel)
    {
        var (types, outcomes) = (proposed.ChangedTypes(now), proposed.ChangedOutcomes(now));
        var found = new List<WouldChange>();
        var count = 0;
        if (types.Count == 0 && outcomes.Count == 0) return (0, found);
        var next = proposed.ToRules(now);
        var others = sources.Where(s => s is not ActivityStatusEvents).ToList();
        for (var after = 0L; ;)
        {
            var ids = await Affected(db, types, outcomes, after).Take(Batch).ToListAsync(cancel);
            if (ids.Count == 0) return (count, found);
            var (from, to) = (ids[0], ids[^1]);
            var wanted = ids.ToHashSet();
            var events = await EventsAsync(next, wanted, from, to, cancel);
            foreach (var source in others)
                foreach (var group in await source.OfAsync(db, ids, cancel)) if (events.TryGetValue(group.Key, out var list)) list.AddRange(group);
            var contacts = await db.Set<Contact>().IgnoreQueryFilters().AsNoTracking().Where(c => c.Id >= from && c.Id <= to && !c.StatusLocked && c.Status != ContactStatus.None && c.DeletedAt == null).OrderBy(c => c.Id)
                .Select(c => new Contact
                {
                    Id = c.Id, Status = c.Status, InitialStatus = c.InitialStatus, ManualStatus = c.ManualStatus, ManualStatusAt = c.ManualStatusAt, ManualCauseJson = c.ManualCauseJson, CreatedAt = c.CreatedAt,
                }).ToListAsync(cancel);
            foreach (var contact in contacts)
            {
                if (!wanted.Contains(contact.Id)) continue;
                var status = StatusReplay.Fold(contact, events.TryGetValue(contact.Id, out var own) ? own : []).Status;
                if (status == contact.Status) continue;
                count++;
                if (found.Count < first) found.Add(new(contact.Id, contact.Status, status));
            }
            after = to;
        }
    }

    /// <summary>Ids of the contacts with actions that other rules may count differently, ascending, after an id.</summary>
    public static IQueryable<long> Affected(LiaisonDb db, IReadOnlyList<long> types, IReadOnlyList<ActivityOutcome> outcomes, long after) =>
        db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.ContactId > after && a.DeletedAt == null && (types.Contains(a.TypeId) || outcomes.Contains(a.Outcome)))
            .Select(a => a.ContactId).Distinct().OrderBy(id => id);

    private async Task<Dictionary<long, List<StatusEvent>>> EventsAsync(ActivityRules rules, HashSet<long> wanted, long from, long to, CancellationToken cancel)
    {
        var events = wanted.ToDictionary(id => id, _ => new List<StatusEvent>());
        await foreach (var a in db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.ContactId >= from && a.ContactId <= to && a.DeletedAt == null)
            .Select(a => new { a.Id, a.ContactId, a.TypeId, a.Direction, a.Outcome, a.OccurredAt, a.CreatedAt }).AsAsyncEnumerable().WithCancellation(cancel))
            if (events.TryGetValue(a.ContactId, out var list)) list.Add(new(a.OccurredAt, a.CreatedAt, a.Id, rules.EffectOf(a.TypeId, a.Direction, a.Outcome), Any));
        var responses = db.Set<Response>().IgnoreQueryFilters().AsNoTracking().Where(r => r.ContactId >= from && r.ContactId <= to && r.DeletedAt == null
            && db.Set<Activity>().IgnoreQueryFilters().Any(a => a.Id == r.ActivityId && a.DeletedAt == null));
        await foreach (var r in responses.Select(r => new { r.Id, r.ContactId, r.OccurredAt, r.CreatedAt }).AsAsyncEnumerable().WithCancellation(cancel))
            if (events.TryGetValue(r.ContactId, out var list)) list.Add(new(r.OccurredAt, r.CreatedAt, r.Id, StatusEffect.Engagement, Any));
        return events;
    }
}
