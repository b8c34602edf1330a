using Liaison.Access;
using Liaison.Contacts;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>An action in a contact's timeline.</summary>
/// <param name="Activity">The action.</param>
/// <param name="Type">Its type.</param>
/// <param name="Author">Who recorded it.</param>
/// <param name="Responses">Its responses, oldest first.</param>
/// <param name="MayRespond">Whether the viewer may record with this contact.</param>
/// <param name="ViewerId">Who looks: the author of an entry may change it.</param>
/// <param name="Asked">The response the reader filtered for, when responses are shown by themselves.</param>
public sealed record TimelineActivity(Activity Activity, ActivityType Type, string Author, IReadOnlyList<Response> Responses, bool MayRespond, long ViewerId, Response? Asked = null)
{
    /// <summary>Whether the viewer may change what this person recorded.</summary>
    public bool MayChange(long authorId) => MayRespond || authorId == ViewerId;
}

/// <summary>Actions with their responses in a contact's timeline. Responses stand under their action; asked for alone, they stand by themselves.</summary>
internal sealed class ActivityTimeline(Users users, ActivityTypes types) : TimelineSource
{
    public override string Permission => "activities.view";
    public override int Rank => 20;
    public override IReadOnlyList<string> Kinds => ["action", "response"];

    public override async Task<IReadOnlyList<TimelineItem>> BeforeAsync(LiaisonDb db, long contactId, TimelineCursor? before, IReadOnlySet<string>? kinds, int take, CancellationToken cancel)
    {
        var names = await users.AllAsync(cancel);
        string Author(long id) => names.TryGetValue(id, out var user) ? user.Name : "";
        var mayRespond = db.SeesAll;
        async Task MayRespondAsync() => mayRespond = mayRespond || await db.Contacts().Where(c => c.Id == contactId).Editable(db).AnyAsync(cancel);
        if (kinds is not null && !kinds.Contains("action"))
        {
            IReadOnlyList<(Response Response, Activity Activity)> asked = [];
            await db.TogetherAsync(MayRespondAsync, async () => asked = await ResponsesAsync(db, contactId, before, take, cancel));
            var ofAsked = await types.WithAsync(asked.Select(x => x.Activity.TypeId), cancel);
            return [.. asked.Select(x => Item(x.Response.OccurredAt, x.Response.Id, "response",
                new(x.Activity, ofAsked[x.Activity.TypeId], Author(x.Response.CreatedById), [x.Response], mayRespond, db.ViewerId, x.Response)))];
        }

        List<Told> told = [];
        await db.TogetherAsync(MayRespondAsync, async () => told = before is { } place ? await Older(db, contactId, place, Rank, take).ToListAsync(cancel) : await Latest.ListAsync(db, contactId, take, cancel));
        var rows = told.DistinctBy(t => t.Activity.Id).Select(t => t.Activity).ToList();
        var known = await types.WithAsync(rows.Select(a => a.TypeId), cancel);
        var responses = told.Where(t => t.Response is not null).ToLookup(t => t.Activity.Id, t => t.Response!);
        return rows.ConvertAll(a => Item(a.OccurredAt, a.Id, "action", new(a, known[a.TypeId], Author(a.CreatedById), [.. responses[a.Id]], mayRespond, db.ViewerId)));
    }

    private static readonly FixedQuery<long, int, Told> Latest = new((db, contactId, take) =>
        from a in db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.ContactId == contactId && a.DeletedAt == null).OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Take(take)
        from r in db.Set<Response>().IgnoreQueryFilters().Where(r => r.ActivityId == a.Id && r.DeletedAt == null).DefaultIfEmpty()
        orderby a.OccurredAt descending, a.Id descending, r.OccurredAt, r.Id
        select new Told { Activity = a, Response = r });

    private static IQueryable<Told> Older(LiaisonDb db, long contactId, TimelineCursor before, int rank, int take)
    {
        var (at, limit) = (before.At, before.IdLimit(rank));
        var older = db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.ContactId == contactId && a.DeletedAt == null && a.OccurredAt <= at && (a.OccurredAt < at || a.Id < limit))
            .OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Take(take);
        return from a in older
               from r in db.Set<Response>().IgnoreQueryFilters().Where(r => r.ActivityId == a.Id && r.DeletedAt == null).DefaultIfEmpty()
               orderby a.OccurredAt descending, a.Id descending, r.OccurredAt, r.Id
               select new Told { Activity = a, Response = r };
    }

    // An action with one of its responses, or with none.
    private sealed class Told
    {
        public required Activity Activity { get; init; }
        public Response? Response { get; init; }
    }

    private async Task<IReadOnlyList<(Response Response, Activity Activity)>> ResponsesAsync(LiaisonDb db, long contactId, TimelineCursor? before, int take, CancellationToken cancel)
    {
        var responses = db.Set<Response>().IgnoreQueryFilters().AsNoTracking().Where(r => r.ContactId == contactId && r.DeletedAt == null);
        if (before is { } place)
        {
            var (at, limit) = (place.At, place.IdLimit(Rank));
            responses = responses.Where(r => r.OccurredAt <= at && (r.OccurredAt < at || r.Id < limit));
        }
        var rows = await responses.Join(db.Set<Activity>().IgnoreQueryFilters().Where(a => a.DeletedAt == null), r => r.ActivityId, a => a.Id, (r, a) => new { Response = r, Activity = a })
            .OrderByDescending(x => x.Response.OccurredAt).ThenByDescending(x => x.Response.Id).Take(take).ToListAsync(cancel);
        return rows.ConvertAll(x => (x.Response, x.Activity));
    }

    private TimelineItem Item(DateTime at, long id, string kind, TimelineActivity model) => new(at, Rank, id, kind, "/Activities/_TimelineActivity.cshtml", model);
}
