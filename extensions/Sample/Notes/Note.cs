namespace Sample.Notes;

/// <summary>A line on the notice board.</summary>
public sealed class Note
{
    public long Id { get; init; }
    public required string Text { get; init; }
    public required DateTime At { get; init; }
}
