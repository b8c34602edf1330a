using Liaison.Contacts.Api;
using Liaison.Contacts.Timeline;

namespace Liaison.Activities.Api;

/// <summary>An action in a timeline with its responses, or a response with its action.</summary>
/// <param name="Action">The action.</param>
/// <param name="By">Who recorded the entry.</param>
/// <param name="Responses">Its responses, oldest first; of an entry of kind response the one that it is.</param>
public sealed record ActivityData(ActivityReply Action, By By, IReadOnlyList<ResponseReply> Responses);

/// <summary>What the API writes of actions and responses in a timeline.</summary>
internal sealed class ActivityTimelineData : TimelineData
{
    public override object? Of(TimelineItem item) => item.Model is not TimelineActivity told ? null :
        new ActivityData(ActivityReply.Of(told.Activity, told.Type.Key), new(told.AuthorId, told.Author), [.. told.Responses.Select(r => ResponseReply.Of(r))]);
}
