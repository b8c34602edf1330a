using Liaison.Contacts.Lifecycle;

namespace Liaison.Contacts.Api;

/// <summary>Something else that changed, or is worth knowing, because of a write.</summary>
/// <param name="Kind">"statusChanged"; "statusCorrected": the same status rests on something else, or on the same of another date; "contactCreated": a company made on the way; "possibleDuplicate": a contact that may be the one just created.</param>
/// <param name="ContactId">Of which contact.</param>
/// <param name="From">Its status before; null when it was created or only named.</param>
/// <param name="To">Its status after; null when it was only named.</param>
/// <param name="Because">Why, in the caller's language.</param>
public sealed record Effect(string Kind, long ContactId, ContactStatus? From, ContactStatus? To, string Because)
{
    /// <summary>Status changes as effects.</summary>
    public static IReadOnlyList<Effect> Of(StatusTexts words, params IEnumerable<StatusChanged?> changes) =>
        [.. changes.OfType<StatusChanged>().Select(c => new Effect(c.IsMove ? "statusChanged" : "statusCorrected", c.ContactId, c.From, c.To, words.Because(c.Cause)))];
}

/// <summary>The answer to a write that leaves nothing to show but what else it changed.</summary>
/// <param name="Effects">What else changed.</param>
public sealed record EffectsReply(IReadOnlyList<Effect> Effects);

/// <summary>Who did something.</summary>
/// <param name="Id">User id, 0 for the program.</param>
/// <param name="Name">The name at that time.</param>
public sealed record By(long Id, string Name);
