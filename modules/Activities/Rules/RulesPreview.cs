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

/// <summary>What other rules would change.</summary>
/// <param name="Count">How many contacts.</param>
/// <param name="Looked">Null when all that the rules concern were looked at; else how many, those of the latest actions, and there may be more.</param>
/// <param name="First">The first that the viewer sees.</param>
/// <param name="Leads">Whether others change with them, because a sale counts for a person's company or a company's persons; they are not counted.</param>
public sealed record RulesEffect(int Count, int? Looked, IReadOnlyList<PreviewRow> First, bool Leads);

/// <summary>
/// Says what a rule set would change, without writing. Somebody waits for it: of a large base it looks at the contacts of the latest actions that would count
/// differently, which indexes give; all others are computed after saving.
/// </summary>
public sealed class RulesPreview(LiaisonDb db, IEnumerable<IStatusEvents> sources, RelatedContacts related)
{
    /// <summary>The most contacts, and of each type and outcome the most actions, that are looked at.</summary>
    public const int Most = 20_000;
    private const int Batch = 2000;
    private static readonly StatusCause Any = new("activity");

    private sealed record WouldChange(long ContactId, ContactStatus From, ContactStatus To);

    /// <summary>How many contacts would change, and the first of them that the viewer sees.</summary>
    public async Task<RulesEffect> RunAsync(ActivityRules now, RulesForm proposed, int first, CancellationToken cancel)
    {
        var (ids, isAll) = await LatestAsync(proposed.ChangedTypes(now), proposed.ChangedOutcomes(now), cancel);
        var found = new List<WouldChange>();
        foreach (var batch in ids.Order().Chunk(Batch)) found.AddRange(await CompareAsync(proposed.ToRules(now), batch, cancel));
        var shown = found.Take(first).Select(f => f.ContactId).ToList();
        var names = await db.Contacts().Where(c => shown.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        var leads = found.Exists(f => f.From == ContactStatus.Client || f.To == ContactStatus.Client) && await related.ChoiceAsync(cancel) == "always";
        return new(found.Count, isAll ? null : ids.Count, [.. found.Take(first).Where(f => names.ContainsKey(f.ContactId)).Select(f => new PreviewRow(f.ContactId, names[f.ContactId], f.From, f.To))], leads);
    }

    // The contacts of the latest actions of each changed type and outcome, and whether these are all.
    private async Task<(List<long> Ids, bool IsAll)> LatestAsync(IReadOnlyList<long> types, IReadOnlyList<ActivityOutcome> outcomes, CancellationToken cancel)
    {
        var actions = db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.DeletedAt == null);
        // The index of outcomes is without those that say nothing.
        var sets = types.Select(type => actions.Where(a => a.TypeId == type)).Concat(outcomes.Select(outcome =>
            outcome == ActivityOutcome.None ? actions.Where(a => a.Outcome == ActivityOutcome.None) : actions.Where(a => a.Outcome != ActivityOutcome.None && a.Outcome == outcome)));
        var (ids, isAll) = (new HashSet<long>(), true);
        foreach (var set in sets)
        {
            var latest = await set.OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Select(a => a.ContactId).Take(Most + 1).ToListAsync(cancel);
            isAll &= latest.Count <= Most;
            ids.UnionWith(latest.Take(Most));
        }
        return ([.. ids.Take(Most)], isAll && ids.Count <= Most);
    }

    private async Task<List<WouldChange>> CompareAsync(ActivityRules next, long[] ids, CancellationToken cancel)
    {
        var events = await EventsAsync(next, ids, cancel);
        foreach (var source in sources.Where(s => s is not ActivityStatusEvents))
            foreach (var group in await source.OfAsync(db, ids, cancel)) events[group.Key].AddRange(group);
        var contacts = await db.Set<Contact>().IgnoreQueryFilters().AsNoTracking().Where(c => ids.Contains(c.Id) && !c.StatusLocked && c.Status != ContactStatus.None && c.DeletedAt == null).OrderBy(c => c.Id)
            .Select(c => new Contact
            {
                Id = c.Id, Status = c.Status, InitialStatus = c.InitialStatus, ManualStatus = c.ManualStatus, ManualStatusAt = c.ManualStatusAt, ManualCauseJson = c.ManualCauseJson, CreatedAt = c.CreatedAt,
            }).ToListAsync(cancel);
        return [.. contacts.Select(c => new WouldChange(c.Id, c.Status, StatusReplay.Fold(c, events[c.Id]).Status)).Where(c => c.From != c.To)];
    }

    /// <summary>Ids of the contacts with actions that other rules may count differently, ascending, after an id.</summary>
    public static IQueryable<long> Affected(LiaisonDb db, IReadOnlyList<long> types, IReadOnlyList<ActivityOutcome> outcomes, long after) =>
        db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.ContactId > after && a.DeletedAt == null && (types.Contains(a.TypeId) || outcomes.Contains(a.Outcome)))
            .Select(a => a.ContactId).Distinct().OrderBy(id => id);

    private async Task<Dictionary<long, List<StatusEvent>>> EventsAsync(ActivityRules rules, long[] ids, CancellationToken cancel)
    {
        var events = ids.ToDictionary(id => id, _ => new List<StatusEvent>());
        await foreach (var a in db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => ids.Contains(a.ContactId) && a.DeletedAt == null)
            .Select(a => new { a.Id, a.ContactId, a.TypeId, a.Direction, a.Outcome, a.OccurredAt, a.CreatedAt }).AsAsyncEnumerable().WithCancellation(cancel))
            events[a.ContactId].Add(new(a.OccurredAt, a.CreatedAt, a.Id, rules.EffectOf(a.TypeId, a.Direction, a.Outcome), Any));
        var responses = db.Set<Response>().IgnoreQueryFilters().AsNoTracking().Where(r => ids.Contains(r.ContactId) && r.DeletedAt == null
            && db.Set<Activity>().IgnoreQueryFilters().Any(a => a.Id == r.ActivityId && a.DeletedAt == null));
        await foreach (var r in responses.Select(r => new { r.Id, r.ContactId, r.OccurredAt, r.CreatedAt }).AsAsyncEnumerable().WithCancellation(cancel))
            events[r.ContactId].Add(new(r.OccurredAt, r.CreatedAt, r.Id, StatusEffect.Engagement, Any));
        return events;
    }
}
