using Liaison.Kernel.Api;
using System.Globalization;
using Liaison.Activities.Search;
using Liaison.Contacts;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>What the list of actions is narrowed to, on its page and in the API: its query string as a class.</summary>
public sealed record ActivityFilter
{
    /// <summary>Names of its parameters; one that may stand several times ends with "*".</summary>
    public static readonly IReadOnlyList<string> Parameters = ["q", "contactId", "type*", "direction", "outcome*", "rating", "campaign", "field1", "field2", "author", "responsible", "from", "to"];

    /// <summary>Any part of the contact's name, campaign, sorting fields and details (?q=).</summary>
    public string? Query { get; init; }
    public long? ContactId { get; init; }
    /// <summary>Keys of types (?type=call&amp;type=email).</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
    public ActivityDirection? Direction { get; init; }
    public IReadOnlyList<ActivityOutcome> Outcomes { get; init; } = [];
    /// <summary>1 to 5 (?rating=4).</summary>
    public int? Rating { get; init; }
    /// <summary>Exactly this campaign.</summary>
    public string? Campaign { get; init; }
    /// <summary>Exactly this value of the sorting field.</summary>
    public string? Field1 { get; init; }
    /// <inheritdoc cref="Field1"/>
    public string? Field2 { get; init; }
    /// <summary>Who recorded it: a user id, "me" in the URL is the viewer.</summary>
    public long? Author { get; init; }
    /// <summary>Responsible for the contact.</summary>
    public long? Responsible { get; init; }
    /// <summary>On this day or later, in the viewer's zone, or from this moment on.</summary>
    public Bound? From { get; init; }
    /// <summary>On this day or earlier, or before this moment.</summary>
    public Bound? To { get; init; }

    /// <summary>Whether nothing narrows.</summary>
    public bool IsEmpty => ToQuery().Length == 0;

    /// <summary>Reads a query string; what cannot be understood is reported and left out.</summary>
    public static ActivityFilter Parse(IQueryCollection query, Viewer viewer, Problems problems) => new()
    {
        Query = Text(query, "q"), ContactId = Number(query, "contactId", problems), Types = Many(query, "type"),
        Direction = One<ActivityDirection>(query, "direction", problems), Outcomes = [.. Many(query, "outcome").Select(word => Word<ActivityOutcome>(word, "outcome", problems)).OfType<ActivityOutcome>()],
        Rating = Number(query, "rating", problems) is { } rating ? rating is >= 1 and <= 5 ? (int)rating : Wrong<int>("rating", Text(query, "rating")!, problems) : null,
        Campaign = Text(query, "campaign"), Field1 = Text(query, "field1"), Field2 = Text(query, "field2"),
        Author = Text(query, "author") == "me" ? viewer.UserId : Number(query, "author", problems),
        Responsible = Text(query, "responsible") == "me" ? viewer.UserId : Number(query, "responsible", problems),
        From = At(query, "from", problems), To = At(query, "to", problems),
    };

