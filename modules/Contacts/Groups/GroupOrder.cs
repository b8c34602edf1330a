namespace Liaison.Contacts.Groups;

/// <summary>What is to be done with many contacts.</summary>
public enum GroupOperation
{
    /// <summary>Put tags on.</summary>
    Tag,
    /// <summary>Take tags off.</summary>
    Untag,
    /// <summary>Give a responsible.</summary>
    Responsible,
    /// <summary>Change who has access.</summary>
    Access,
    /// <summary>Move to the trash.</summary>
    Delete,
    /// <summary>Take one's own order of the last day back.</summary>
    Undo,
}

/// <summary>An order for many contacts: those named, or all that a filter matches for the viewer.</summary>
public sealed record GroupOrder(GroupOperation Operation)
{
    /// <summary>The contacts; null for all that match <see cref="Filter"/>.</summary>
    public IReadOnlyList<long>? Ids { get; init; }
    /// <summary>The list's query string.</summary>
    public string Filter { get; init; } = "";
    /// <summary>Of those that the filter matches, the last that was there when the order was given; none when it is carried out at once.</summary>
    public long? UpTo { get; init; }
    /// <summary>Tags to put on or take off.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>The user who becomes responsible.</summary>
    public long User { get; init; }
    /// <summary>Whether the other responsibles go.</summary>
    public bool Replace { get; init; }
    /// <summary>The new access.</summary>
    public ContactAccess Access { get; init; }
    /// <summary>What the journal rows of this order have in common; for <see cref="GroupOperation.Undo"/>, of the order to take back.</summary>
    public long Batch { get; init; }
}

/// <summary>
/// What came of it: how many were done, how many refused (not visible or not ours to change; for an undo, changed since), and how many of those done were
/// not so before, and can be taken back.
/// </summary>
public sealed record GroupResult(int Done, int Refused, int Changed)
{
    /// <summary>Nothing yet.</summary>
    public static readonly GroupResult None = new(0, 0, 0);

    /// <summary>Both together.</summary>
    public GroupResult Plus(GroupResult other) => new(Done + other.Done, Refused + other.Refused, Changed + other.Changed);
}
