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
    // So many that a search finds are fetched by their ids; more lie dense enough for a walk by date.
    private const int FewFound = 8000;

    /// <summary>One page. <paramref name="sort"/>: "at", "-at", "campaign", "-campaign". Null when the cursor is not one of this order.</summary>
    public async Task<Page<ActivityRow>?> PageAsync(ActivityFilter filter, string sort, Cursor? cursor, int limit, CancellationToken cancel)
    {
        var backwards = cursor is { Before: true };
        var order = new ActivityOrder(sort.EndsWith("campaign", StringComparison.Ordinal) ? "campaign" : "occurredAt", sort.StartsWith('-') ^ backwards, cursor);
        if (await InOrderAsync(filter, order, limit + 1, cancel) is not { } ordered) return null;
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

        string CursorOf(ActivityRow row, bool before) => new Cursor(order.KeyOf(row.OccurredAt, row.Campaign), row.Id, before).ToString();
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

    /// <summary>How many match, capped.</summary>
    public Task<CappedCount> CountAsync(ActivityFilter filter, bool inCampaign, CancellationToken cancel) =>
        sizes.CountAsync(db, $"activities {inCampaign} {filter.ToQuery()}", async () =>
        {
            var words = SearchText.Words(filter.Query);
            var found = await FewFoundAsync(words, cancel);
            if (found is null && filter.ContactId is null && await contacts.HeldAsync(filter.Responsible, cancel) is { } held) return await CountHeldAsync(held, filter, inCampaign, cancel);
            // Begun with what the index finds: asking each action whether it contains the words would take a look at all of them.
            var matching = found is not null || ActivitySearch.Found(db, words) is not { } candidates ? await MatchingAsync(filter, cancel)
                : candidates.Join(filter.On(OfSeen(), db, await types.AllAsync(cancel)), id => id, a => a.Id, (_, a) => a);
            if (inCampaign) matching = matching.Where(a => a.Campaign != "");
            return CappedCount.Of(await matching.Select(a => a.Id).Take(CappedCount.Limit + 1).CountAsync(cancel));
        });

    private async Task<CappedCount> CountHeldAsync(IReadOnlyList<IQueryable<long>> held, ActivityFilter filter, bool inCampaign, CancellationToken cancel)
    {
        var count = 0;
        foreach (var part in held)
        {
            var matching = await OfAsync(part, filter, cancel);
            if (inCampaign) matching = matching.Where(a => a.Campaign != "");
            if (count <= CappedCount.Limit) count += await matching.Select(a => a.Id).Take(CappedCount.Limit + 1).CountAsync(cancel);
        }
        return CappedCount.Of(count);
    }

    // The actions with some contacts that match. Whose contacts these are was asked without the viewer's filter, except by those of whom they are all that they see. Said as a product,
    // SQLite begins with the contacts; it would rather begin with all actions of a type.
    private async Task<IQueryable<Activity>> OfAsync(IQueryable<long> held, ActivityFilter filter, CancellationToken cancel)
    {
        var matching = filter.On(db.SeesAll || await contacts.SeesApartAsync(cancel) ? Unfiltered() : OfSeen(), db, await types.AllAsync(cancel));
        return held.SelectMany(_ => matching, (id, activity) => new { id, activity }).Where(x => x.activity.ContactId == x.id).Select(x => x.activity);
    }

    /// <summary>
    /// The actions that match and that the viewer sees, in order; null when the cursor is not one of it. Where they are those of a few contacts, they are looked for only so far in
    /// the order and then with these contacts: in the order they may lie thin, or not at all.
    /// </summary>
    public async Task<IQueryable<Activity>?> InOrderAsync(ActivityFilter filter, ActivityOrder order, int take, CancellationToken cancel)
    {
        var matching = await MatchingAsync(filter, cancel, order.IsByCampaign);
        if (order.On(matching) is not { } ordered) return null;
        if (filter.ContactId is not null || await FewFoundAsync(SearchText.Words(filter.Query), cancel) is not null || await contacts.HeldAsync(filter.Responsible, cancel) is not { } held) return ordered;
        var walk = string.Create(CultureInfo.InvariantCulture, $"activities walk {order.By} {order.Descending} {(db.SeesAll ? 0 : db.ViewerId)} {filter.ToQuery()}");
        if (!sizes.IsMany(walk) && await contacts.FewSeenAsync(cancel) is null)
        {
            if (await order.AmongFirstAsync(db, matching, Unfiltered(), sizes.Walked, cancel) is not { } first) return ordered;
            var walked = await order.On(first)!.Select(a => a.Id).Take(take).AllAsync(db, cancel);
            if (walked.Count == take) return order.On(matching.Where(a => walked.Contains(a.Id)));
            sizes.RememberMany(walk);
        }
        // What is passed over, nothing, keeps the database from walking the order instead.
        var (found, nothing) = (new List<long>(), 0);
        foreach (var part in held) found.AddRange(await order.On((await OfAsync(part, filter, cancel)).Skip(nothing))!.Select(a => a.Id).Take(take).AllAsync(db, cancel));
        return order.On(Visible().Where(a => found.Contains(a.Id)));
    }

    // The actions that match and that the viewer sees.
    private async Task<IQueryable<Activity>> MatchingAsync(ActivityFilter filter, CancellationToken cancel, bool asWalked = false)
    {
        var activities = Visible();
        if (await FewFoundAsync(SearchText.Words(filter.Query), cancel) is { } found) activities = activities.Where(a => found.Contains(a.Id));
        return filter.On(activities, db, await types.AllAsync(cancel), asWalked);
    }

    // Those who see everything need no condition on the contact but the trash.
    private IQueryable<Activity> Visible() => db.SeesAll ? Unfiltered().Where(a => !db.Set<Contact>().IgnoreQueryFilters().Any(c => c.Id == a.ContactId && c.DeletedAt != null)) : OfSeen();

    private IQueryable<Activity> Unfiltered() => db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.DeletedAt == null);

    private IQueryable<Activity> OfSeen() => Unfiltered().Where(a => db.ContactsBesideUnfiltered().Any(c => c.Id == a.ContactId));

    // The ids of what a search finds, whoever sees it, when they are few.
    private async Task<List<long>?> FewFoundAsync(IReadOnlyList<SearchWord> words, CancellationToken cancel) =>
        ActivitySearch.Found(db, words) is { } found ? await sizes.FewOfAsync(db, "activities q " + string.Join(' ', words), found, FewFound, cancel) : null;
}
