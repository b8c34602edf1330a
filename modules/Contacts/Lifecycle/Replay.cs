using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>A status that changed, for the answer to whoever caused it.</summary>
/// <param name="ContactId">Whose.</param>
/// <param name="From">Before.</param>
/// <param name="To">After.</param>
/// <param name="Cause">Why.</param>
public sealed record StatusChanged(long ContactId, ContactStatus From, ContactStatus To, StatusCause Cause)
{
    /// <summary>Whether it is another status now; otherwise it rests on something else, or on the same of another date.</summary>
    public bool IsMove => From != To;
}

/// <summary>Recomputes statuses after something that counts was added, changed, moved in time, deleted or restored.</summary>
public sealed class StatusReplay(LiaisonDb db, IEnumerable<IStatusEvents> sources, RelatedContacts related)
{
    /// <summary>
    /// Replays the contacts and stores what changed, with a journal entry for each move and each correction of what a status rests on. Call it inside the transaction of the change, after the change was
    /// saved. Whoever becomes a client takes along the others where the organisation wants that; those follow their sale. <paramref name="trigger"/> is what caused the replay when it is not itself one of the events ("activityDeleted").
    /// </summary>
    public async Task<IReadOnlyList<StatusChanged>> RunAsync(IReadOnlyCollection<long> contactIds, StatusCause? trigger, CancellationToken cancel)
    {
        var (changes, events) = await ReplayAsync(contactIds, trigger, cancel);
        var (joined, followed) = await related.FollowAsync(contactIds, changes, events, cancel);
        if (joined.Count + followed.Count == 0) return changes;
        var others = new List<StatusChanged>();
        if (joined.Count > 0) others.AddRange((await ReplayAsync(joined, null, cancel)).Changes);
        if (followed.Count > 0) others.AddRange((await ReplayAsync(followed, trigger, cancel)).Changes);
        // Those that followed somebody else's sale may be out of the viewer's sight.
        var ids = others.ConvertAll(c => c.ContactId);
        var seen = await db.Contacts().Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancel);
        return [.. changes, .. others.Where(c => seen.Contains(c.ContactId))];
    }

    private async Task<(IReadOnlyList<StatusChanged> Changes, ILookup<long, StatusEvent> Events)> ReplayAsync(IReadOnlyCollection<long> contactIds, StatusCause? trigger, CancellationToken cancel)
    {
        await db.HoldAsync(contactIds, cancel);
        // The fold must see a contact also when its responsible moved it out of the viewer's sight, or when it is in the trash.
        var contacts = await db.Set<Contact>().IgnoreQueryFilters().Where(c => contactIds.Contains(c.Id)).ToListAsync(cancel);
        var (outcomes, events) = await FoldAsync(contacts, cancel);
        var changes = new List<StatusChanged>();
        foreach (var contact in contacts)
            if (Apply(contact, outcomes[contact.Id], trigger) is { } change) changes.Add(change);
        await db.SaveChangesAsync(cancel);
        return (changes, events);
    }

    /// <summary>After contacts got another type, inside the transaction of that change: those that have a status now, or have none any more, are replayed.</summary>
    public async Task<IReadOnlyList<StatusChanged>> AfterTypesAsync(IReadOnlyCollection<long> contactIds, CancellationToken cancel)
    {
        var wrong = await db.Unsettled(await db.WithoutLifecycleAsync(cancel)).Where(c => contactIds.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancel);
        return wrong.Count == 0 ? [] : await RunAsync(wrong, new StatusCause("type"), cancel);
    }

    /// <summary>Where the fold of each contact ends, and over what, without writing.</summary>
    public async Task<(Dictionary<long, StatusOutcome> Outcomes, ILookup<long, StatusEvent> Events)> FoldAsync(IReadOnlyCollection<Contact> contacts, CancellationToken cancel)
    {
        var ids = contacts.Select(c => c.Id).ToList();
        var without = contacts.Any(c => c.TypeId is not null) ? await db.WithoutLifecycleAsync(cancel) : [];
        var lookups = new List<ILookup<long, StatusEvent>>();
        foreach (var source in sources) lookups.Add(await source.OfAsync(db, ids, cancel));
        var events = lookups.SelectMany(l => l).SelectMany(g => g, (g, e) => (g.Key, Event: e)).ToLookup(e => e.Key, e => e.Event);
        return (contacts.ToDictionary(c => c.Id, c => !c.StatusLocked && c.TypeId is { } type && without.Contains(type) ? None(c) : Fold(c, events[c.Id])), events);
    }

    /// <summary>The fold of one contact's events.</summary>
    public static StatusOutcome Fold(Contact contact, IEnumerable<StatusEvent> events)
    {
        if (contact.StatusLocked) return new(contact.Status, contact.StatusSince, StatusCause.Parse(contact.StatusCauseJson), contact.DetailsToCheck);
        if (contact is { ManualStatus: { } manual, ManualStatusAt: { } at })
            return StatusRules.Fold(manual, at, StatusCause.Parse(contact.ManualCauseJson ?? ""), events, at, contact.DetailsCheckedAt);
        return StatusRules.Fold(contact.InitialStatus, contact.CreatedAt, new StatusCause(contact.ImportId is null ? "created" : "import", contact.ImportId), events, null, contact.DetailsCheckedAt);
    }

    // What was recorded stays and counts again once the type has a lifecycle.
    private StatusOutcome None(Contact contact) =>
        new(ContactStatus.None, contact.Status == ContactStatus.None ? contact.StatusSince : db.Clock.Now(), new StatusCause("noLifecycle"), false);

    private StatusChanged? Apply(Contact contact, StatusOutcome outcome, StatusCause? trigger)
    {
        var from = contact.Status;
        var isCorrected = IsCorrected(contact, outcome, trigger);
        contact.DetailsToCheck = outcome.DetailsToCheck;
        var cause = outcome.Cause.ToString();
        if (contact.StatusCauseJson != cause) contact.StatusCauseJson = cause;
        contact.StatusSince = outcome.Since;
        if (from == outcome.Status && !isCorrected) return null;
        contact.Status = outcome.Status;
        var why = trigger ?? outcome.Cause;
        db.Record(from == outcome.Status ? "contact.statusCorrected" : "contact.statusChanged", "contact", contact.Id,
            new StatusMove(from, outcome.Status, outcome.Since, outcome.Cause, trigger), why.Type, why.Id);
        return new(contact.Id, from, outcome.Status, why);
    }

    // Whether the status rests on something else now, or on the same of another date. How a record is told may differ without anything having happened to
    // it (its type was renamed): that counts only when something was done to what was recorded.
    private static bool IsCorrected(Contact contact, StatusOutcome outcome, StatusCause? trigger)
    {
        if (contact.StatusLocked || outcome.Status == ContactStatus.None) return false;
        var (was, now) = (StatusCause.Parse(contact.StatusCauseJson), outcome.Cause);
        if (was.Type == now.Type && was.Type is "created" or "import") return false;
        return (was.Type, was.Id, contact.StatusSince) != (now.Type, now.Id, outcome.Since) || (trigger is not null && was.Details != now.Details);
    }
}

/// <summary>Details of the journal entries "contact.statusChanged" and "contact.statusCorrected".</summary>
/// <param name="From">Before; null for the entry of a new contact.</param>
/// <param name="To">After.</param>
/// <param name="Since">When what made it happened, UTC.</param>
/// <param name="Cause">What the status rests on now.</param>
/// <param name="Trigger">What made us look again, when it is something else (a deleted action, changed rules).</param>
public sealed record StatusMove(ContactStatus? From, ContactStatus To, DateTime Since, StatusCause Cause, StatusCause? Trigger);
