using System.Globalization;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Api;

/// <summary>GET /api/v1/activities</summary>
internal static class ActivityListApi
{
    /// <summary>Parameters besides limit and cursor.</summary>
    public static readonly string[] Query = ["sort", "contactId", "type*", "direction", "outcome*", "rating", "campaign", "from", "to"];

    public static async Task<IResult> ListAsync(HttpContext http, LiaisonDb db, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var sort = http.Request.Query["sort"].ToString() is { Length: > 0 } wanted ? wanted : "-occurredAt";
        if (sort is not ("occurredAt" or "-occurredAt" or "createdAt" or "-createdAt")) throw new BadFieldException("sort", "api.error.sort", sort);
        var types = await db.Set<ActivityType>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Key, cancel);
        var matching = Filter(http.Request.Query, db, types);
        var count = await matching.Take(CappedCount.Limit + 1).CountAsync(cancel);
        var rows = await Order(matching, sort, Answers.Place(http, sort)).Take(limit + 1).ToListAsync(cancel);
        string? next = null;
        if (rows.Count > limit)
        {
            rows.RemoveAt(limit);
            next = Answers.After(sort, Cursor.KeyOf(rows[^1].OccurredAt), rows[^1].Id);
        }
        return Answers.List(rows.ConvertAll(a => ActivityReply.Of(a, types[a.TypeId])), next, CappedCount.Of(count));
    }

    private static IQueryable<Activity> Order(IQueryable<Activity> activities, string sort, Cursor? place)
    {
        var descending = sort[0] == '-';
        if (sort.EndsWith("createdAt", StringComparison.Ordinal)) // ids ascend in the order of creation
        {
            if (place is { Id: var id }) activities = descending ? activities.Where(a => a.Id < id) : activities.Where(a => a.Id > id);
            return descending ? activities.OrderByDescending(a => a.Id) : activities.OrderBy(a => a.Id);
        }
        if (place is { } cursor)
        {
            var (at, id) = (cursor.Moment ?? throw new BadFieldException("cursor", "api.error.cursor"), cursor.Id);
            activities = descending
                ? activities.Where(a => a.OccurredAt <= at && (a.OccurredAt < at || a.Id < id)) : activities.Where(a => a.OccurredAt >= at && (a.OccurredAt > at || a.Id > id));
        }
        return descending ? activities.OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id) : activities.OrderBy(a => a.OccurredAt).ThenBy(a => a.Id);
    }

    private static IQueryable<Activity> Filter(IQueryCollection query, LiaisonDb db, Dictionary<long, string> types)
    {
        var activities = db.Activities();
        if (Text(query, "contactId") is { } contact) { var id = Number(contact, "contactId"); activities = activities.Where(a => a.ContactId == id); }
        if (Many(query, "type") is { Count: > 0 } keys)
        {
            if (keys.Find(k => !types.ContainsValue(k)) is { } unknown) throw new BadFieldException("type", "activities.error.type", unknown);
            var ids = types.Where(t => keys.Contains(t.Value)).Select(t => t.Key).ToList();
            activities = activities.Where(a => ids.Contains(a.TypeId));
        }
        if (Text(query, "direction") is { } word) { var direction = OneOf<ActivityDirection>(word, "direction"); activities = activities.Where(a => a.Direction == direction); }
        if (Many(query, "outcome") is { Count: > 0 } words)
        {
            var outcomes = words.ConvertAll(w => OneOf<ActivityOutcome>(w, "outcome"));
            activities = activities.Where(a => outcomes.Contains(a.Outcome));
        }
        if (Text(query, "rating") is { } stars) { var rating = (int)Math.Min(Number(stars, "rating"), 1000); activities = activities.Where(a => a.Rating == rating); }
        if (Text(query, "campaign") is { } campaign) activities = activities.Where(a => a.Campaign == campaign);
        if (Text(query, "from") is { } from) { var start = Moment(from, "from", db, 0); activities = activities.Where(a => a.OccurredAt >= start); }
        if (Text(query, "to") is { } to) { var end = Moment(to, "to", db, 1); activities = activities.Where(a => a.OccurredAt < end); }
        return activities;
    }

    // A day is taken whole, in the caller's zone; an instant needs its offset.
    private static DateTime Moment(string text, string name, LiaisonDb db, int days)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999)
            return db.Viewer.ToUtc(day.AddDays(days).ToDateTime(TimeOnly.MinValue));
        text = text.Replace(' ', '+'); // a plus sign that was not written as %2B
        var marked = text.Length > 16 && (text[^1] == 'Z' || text.AsSpan(16).IndexOfAny('+', '-') >= 0);
        if (marked && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment)) return moment.UtcDateTime;
        throw new BadFieldException(name, "api.error.badValue", name);
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static List<string> Many(IQueryCollection query, string name) =>
        [.. query[name].OfType<string>().SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)];

    private static long Number(string text, string name) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new BadFieldException(name, "api.error.badValue", name);

    private static T OneOf<T>(string text, string name) where T : struct, Enum =>
        !char.IsAsciiDigit(text[0]) && text[0] != '-' && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : throw new BadFieldException(name, "api.error.badValue", name);
}
