using System.Text.Json.Nodes;
using Liaison.Kernel.Access;
using Liaison.Kernel.Journal;

namespace Liaison.Contacts.Timeline;

/// <summary>Slot: tells the changed fields of a module's journal entries in words.</summary>
public abstract class JournalFields : IPart
{
    /// <summary>Permission needed to be told what changed, or null; without it the entry only says that something did.</summary>
    public virtual string? Permission => null;
    /// <summary>Whether the entries of this kind are the module's.</summary>
    public abstract bool Tells(string kind);

    /// <summary>Where the record that the entry is about is found; null when it is gone. Opened by a plain request, which may lead on to a place in a page.</summary>
    public abstract string? Url(JournalEntry entry);

    /// <summary>The field's name.</summary>
    public abstract ValueTask<string> FieldAsync(string field, CancellationToken cancel);

    /// <summary>A value as lines; none for an empty one.</summary>
    public abstract ValueTask<IReadOnlyList<string>> LinesAsync(string field, JsonNode? value, CancellationToken cancel);
}
