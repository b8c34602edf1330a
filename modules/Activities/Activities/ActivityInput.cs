using Liaison.Kernel.Api;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;

namespace Liaison.Activities;

/// <summary>The one list of what can be set on an action, by the composer, the form and the API.</summary>
[MayBeEmpty("dropReminders", "nextReminder")] // there are no reminders yet
public sealed class ActivityInput
{
    /// <summary>The contact; fixed once created.</summary>
    public long ContactId { get; set; }
    /// <summary>Key of an activity type.</summary>
    public string? Type { get; set; }
    /// <summary>Outbound when not given.</summary>
    public ActivityDirection? Direction { get; set; }
    public ActivityOutcome Outcome { get; set; }
    /// <summary>1 to 5, or null.</summary>
    public int? Rating { get; set; }
    /// <summary>When it took place, UTC; now when not given for a new action.</summary>
    public DateTime? OccurredAt { get; set; }
    public string? Details { get; set; }
    public string? Campaign { get; set; }
    public string? Field1 { get; set; }
    public string? Field2 { get; set; }

    /// <summary>What can be said against the input; <paramref name="types"/> are the known types by key, <paramref name="existing"/> is the action that is changed.</summary>
    public Problems Validate(IReadOnlyDictionary<string, ActivityType> types, DateTime now, Activity? existing)
    {
        var problems = new Problems();
        ActivityType? type = null;
        if (string.IsNullOrWhiteSpace(Type)) problems.Add(nameof(Type), "activities.error.noType");
        else if (!types.TryGetValue(Type, out type)) problems.Add(nameof(Type), "activities.error.type", Type);
        // What was recorded stays as it is when the type came to mean something else afterwards.
        var stays = existing is not null && type?.Id == existing.TypeId && Outcome == existing.Outcome;
        if (!Enum.IsDefined(Outcome)) problems.Add(nameof(Outcome), "activities.error.outcome");
        else if (!stays && type?.Class == ActivityClass.Neutral && Outcome != ActivityOutcome.None) problems.Add(nameof(Outcome), "activities.error.outcomeOfNote");
        else if (!stays && type?.Class == ActivityClass.Sale && Outcome is ActivityOutcome.NoAnswer or ActivityOutcome.WrongDetails or ActivityOutcome.Refused) problems.Add(nameof(Outcome), "activities.error.outcomeOfSale");
        if (Direction is { } direction && !Enum.IsDefined(direction)) problems.Add(nameof(Direction), "activities.error.direction");
        if (Rating is < 1 or > 5) problems.Add(nameof(Rating), "activities.error.rating");
        if (OccurredAt is null && existing is not null) problems.Add(nameof(OccurredAt), "activities.error.noDate");
        if (OccurredAt is { } at && at > now.AddMinutes(5)) problems.Add(nameof(OccurredAt), "activities.error.future");
        if (OccurredAt is { Year: < 1900 }) problems.Add(nameof(OccurredAt), "activities.error.tooOld");
        Details = string.IsNullOrWhiteSpace(Details) ? null : Details.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim();
        Campaign = Contacts.ContactInput.Clean(Campaign);
        Field1 = Contacts.ContactInput.Clean(Field1);
        Field2 = Contacts.ContactInput.Clean(Field2);
        if (Details?.Length > 65_000) problems.Add(nameof(Details), "activities.error.tooLong", 65_000);
        if (Campaign?.Length > 200) problems.Add(nameof(Campaign), "activities.error.tooLong", 200);
        if (Field1?.Length > 200) problems.Add(nameof(Field1), "activities.error.tooLong", 200);
        if (Field2?.Length > 200) problems.Add(nameof(Field2), "activities.error.tooLong", 200);
        return problems;
    }

    /// <summary>The input that would leave the action as it is.</summary>
    public static ActivityInput Of(Activity activity, string type) => new()
    {
        ContactId = activity.ContactId, Type = type, Direction = activity.Direction, Outcome = activity.Outcome, Rating = activity.Rating, OccurredAt = activity.OccurredAt,
        Details = Null(activity.Details), Campaign = Null(activity.Campaign), Field1 = Null(activity.Field1), Field2 = Null(activity.Field2),
    };

    /// <summary>Copies the validated values onto the action.</summary>
    public void ApplyTo(Activity activity, long typeId, DateTime now)
    {
        activity.TypeId = typeId;
        activity.Direction = Direction ?? ActivityDirection.Outbound;
        activity.Outcome = Outcome;
        activity.Rating = Rating;
        activity.OccurredAt = Past(OccurredAt, now, activity.OccurredAt);
        activity.Details = Details ?? "";
        activity.Campaign = Campaign ?? "";
        activity.Field1 = Field1 ?? "";
        activity.Field2 = Field2 ?? "";
    }

    /// <summary>When it took place, as both databases keep it. Somebody's clock may be ahead: nothing took place after now, or it would outlast what is decided until then.</summary>
    internal static DateTime Past(DateTime? at, DateTime now, DateTime stored)
    {
        var moment = at is { } said && (said < now || said == stored) ? said : now;
        return DateTime.SpecifyKind(new DateTime(moment.Ticks - (moment.Ticks % 10)), DateTimeKind.Utc);
    }

    private static string? Null(string text) => text.Length == 0 ? null : text;
}
