using Liaison.Kernel.Access;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Api;

/// <summary>The last action with a contact, for the API and exports.</summary>
public sealed record LastAction
{
    public long Id { get; init; }
    /// <summary>Key of the activity type.</summary>
    public string Type { get; init; } = "";
    /// <summary>inbound or outbound.</summary>
    public string Direction { get; init; } = "";
    /// <summary>none, reached, noAnswer, wrongDetails, refused, sold.</summary>
    public string Outcome { get; init; } = "";
    public int? Rating { get; init; }
    /// <summary>UTC.</summary>
    public DateTime OccurredAt { get; init; }
    public string? Details { get; init; }
    public string? Campaign { get; init; }
    /// <summary>The latest response to it.</summary>
    public string? Response { get; init; }
}

/// <summary>Slot: the module that records actions gives the last one of each contact.</summary>
public abstract class LastActionSource : IPart
{
    /// <summary>Permission needed to be given it, or null.</summary>
    public virtual string? Permission => null;
    /// <summary>The actions with these ids (<see cref="Contact.LastActivityId"/> of contacts that the viewer sees), by id.</summary>
    public abstract Task<IReadOnlyDictionary<long, LastAction>> OfAsync(LiaisonDb db, IReadOnlyCollection<long> activityIds, CancellationToken cancel);
}
