using System.Globalization;
using Liaison.Contacts;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>What the list of actions is narrowed to: its query string as a class.</summary>
public sealed record ActivityFilter
{
    /// <summary>Key of a type (?type=call).</summary>
    public string? Type { get; init; }
    public ActivityDirection? Direction { get; init; }
    public ActivityOutcome? Outcome { get; init; }
    /// <summary>1 to 5 (?rating=4).</summary>
    public int? Rating { get; init; }
    /// <summary>Exactly this campaign.</summary>
    public string? Campaign { get; init; }
    /// <summary>Who recorded it: a user id, "me" in the URL is the viewer.</summary>
    public long? Author { get; init; }
    /// <summary>Responsible for the contact.</summary>
    public long? Responsible { get; init; }
    /// <summary>On this day or later, in the viewer's zone.</summary>
    public DateOnly? From { get; init; }
    /// <summary>On this day or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether nothing narrows.</summary>
    public bool IsEmpty => this == new ActivityFilter();

    /// <summary>Reads a query string; what cannot be understood is reported and left out.</summary>
    public static ActivityFilter Parse(IQueryCollection query, Viewer viewer, Problems problems) => new()
    {
        Type = Text(query, "type"),
        Direction = One<ActivityDirection>(query, "direction", problems), Outcome = One<ActivityOutcome>(query, "outcome", problems),
        Rating = Number(query, "rating", problems) is { } rating ? rating is >= 1 and <= 5 ? (int)rating : Wrong<int>("rating", Text(query, "rating")!, problems) : null,
        Campaign = Text(query, "campaign"),
        Author = Text(query, "author") == "me" ? viewer.UserId : Number(query, "author", problems),
        Responsible = Text(query, "responsible") == "me" ? viewer.UserId : Number(query, "responsible", problems),
        From = Day(query, "from", problems), To = Day(query, "to", problems),
    };

    /// <summary>The same as a query string without "?".</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        void Add(string name, object? value) { if (value is not null) parts.Add(name + "=" + Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!)); }
        Add("type", Type);
        Add("direction", Direction is { } way ? ContactFilter.Word(way) : null);
        Add("outcome", Outcome is { } outcome ? ContactFilter.Word(outcome) : null);
        Add("rating", Rating);
        Add("campaign", Campaign);
        Add("author", Author);
        Add("responsible", Responsible);
        Add("from", From?.ToString("O", CultureInfo.InvariantCulture));
        Add("to", To?.ToString("O", CultureInfo.InvariantCulture));
        return string.Join('&', parts);
    }

    /// <summary>The conditions.</summary>
    public IQueryable<Activity> On(IQueryable<Activity> activities, LiaisonDb db, IReadOnlyList<ActivityType> types)
    {
        if (Type is { } key) { var id = types.FirstOrDefault(t => t.Key == key)?.Id ?? 0; activities = activities.Where(a => a.TypeId == id); }
        if (Direction is { } direction) activities = activities.Where(a => a.Direction == direction);
        if (Outcome is { } outcome) activities = outcome == ActivityOutcome.None ? activities.Where(a => a.Outcome == ActivityOutcome.None) : activities.Where(a => a.Outcome == outcome && a.Outcome != ActivityOutcome.None);
        if (Rating is { } rating) activities = activities.Where(a => a.Rating == rating);
        if (Campaign is { } campaign) activities = activities.Where(a => a.Campaign == campaign && a.Campaign != "");
        if (Author is { } author) activities = activities.Where(a => a.CreatedById == author);
        if (Responsible is { } user) activities = activities.Where(a => db.Set<ContactResponsible>().Any(r => r.ContactId == a.ContactId && r.UserId == user));
        if (From is { } from) { var start = db.Viewer.ToUtc(from.ToDateTime(TimeOnly.MinValue)); activities = activities.Where(a => a.OccurredAt >= start); }
        if (To is { } to) { var end = db.Viewer.ToUtc(to.AddDays(to < DateOnly.MaxValue ? 1 : 0).ToDateTime(TimeOnly.MinValue)); activities = activities.Where(a => a.OccurredAt < end); }
        return activities;
    }

    private static string? Text(IQueryCollection query, string name) => query[name].FirstOrDefault()?.Trim() is { Length: > 0 } text ? text.Length > 300 ? text[..300] : text : null;

    private static T? One<T>(IQueryCollection query, string name, Problems problems) where T : struct, Enum =>
        Text(query, name) is not { } text ? null
        : char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : Wrong<T>(name, text, problems);

    private static long? Number(IQueryCollection query, string name, Problems problems) =>
        Text(query, name) is not { } text ? null : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Wrong<long>(name, text, problems);

    private static DateOnly? Day(IQueryCollection query, string name, Problems problems) =>
        Text(query, name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1800 and < 9000 ? day : Wrong<DateOnly>(name, text, problems);

    private static T? Wrong<T>(string name, string text, Problems problems) where T : struct
    {
        problems.Add(name, "activities.error.filter", text);
        return null;
    }
}
