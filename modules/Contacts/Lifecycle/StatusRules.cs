namespace Liaison.Contacts.Lifecycle;

/// <summary>Where a contact stands (seeds 000 and 001).</summary>
public enum ContactStatus
{
    /// <summary>None: contacts of its type have no status.</summary>
    None = 0,
    /// <summary>New, no discussion yet.</summary>
    Lead = 1,
    /// <summary>A lead whose contact details turned out to be wrong.</summary>
    DeadLead = 2,
    /// <summary>A discussion was engaged.</summary>
    Prospect = 3,
    /// <summary>A prospect who refused or cannot be reached any more.</summary>
    DeadProspect = 4,
    /// <summary>Bought something.</summary>
    Client = 5,
}

/// <summary>What a recorded event means for the status.</summary>
public enum StatusEffect
{
    /// <summary>Nothing (notes).</summary>
    None = 0,
    /// <summary>A discussion took place, or a message was sent.</summary>
    Engagement = 1,
    /// <summary>Tried, not reached.</summary>
    NoAnswer = 2,
    /// <summary>E-mail or phone are wrong.</summary>
    WrongDetails = 3,
    /// <summary>Not interested.</summary>
    Refusal = 4,
    /// <summary>A sale.</summary>
    Sale = 5,
}

/// <summary>Something recorded that counts: when it took place, in which order it was recorded, what it means, and what to call it.</summary>
/// <param name="At">When it took place, UTC.</param>
/// <param name="RecordedAt">When it was recorded, UTC; decides between events of the same moment.</param>
/// <param name="Id">The record's id; decides last.</param>
/// <param name="Effect">What it means.</param>
/// <param name="Cause">What to show as the reason.</param>
/// <param name="ChangedAt">When it was last edited, UTC; decides whether somebody has looked at it since.</param>
public readonly record struct StatusEvent(DateTime At, DateTime RecordedAt, long Id, StatusEffect Effect, StatusCause Cause, DateTime ChangedAt = default);

/// <summary>Where the fold ends: the status, since when, because of what, and whether a client's details proved wrong.</summary>
public readonly record struct StatusOutcome(ContactStatus Status, DateTime Since, StatusCause Cause, bool DetailsToCheck);

/// <summary>
/// The transition table: the status is a fold of what was recorded since the last change by hand, in the order of dates, then of recording.
/// Same record, same status. A client is never demoted by itself; nothing but an event moves a contact.
/// </summary>
public static class StatusRules
{
    /// <summary>The statuses that a contact can be given by hand or by an import.</summary>
    public static readonly IReadOnlyList<ContactStatus> Stages = [ContactStatus.Lead, ContactStatus.DeadLead, ContactStatus.Prospect, ContactStatus.DeadProspect, ContactStatus.Client];

    /// <summary>The status after one event.</summary>
    public static ContactStatus Next(ContactStatus from, StatusEffect effect) => (from, effect) switch
    {
        (_, StatusEffect.Sale) => ContactStatus.Client,
        (ContactStatus.Client, _) => ContactStatus.Client,
        (_, StatusEffect.Engagement) => ContactStatus.Prospect,
        (_, StatusEffect.Refusal) => ContactStatus.DeadProspect,
        (ContactStatus.Lead, StatusEffect.WrongDetails) => ContactStatus.DeadLead,
        (ContactStatus.Prospect, StatusEffect.WrongDetails) => ContactStatus.DeadProspect,
        _ => from,
    };

    /// <summary>Folds the events onto a starting status. Events before <paramref name="after"/> (or at that moment and recorded by then) do not count; wrong details recorded and last edited until <paramref name="checkedAt"/> were looked at.</summary>
    public static StatusOutcome Fold(ContactStatus start, DateTime since, StatusCause cause, IEnumerable<StatusEvent> events, DateTime? after = null, DateTime? checkedAt = null)
    {
        var result = new StatusOutcome(start, since, cause, false);
        foreach (var e in events.OrderBy(e => e.At).ThenBy(e => e.RecordedAt).ThenBy(e => e.Id))
        {
            if (after is { } limit && (e.At < limit || (e.At == limit && e.RecordedAt <= limit))) continue;
            var next = Next(result.Status, e.Effect);
            if (next != result.Status) result = new(next, e.At, e.Cause, false);
            else if (e.Effect == StatusEffect.WrongDetails && next == ContactStatus.Client && !(e.RecordedAt <= checkedAt && e.ChangedAt <= checkedAt)) result = result with { DetailsToCheck = true };
            else if (e.Effect is StatusEffect.Engagement or StatusEffect.Sale && result.DetailsToCheck) result = result with { DetailsToCheck = false };
        }
        return result;
    }
}
