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
public sealed record StatusChanged(long ContactId, ContactStatus From, ContactStatus To, StatusCause Cause);

/// <summary>Recomputes statuses after something that counts was added, changed, moved in time, deleted or restored.</summary>
public sealed class StatusReplay(LiaisonDb db, IEnumerable<IStatusEvents> sources, RelatedContacts related)
{
    /// <summary>
    /// Replays the contacts and stores what changed, with a journal entry for each move. Call it inside the transaction of the change, after the change was
    /// saved. Whoever becomes a client takes along the others where the organisation wants that. <paramref name="trigger"/> is what caused the replay when it is not itself one of the events ("activityDeleted").
    /// </summary>
    public async Task<IReadOnlyList<StatusChanged>> RunAsync(IReadOnlyCollection<long> contactIds, StatusCause? trigger, CancellationToken cancel)
    {
        await db.HoldAsync(contactIds, cancel);
        // The fold must see a contact also when its responsible moved it out of the viewer's sight, or when it is in the trash.
        var contacts = await db.Set<Contact>().IgnoreQueryFilters().Where(c => contactIds.Contains(c.Id)).ToListAsync(cancel);
        var outcomes = await FoldAsync(contacts, cancel);
        var changes = new List<StatusChanged>();
        foreach (var contact in contacts)
            if (Apply(contact, outcomes[contact.Id], trigger) is { } change) changes.Add(change);
        await db.SaveChangesAsync(cancel);
        return [.. changes, .. await related.FollowAsync(changes, cancel)];
    }

    /// <summary>After contacts got another type, inside the transaction of that change: those that have a status now, or have none any more, are replayed.</summary>
    public async Task<IReadOnlyList<StatusChanged>> AfterTypesAsync(IReadOnlyCollection<long> contactIds, CancellationToken cancel)
    {
        var wrong = await db.Unsettled(await db.WithoutLifecycleAsync(cancel)).Where(c => contactIds.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancel);
        return wrong.Count == 0 ? [] : await RunAsync(wrong, new StatusCause("type"), cancel);
    }

    /// <summary>Where the fold of each contact ends, without writing.</summary>
    public async Task<Dictionary<long, StatusOutcome>> FoldAsync(IReadOnlyCollection<Contact> contacts, CancellationToken cancel)
    {
        var ids = contacts.Select(c => c.Id).ToList();
        var without = contacts.Any(c => c.TypeId is not null) ? await db.WithoutLifecycleAsync(cancel) : [];
        var lookups = new List<ILookup<long, StatusEvent>>();
        foreach (var source in sources) lookups.Add(await source.OfAsync(db, ids, cancel));
        return contacts.ToDictionary(c => c.Id, c => !c.StatusLocked && c.TypeId is { } type && without.Contains(type) ? None(c) : Fold(c, lookups.SelectMany(l => l[c.Id])));
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
        contact.DetailsToCheck = outcome.DetailsToCheck;
        var cause = outcome.Cause.ToString();
        if (contact.StatusCauseJson != cause) contact.StatusCauseJson = cause;
        contact.StatusSince = outcome.Since;
        if (from == outcome.Status) return null;
        contact.Status = outcome.Status;
        var why = trigger ?? outcome.Cause;
        db.Record("contact.statusChanged", "contact", contact.Id,
            new StatusMove(from, outcome.Status, outcome.Since, outcome.Cause, trigger), why.Type, why.Id);
        return new(contact.Id, from, outcome.Status, why);
    }
}

/// <summary>Details of the journal entry "contact.statusChanged".</summary>
/// <param name="From">Before; null for the entry of a new contact.</param>
/// <param name="To">After.</param>
/// <param name="Since">When what made it happened, UTC.</param>
/// <param name="Cause">What the status rests on now.</param>
/// <param name="Trigger">What made us look again, when it is something else (a deleted action, changed rules).</param>
public sealed record StatusMove(ContactStatus? From, ContactStatus To, DateTime Since, StatusCause Cause, StatusCause? Trigger);
