using System.Globalization;
using Liaison.Activities.Search;
using Liaison.Contacts;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>An action as the list shows it.</summary>
public sealed class ActivityRow
{
    public long Id { get; init; }
    public long ContactId { get; init; }
    public ContactKind Kind { get; init; }
    public string FirstName { get; init; } = "";
    public string LastName { get; init; } = "";
    public string CompanyName { get; init; } = "";
    public string Email { get; init; } = "";
    public string Phone { get; init; } = "";
    public long TypeId { get; init; }
    public ActivityDirection Direction { get; init; }
    public ActivityOutcome Outcome { get; init; }
    public int? Rating { get; init; }
    public DateTime OccurredAt { get; init; }
    public string Campaign { get; init; } = "";
    /// <summary>The beginning of the details.</summary>
    public string Details { get; set; } = "";
    /// <summary>A part of the response that a search found it by; empty when it was found otherwise.</summary>
    public string Answer { get; set; } = "";
    public long AuthorId { get; init; }
    public bool MayChange { get; init; }

    /// <summary>The contact's name.</summary>
    public string Name => Contact.NameOf(Kind, FirstName, LastName, CompanyName, Email, Phone);
}

/// <summary>Pages of actions of the contacts the viewer sees, by date or by campaign; each walks an index until the page is full.</summary>
public sealed class ActivityList(LiaisonDb db, ContactList contacts, ListSizes sizes, ActivityTypes types)
{
    private const int Few = 2000;
    // So many that a search finds are fetched by their ids; more lie dense enough for a walk by date.
    private const int FewFound = 8000;

    /// <summary>One page. <paramref name="sort"/>: "at", "-at", "campaign", "-campaign". Null when the cursor is not one of this order.</summary>
    public async Task<Page<ActivityRow>?> PageAsync(ActivityFilter filter, string sort, Cursor? cursor, int limit, CancellationToken cancel)
    {
        var byCampaign = sort.EndsWith("campaign", StringComparison.Ordinal);
        var backwards = cursor is { Before: true };
        var descending = sort.StartsWith('-') ^ backwards;
        if (Order(await MatchingAsync(filter, cancel), byCampaign, descending, cursor) is not { } ordered) return null;
        var (all, viewer) = (db.SeesAll, db.ViewerId);
        var words = SearchText.Words(filter.Query);
        // What was searched for may stand far behind.
        var length = words.Count > 0 ? 65_000 : ActivitySearch.Shown;
        var rows = await ordered.Take(limit + 1).Select(a => new ActivityRow
        {
            Id = a.Id, ContactId = a.ContactId, Kind = a.Contact!.Kind, FirstName = a.Contact.FirstName, LastName = a.Contact.LastName, CompanyName = a.Contact.CompanyName,
            Email = a.Contact.PrimaryEmail, Phone = a.Contact.PrimaryPhone, TypeId = a.TypeId, Direction = a.Direction, Outcome = a.Outcome, Rating = a.Rating, OccurredAt = a.OccurredAt,
            Campaign = a.Campaign, Details = a.Details.Substring(0, length), AuthorId = a.CreatedById,
            MayChange = all || a.CreatedById == viewer || a.Contact.Access == ContactAccess.ReadWrite || a.Contact.Responsibles.Any(r => r.UserId == viewer),
        }).AllAsync(db, cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        if (backwards) rows.Reverse();
        if (words.Count > 0) await ExcerptAsync(rows, words, cancel);
        return new(rows, (backwards ? rows.Count > 0 : more) ? CursorOf(rows[^1], false) : null, (backwards ? more : cursor is not null && rows.Count > 0) ? CursorOf(rows[0], true) : null);

        string CursorOf(ActivityRow row, bool before) => new Cursor(KeyOf(row.OccurredAt, byCampaign ? row.Campaign : null), row.Id, before).ToString();
    }

    private async Task ExcerptAsync(List<ActivityRow> rows, IReadOnlyList<SearchWord> words, CancellationToken cancel)
    {
        var others = rows.FindAll(row => SearchText.NameSpellings(row.Name, isPerson: true) + "\n" + SearchText.Spellings(row.Campaign + "\n" + row.Details) is var shown && !words.All(word => word.IsIn(shown)));
        var ids = others.ConvertAll(row => row.Id);
        var answers = ids.Count == 0 ? null : (await db.Set<Response>().AsNoTracking().Where(r => ids.Contains(r.ActivityId)).OrderBy(r => r.OccurredAt).ThenBy(r => r.Id).Select(r => new { r.ActivityId, r.Text })
            .ToListAsync(cancel)).ToLookup(r => r.ActivityId, r => r.Text);
        foreach (var row in others)
            if (answers![row.Id].FirstOrDefault(text => SearchText.Spellings(text) is var folded && words.Any(word => word.IsIn(folded))) is { } answer) row.Answer = ActivitySearch.Excerpt(answer, words);
        foreach (var row in rows) row.Details = ActivitySearch.Excerpt(row.Details, words);
    }

    /// <summary>The place of an action in the order of dates, or of campaigns.</summary>
    public static string KeyOf(DateTime occurredAt, string? campaign) => campaign is null ? Cursor.KeyOf(occurredAt) : Cursor.KeyOf(occurredAt) + " " + campaign;

    /// <summary>How many match, capped.</summary>
    public Task<CappedCount> CountAsync(ActivityFilter filter, bool inCampaign, CancellationToken cancel) =>
        sizes.CountAsync(db, $"activities {inCampaign} {filter.ToQuery()}", async () =>
        {
            var words = SearchText.Words(filter.Query);
            var found = await FewFoundAsync(words, cancel);
            if (found is null && await contacts.ThinSeenAsync(cancel) is { } parts) return await CountSeenAsync(parts, filter, inCampaign, cancel);
            // Begun with what the index finds: asking each action whether it contains the words would take a look at all of them.
            var matching = found is not null || ActivitySearch.Found(db, words) is not { } candidates ? await MatchingAsync(filter, cancel)
                : candidates.Join(filter.On(OfSeen(), db, await types.AllAsync(cancel)), id => id, a => a.Id, (_, a) => a);
            if (inCampaign) matching = matching.Where(a => a.Campaign != "");
            return CappedCount.Of(await matching.Select(a => a.Id).Take(CappedCount.Limit + 1).CountAsync(cancel));
        });

    private async Task<CappedCount> CountSeenAsync(IReadOnlyList<IQueryable<Contact>> parts, ActivityFilter filter, bool inCampaign, CancellationToken cancel)
    {
        var matching = filter.On(Unfiltered(), db, await types.AllAsync(cancel));
        if (inCampaign) matching = matching.Where(a => a.Campaign != "");
        var count = 0;
        foreach (var part in parts)
            if (count <= CappedCount.Limit) count += await part.Join(matching, c => c.Id, a => a.ContactId, (_, a) => a.Id).Take(CappedCount.Limit + 1).CountAsync(cancel);
        return CappedCount.Of(count);
    }

    /// <summary>The actions that match and that the viewer sees.</summary>
    public async Task<IQueryable<Activity>> MatchingAsync(ActivityFilter filter, CancellationToken cancel)
    {
        // Those who see everything need no condition on the contact but the trash; those who see little are served from their contacts.
        var activities = db.SeesAll
            ? Unfiltered().Where(a => !db.Set<Contact>().IgnoreQueryFilters().Any(c => c.Id == a.ContactId && c.DeletedAt != null))
            : OfSeen();
        if (await FewFoundAsync(SearchText.Words(filter.Query), cancel) is { } found) activities = activities.Where(a => found.Contains(a.Id));
        else if (await contacts.FewSeenAsync(cancel) is { } seen) activities = activities.Where(a => seen.Contains(a.ContactId));
        else if (filter.Responsible is { } user)
        {
            var theirs = await db.Set<ContactResponsible>().Where(r => r.UserId == user).Select(r => r.ContactId).Take(Few + 1).ToListAsync(cancel);
            if (theirs.Count <= Few) activities = activities.Where(a => theirs.Contains(a.ContactId));
        }
        return filter.On(activities, db, await types.AllAsync(cancel));
    }

    private IQueryable<Activity> Unfiltered() => db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.DeletedAt == null);