    /// <summary>The same as a query string without "?".</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        void Add(string name, object? value) { if (value is not null) parts.Add(name + "=" + Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!)); }
        Add("q", Query);
        Add("contactId", ContactId);
        foreach (var type in Types) Add("type", type);
        Add("direction", Direction is { } way ? ContactFilter.Word(way) : null);
        foreach (var outcome in Outcomes) Add("outcome", ContactFilter.Word(outcome));
        Add("rating", Rating);
        Add("campaign", Campaign);
        Add("field1", Field1);
        Add("field2", Field2);
        Add("author", Author);
        Add("responsible", Responsible);
        Add("from", From);
        Add("to", To);
        return string.Join('&', parts);
    }

    /// <summary>
    /// The conditions, on actions that are asked for without filters. <paramref name="asWalked"/>: said so that SQLite walks the order, instead of beginning with the index of one of them and sorting all
    /// that this gives.
    /// </summary>
    public IQueryable<Activity> On(IQueryable<Activity> activities, LiaisonDb db, IReadOnlyList<ActivityType> types, bool asWalked = false)
    {
        // The index of a type tells outcome and rating too: those with one of these would have to be read to tell their type.
        if (db.Engine == Engine.Sqlite && (asWalked || (Types.Count == 1 && (Outcomes.Count > 0 || Rating is not null))))
            return (asWalked ? this with { Types = [], Outcomes = [], Rating = null, Author = null } : this with { Outcomes = [], Rating = null }).On(Walked(activities, types, asWalked), db, types);
        activities = activities.Containing(db, SearchText.Words(Query));
        if (ContactId is { } contact) activities = activities.Where(a => a.ContactId == contact);
        var typeIds = types.Where(t => Types.Contains(t.Key)).Select(t => t.Id).ToList();
        if (Types.Count == 1) { var id = typeIds.FirstOrDefault(); activities = activities.Where(a => a.TypeId == id); }
        else if (Types.Count > 1) activities = activities.Where(a => typeIds.Contains(a.TypeId));
        if (Direction is { } direction) activities = activities.Where(a => a.Direction == direction);
        if (Outcomes.Count > 0) activities = Ended(activities, [.. Outcomes.Distinct()]);
        if (Rating is { } rating) activities = activities.Where(a => a.Rating == rating);
        if (Campaign is { } campaign) activities = activities.Where(a => a.Campaign == campaign && a.Campaign != "");
        if (Field1 is { } first) activities = activities.Where(a => a.Field1 == first && a.Field1 != "");
        if (Field2 is { } second) activities = activities.Where(a => a.Field2 == second && a.Field2 != "");
        if (Author is { } author) activities = activities.Where(a => a.CreatedById == author);
        if (Responsible is { } user) activities = activities.Where(a => db.Set<ContactResponsible>().Any(r => r.ContactId == a.ContactId && r.UserId == user));
        if (From is { } from) { var start = from.Moment ?? db.Viewer.ToUtc(from.Day.ToDateTime(TimeOnly.MinValue)); activities = activities.Where(a => a.OccurredAt >= start); }
        if (To is { } to) { var end = to.Moment ?? db.Viewer.ToUtc(to.Day.AddDays(1).ToDateTime(TimeOnly.MinValue)); activities = activities.Where(a => a.OccurredAt < end); }
        return activities;
    }

    // Of a sum, no index is looked through.
    private IQueryable<Activity> Walked(IQueryable<Activity> activities, IReadOnlyList<ActivityType> types, bool all)
    {
        var (typeIds, outcomes) = (types.Where(t => Types.Contains(t.Key)).Select(t => t.Id).ToList(), Outcomes.Select(o => (int)o).ToList());
        if (all && Types.Count > 0) activities = activities.Where(a => typeIds.Contains(a.TypeId + 0));
        if (Outcomes.Count > 0) activities = activities.Where(a => outcomes.Contains((int)a.Outcome + 0));
        if (Rating is { } rating) activities = activities.Where(a => a.Rating + 0 == rating);
        if (all && Author is { } author) activities = activities.Where(a => a.CreatedById + 0 == author);
        return activities;
    }

    // An outcome is in an index of its own unless it is "none", which most actions have.
    private static IQueryable<Activity> Ended(IQueryable<Activity> activities, List<ActivityOutcome> outcomes) => outcomes switch
    {
        [ActivityOutcome.None] => activities.Where(a => a.Outcome == ActivityOutcome.None),
        [var outcome] => activities.Where(a => a.Outcome == outcome && a.Outcome != ActivityOutcome.None),
        _ => activities.Where(a => outcomes.Contains(a.Outcome)),
    };

    private static string? Text(IQueryCollection query, string name) => query[name].FirstOrDefault()?.Trim() is { Length: > 0 } text ? text.Length > 300 ? text[..300] : text : null;

    private static List<string> Many(IQueryCollection query, string name) =>
        [.. query[name].OfType<string>().SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal).Take(100)];

    private static T? One<T>(IQueryCollection query, string name, Problems problems) where T : struct, Enum => Text(query, name) is { } text ? Word<T>(text, name, problems) : null;

    private static T? Word<T>(string text, string name, Problems problems) where T : struct, Enum =>
        EnumWords.Find<T>(text) ?? Wrong<T>(name, text, problems);

    private static long? Number(IQueryCollection query, string name, Problems problems) =>
        Text(query, name) is not { } text ? null : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Wrong<long>(name, text, problems);

    private static Bound? At(IQueryCollection query, string name, Problems problems) =>
        Text(query, name) is not { } text ? null : Bound.Parse(text) ?? Wrong<Bound>(name, text, problems);

    private static T? Wrong<T>(string name, string text, Problems problems) where T : struct
    {
        problems.Add(name, "activities.error.filter", text);
        return null;
    }
}

/// <summary>One end of a span of time: a whole day in the viewer's zone, or a moment.</summary>
/// <param name="Day">The day; the moment's when there is one.</param>
/// <param name="Moment">UTC.</param>
public readonly record struct Bound(DateOnly Day, DateTime? Moment)
{
    /// <summary>Reads a day, or a moment with its offset.</summary>
    public static Bound? Parse(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day.Year is > 1800 and < 9000 ? new(day, null) : null;
        text = text.Replace(' ', '+'); // a plus sign that was not written as %2B
        var marked = text.Length > 16 && (text[^1] == 'Z' || text.AsSpan(16).IndexOfAny('+', '-') >= 0);
        return marked && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? new(DateOnly.FromDateTime(moment.UtcDateTime), moment.UtcDateTime) : null;
    }

    /// <summary>As it stands in an address.</summary>
    public override string ToString() => Moment?.ToString("O", CultureInfo.InvariantCulture) ?? Day.ToString("O", CultureInfo.InvariantCulture);
}
