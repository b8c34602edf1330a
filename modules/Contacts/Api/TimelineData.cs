using Liaison.Contacts.Timeline;

namespace Liaison.Contacts.Api;

/// <summary>Slot: what the API writes of a module's timeline entries.</summary>
public abstract class TimelineData
{
    /// <summary>The entry's particulars; null when it is another module's.</summary>
    public abstract object? Of(TimelineItem item);
}