    private IQueryable<Activity> OfSeen() => Unfiltered().Where(a => db.ContactsBesideUnfiltered().Any(c => c.Id == a.ContactId));

    // The ids of what a search finds, whoever sees it, when they are few.
    private async Task<List<long>?> FewFoundAsync(IReadOnlyList<SearchWord> words, CancellationToken cancel) =>
        ActivitySearch.Found(db, words) is { } found ? await sizes.FewOfAsync(db, "activities q " + string.Join(' ', words), found, FewFound, cancel) : null;

    /// <summary>Those that come after a place, in order; by campaign only those that have one. Null when the place is not one of this order.</summary>
    public static IQueryable<Activity>? Order(IQueryable<Activity> activities, bool byCampaign, bool descending, Cursor? cursor)
    {
        if (!byCampaign)
        {
            if (cursor is { } place)
            {
                if (place.Moment is not { } at) return null;
                activities = descending ? activities.Where(a => a.OccurredAt <= at && (a.OccurredAt < at || a.Id < place.Id)) : activities.Where(a => a.OccurredAt >= at && (a.OccurredAt > at || a.Id > place.Id));
            }
            return descending ? activities.OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id) : activities.OrderBy(a => a.OccurredAt).ThenBy(a => a.Id);
        }
        activities = activities.Where(a => a.Campaign != "");
        if (cursor is { } spot)
        {
            var space = spot.Key.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || !long.TryParse(spot.Key.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTime.MaxValue.Ticks) return null;
            var (name, at, id) = (spot.Key[(space + 1)..], new DateTime(ticks, DateTimeKind.Utc), spot.Id);
            activities = descending
                ? activities.Where(a => string.Compare(a.Campaign, name) <= 0 && (string.Compare(a.Campaign, name) < 0 || a.OccurredAt < at || (a.OccurredAt == at && a.Id < id)))
                : activities.Where(a => string.Compare(a.Campaign, name) >= 0 && (string.Compare(a.Campaign, name) > 0 || a.OccurredAt > at || (a.OccurredAt == at && a.Id > id)));
        }
        return descending ? activities.OrderByDescending(a => a.Campaign).ThenByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id)
            : activities.OrderBy(a => a.Campaign).ThenBy(a => a.OccurredAt).ThenBy(a => a.Id);
    }
}
