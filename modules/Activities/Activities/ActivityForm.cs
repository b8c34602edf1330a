using Liaison.Kernel.Api;
using System.Globalization;
using System.Text.Json.Serialization;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;

namespace Liaison.Activities;

/// <summary>What the composer and the edit form send; all optional, checked as <see cref="ActivityInput"/>.</summary>
public sealed class ActivityForm
{
    private const string Minute = "yyyy-MM-dd'T'HH:mm";

    public string? Type { get; set; }
    public string? Direction { get; set; }
    public string? Outcome { get; set; }
    public string? Rating { get; set; }
    /// <summary>Date and time on the person's wall clock.</summary>
    public string? OccurredAt { get; set; }
    /// <summary>What <see cref="OccurredAt"/> showed at first: left as it was it means now, or on an edit the moment that was stored.</summary>
    [JsonIgnore]
    public string? Shown { get; set; }
    public string? Details { get; set; }
    public string? Campaign { get; set; }
    public string? Field1 { get; set; }
    public string? Field2 { get; set; }
    /// <summary>Makes a form that is sent twice act once.</summary>
    [JsonIgnore]
    public string? Once { get; set; }
    /// <summary>All of what an edit showed at first.</summary>
    [JsonIgnore]
    public string? Original { get; set; }

    /// <summary>A moment as the form writes it.</summary>
    public static string Written(Viewer viewer, DateTime utc) => viewer.ToLocal(utc).ToString(Minute, CultureInfo.InvariantCulture);

    /// <summary>The form of an action as it is stored.</summary>
    public static ActivityForm Of(Activity activity, string type, Viewer viewer)
    {
        var form = new ActivityForm
        {
            Type = type, Direction = ContactFilter.Word(activity.Direction), Outcome = ContactFilter.Word(activity.Outcome), Rating = activity.Rating?.ToString(CultureInfo.InvariantCulture),
            OccurredAt = Written(viewer, activity.OccurredAt), Shown = Written(viewer, activity.OccurredAt), Details = activity.Details, Campaign = activity.Campaign,
            Field1 = activity.Field1, Field2 = activity.Field2,
        }.Settled();
        form.Original = Kernel.Validation.Shown.Of(form);
        return form;
    }

    /// <summary>What an edit means over what is <paramref name="stored"/> now: a field that was left as it was shown stays; <paramref name="both"/> were changed here and there.</summary>
    public ActivityForm Over(ActivityForm stored, out IReadOnlyList<string> both)
    {
        var meant = Kernel.Validation.Shown.Merge(Original, Settled(), stored, out both);
        (meant.Shown, meant.Original) = (stored.Shown, stored.Original);
        return meant;
    }

    /// <summary>Written alike whether it comes from a browser or from the database.</summary>
    public ActivityForm Settled()
    {
        (Direction, Outcome, Details) = (Direction ?? ContactFilter.Word(ActivityDirection.Outbound), Outcome ?? ContactFilter.Word(ActivityOutcome.None), Text(Details?.ReplaceLineEndings("\n")));
        (Rating, Campaign, Field1, Field2) = (Text(Rating), Text(Campaign), Text(Field1), Text(Field2));
        return this;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>The input. <paramref name="stored"/> is the action that is edited: an untouched date and an outcome that its type no longer offers stay as they are.</summary>
    public ActivityInput ToInput(long contactId, IEnumerable<ActivityType> types, Viewer viewer, DateTime now, Activity? stored, Problems problems)
    {
        var type = types.FirstOrDefault(t => t.Key == Type);
        var outcome = One<ActivityOutcome>(Outcome, nameof(Outcome), "activities.error.outcome", problems) ?? ActivityOutcome.None;
        var stays = type is not null && type.Id == stored?.TypeId && outcome == stored.Outcome;
        return new ActivityInput
        {
            ContactId = contactId, Type = string.IsNullOrEmpty(Type) ? null : Type, Direction = One<ActivityDirection>(Direction, nameof(Direction), "activities.error.direction", problems),
            // The form does not show outcomes for what has none, so a choice left from another type is not meant.
            Outcome = stays || type is null or { Class: ActivityClass.Engagement } ? outcome : ActivityOutcome.None,
            Rating = string.IsNullOrEmpty(Rating) ? null : int.TryParse(Rating, NumberStyles.None, CultureInfo.InvariantCulture, out var rating) ? rating : -1,
            OccurredAt = Moment(OccurredAt, Shown, viewer, now, stored?.OccurredAt, problems), Details = Details, Campaign = Campaign, Field1 = Field1, Field2 = Field2,
        };
    }

    /// <summary>Everything typed, to recognise the same form sent twice.</summary>
    public string Content() => string.Join('\u001f', Type, Direction, Outcome, Rating, OccurredAt, Details, Campaign, Field1, Field2);

    /// <summary>The moment a form means: an untouched or present minute is <paramref name="kept"/>, or this very moment.</summary>
    public static DateTime? Moment(string? at, string? shown, Viewer viewer, DateTime now, DateTime? kept, Problems problems)
    {
        if (string.IsNullOrWhiteSpace(at) || at == shown) return kept;
        if (!DateTime.TryParseExact(at, [Minute, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "dd/MM/yyyy HH:mm", "yyyy-MM-dd", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || local.Year is < 1900 or > 9000)
        {
            problems.Add(nameof(OccurredAt), "activities.error.when");
            return kept;
        }
        return at == Written(viewer, now) ? now : viewer.ToUtc(local);
    }

    private static T? One<T>(string? text, string path, string message, Problems problems) where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (EnumWords.Find<T>(text) is { } value) return value;
        problems.Add(path, message);
        return null;
    }
}
