using System.Text.Json.Serialization;
using Liaison.Contacts.Api;

namespace Liaison.Activities.Api;

/// <summary>An action as the API writes it.</summary>
public sealed class ActivityReply
{
    public long Id { get; init; }
    public long ContactId { get; init; }
    /// <summary>Key of the activity type.</summary>
    public string Type { get; init; } = "";
    public ActivityDirection Direction { get; init; }
    public ActivityOutcome Outcome { get; init; }
    public int? Rating { get; init; }
    public DateTime OccurredAt { get; init; }
    public string? Details { get; init; }
    public string? Campaign { get; init; }
    public string? Field1 { get; init; }
    public string? Field2 { get; init; }
    public long Version { get; init; }
    public DateTime CreatedAt { get; init; }
    /// <summary>User id.</summary>
    public long CreatedBy { get; init; }
    public DateTime UpdatedAt { get; init; }
    /// <summary>In replies to writes: what else changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Effect>? Effects { get; init; }

    /// <summary>Writes an action.</summary>
    public static ActivityReply Of(Activity activity, string type, IReadOnlyList<Effect>? effects = null)
    {
        var fields = ActivityInput.Of(activity, type);
        return new()
        {
            Id = activity.Id, ContactId = activity.ContactId, Type = type, Direction = activity.Direction, Outcome = activity.Outcome, Rating = activity.Rating,
            OccurredAt = activity.OccurredAt, Details = fields.Details, Campaign = fields.Campaign, Field1 = fields.Field1, Field2 = fields.Field2,
            Version = activity.Version, CreatedAt = activity.CreatedAt, CreatedBy = activity.CreatedById, UpdatedAt = activity.UpdatedAt, Effects = effects,
        };
    }
}

/// <summary>What can be set on a response.</summary>
public sealed class ResponseInput
{
    /// <summary>What the contact answered.</summary>
    public string? Text { get; set; }
    /// <summary>When it came, UTC; now when not given.</summary>
    public DateTime? OccurredAt { get; set; }

    /// <summary>The input that would leave the response as it is.</summary>
    public static ResponseInput Of(Response response) => new() { Text = response.Text, OccurredAt = response.OccurredAt };
}

/// <summary>A response as the API writes it.</summary>
public sealed record ResponseReply(long Id, long ActivityId, long ContactId, string Text, DateTime OccurredAt, long Version, DateTime CreatedAt, long CreatedBy, DateTime UpdatedAt)
{
    /// <summary>In replies to writes: what else changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Effect>? Effects { get; init; }

    /// <summary>Writes a response.</summary>
    public static ResponseReply Of(Response r, IReadOnlyList<Effect>? effects = null) =>
        new(r.Id, r.ActivityId, r.ContactId, r.Text, r.OccurredAt, r.Version, r.CreatedAt, r.CreatedById, r.UpdatedAt) { Effects = effects };
}
