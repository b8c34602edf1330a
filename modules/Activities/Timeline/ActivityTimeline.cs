using Liaison.Access;
using Liaison.Contacts;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>An action in a contact's timeline, or one of its responses.</summary>
/// <param name="Activity">The action.</param>
/// <param name="Type">Its type.</param>
/// <param name="AuthorId">Who recorded the entry.</param>
/// <param name="Author">The name of who did.</param>
/// <param name="Responses">Its responses, oldest first.</param>
/// <param name="MayRespond">Whether the viewer may record with this contact.</param>
/// <param name="ViewerId">Who looks: the author of an entry may change it.</param>
public sealed record TimelineActivity(Activity Activity, ActivityType Type, long AuthorId, string Author, IReadOnlyList<Response> Responses, bool MayRespond, long ViewerId)
{
    /// <summary>The response that the entry is; null when it is the action.</summary>
    public Response? Told { get; init; }
    /// <summary>Whether actions are shown too, so that the response can be changed where it stands under its own.</summary>
    public bool AmongActions { get; init; }

    /// <summary>Whether the viewer may change what this person recorded.</summary>
    public bool MayChange(long authorId) => MayRespond || authorId == ViewerId;
}

/// <summary>Actions and responses in a contact's timeline, each at its moment. A response stands under its action as well; where nothing else lies between, only there.</summary>
internal sealed class ActivityTimeline(Users users, ActivityTypes types) : TimelineSource
{
    public override string Permission => "activities.view";
    public override int Rank => 20;
    private int RankOfResponses => Rank + 1;
    public override IReadOnlyList<string> Kinds => ["action", "response"];

    public override async Task<IReadOnlyList<TimelineItem>> BeforeAsync(LiaisonDb db, long contactId, TimelineCursor? before, IReadOnlySet<string>? kinds, int take, CancellationToken cancel)
    {
        var names = await users.AllAsync(cancel);
        string Author(long id) => names.TryGetValue(id, out var user) ? user.Name : "";
        var (mayRespond, actions, responses) = (db.SeesAll, new List<Told>(), new List<Told>());
        var (hasActions, hasResponses) = (kinds is null || kinds.Contains("action"), kinds is null || kinds.Contains("response"));
        // Whoever is told all actions of a contact is told all its responses with them.
        var first = before is null && hasActions;
        async Task ResponsesAsync() => responses = before is { } place ? await Responses(db, contactId, place.At, place.IdLimit(RankOfResponses), take).ToListAsync(cancel) : await LatestResponses.ListAsync(db, contactId, take, cancel);
        await db.TogetherAsync(
            async () => mayRespond = mayRespond || await db.Contacts().Where(c => c.Id == contactId).Editable(db).AnyAsync(cancel),
            async () => actions = !hasActions ? [] : before is { } place ? await Actions(db, contactId, place.At, place.IdLimit(Rank), take).ToListAsync(cancel) : await LatestActions.ListAsync(db, contactId, take, cancel),
            () => first || !hasResponses ? Task.CompletedTask : ResponsesAsync());
        if (first && hasResponses)
        {
            if (actions.DistinctBy(t => t.Activity.Id).Count() < take) responses = [.. actions.Where(t => t.Response is not null).OrderByDescending(t => t.Response!.OccurredAt).ThenByDescending(t => t.Response!.Id).Take(take)];
            else await ResponsesAsync();
        }
        var known = await types.WithAsync(actions.Concat(responses).Select(t => t.Activity.TypeId), cancel);
        var under = actions.Where(t => t.Response is not null).ToLookup(t => t.Activity.Id, t => t.Response!);
        TimelineActivity Entry(Activity a, long authorId, IReadOnlyList<Response> answers) => new(a, known[a.TypeId], authorId, Author(authorId), answers, mayRespond, db.ViewerId);
        return
        [
            .. actions.Select(t => t.Activity).DistinctBy(a => a.Id).Select(a => new TimelineItem(a.OccurredAt, Rank, a.Id, "action", View, Entry(a, a.CreatedById, [.. under[a.Id]]))),
            .. responses.Select(t => new TimelineItem(t.Response!.OccurredAt, RankOfResponses, t.Response.Id, "response", View, Entry(t.Activity, t.Response.CreatedById, [t.Response]) with { Told = t.Response, AmongActions = hasActions })
                { Of = ("action", t.Activity.Id) }),
        ];
    }

    private const string View = "/Activities/_TimelineActivity.cshtml";

    private static readonly FixedQuery<long, int, Told> LatestActions = new((db, contactId, take) =>
        from a in db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.ContactId == contactId && a.DeletedAt == null).OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Take(take)
        from r in db.Set<Response>().IgnoreQueryFilters().Where(r => r.ActivityId == a.Id && r.DeletedAt == null).DefaultIfEmpty()
        orderby a.OccurredAt descending, a.Id descending, r.OccurredAt, r.Id
        select new Told { Activity = a, Response = r });

    private static readonly FixedQuery<long, int, Told> LatestResponses = new((db, contactId, take) =>
        (from r in db.Set<Response>().IgnoreQueryFilters().AsNoTracking()
         where r.ContactId == contactId && r.DeletedAt == null
         join a in db.Set<Activity>().IgnoreQueryFilters().Where(a => a.DeletedAt == null) on r.ActivityId equals a.Id
         orderby r.OccurredAt descending, r.Id descending
         select new Told { Activity = a, Response = r }).Take(take));

    private static IQueryable<Told> Actions(LiaisonDb db, long contactId, DateTime at, long limit, int take)
    {
        var older = db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.ContactId == contactId && a.DeletedAt == null && a.OccurredAt <= at && (a.OccurredAt < at || a.Id < limit))
            .OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Take(take);
        return from a in older
               from r in db.Set<Response>().IgnoreQueryFilters().Where(r => r.ActivityId == a.Id && r.DeletedAt == null).DefaultIfEmpty()
               orderby a.OccurredAt descending, a.Id descending, r.OccurredAt, r.Id
               select new Told { Activity = a, Response = r };
    }

    private static IQueryable<Told> Responses(LiaisonDb db, long contactId, DateTime at, long limit, int take) =>
        (from r in db.Set<Response>().IgnoreQueryFilters().AsNoTracking()
         where r.ContactId == contactId && r.DeletedAt == null && r.OccurredAt <= at && (r.OccurredAt < at || r.Id < limit)
         join a in db.Set<Activity>().IgnoreQueryFilters().Where(a => a.DeletedAt == null) on r.ActivityId equals a.Id
         orderby r.OccurredAt descending, r.Id descending
         select new Told { Activity = a, Response = r }).Take(take);

    // An action with one of its responses, or with none.
    private sealed class Told
    {
        public required Activity Activity { get; init; }
        public Response? Response { get; init; }
    }
}
