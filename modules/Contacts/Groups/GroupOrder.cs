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
}

/// <summary>An order for many contacts: those named, or all that a filter matches for the viewer.</summary>
public sealed record GroupOrder(GroupOperation Operation)
{
    /// <summary>The contacts; null for all that match <see cref="Filter"/>.</summary>
    public IReadOnlyList<long>? Ids { get; init; }
    /// <summary>The list's query string.</summary>
    public string Filter { get; init; } = "";
    /// <summary>Tags to put on or take off.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>The user who becomes responsible.</summary>
    public long User { get; init; }
    /// <summary>Whether the other responsibles go.</summary>
    public bool Replace { get; init; }
    /// <summary>The new access.</summary>
    public ContactAccess Access { get; init; }
}

/// <summary>What came of it: how many were done, how many refused (not visible or not ours to change), and the journal rows that can be undone.</summary>
public sealed record GroupResult(int Done, int Refused, long FirstEntry, long LastEntry)
{
    /// <summary>Nothing yet.</summary>
    public static readonly GroupResult None = new(0, 0, 0, 0);

    /// <summary>Both together.</summary>
    public GroupResult Plus(GroupResult other) => new(Done + other.Done, Refused + other.Refused,
        FirstEntry == 0 ? other.FirstEntry : other.FirstEntry == 0 ? FirstEntry : Math.Min(FirstEntry, other.FirstEntry), Math.Max(LastEntry, other.LastEntry));
}

/// <summary>What the journal keeps of a change of tags: names, so that it can be told and undone.</summary>
public sealed record TagsChanged(IReadOnlyList<string> Tags);

/// <summary>What the journal keeps of a change of responsibles.</summary>
public sealed record ResponsiblesChanged(IReadOnlyList<long> Before, IReadOnlyList<long> After);

/// <summary>What the journal keeps of a change of access.</summary>
public sealed record AccessChanged(string Before, string After);
