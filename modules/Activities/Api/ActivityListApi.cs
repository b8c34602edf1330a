using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Api;

/// <summary>GET /api/v1/activities</summary>
internal static class ActivityListApi
{
    /// <summary>Parameters besides limit and cursor.</summary>
    public static readonly string[] Query = ["sort", .. ActivityFilter.Parameters];

    /// <summary>The orders.</summary>
    public static readonly string[] Sorts = ["-occurredAt", "occurredAt", "-createdAt", "createdAt", "campaign", "-campaign"];

    public static async Task<IResult> ListAsync(HttpContext http, LiaisonDb db, ActivityList list, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var sort = http.Request.Query["sort"].ToString() is { Length: > 0 } wanted ? wanted : Sorts[0];
        if (!Sorts.Contains(sort)) throw new BadFieldException("sort", "api.error.sort", sort);
        var (descending, by) = (sort[0] == '-', sort.TrimStart('-'));
        var types = await db.Set<ActivityType>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Key, cancel);
        var filter = Filter(http.Request.Query, db, types);
        var count = await list.CountAsync(filter, by == "campaign", cancel);
        var place = Answers.Place(http, sort);
        var order = new ActivityOrder(by, descending, place);
        var ordered = await list.InOrderAsync(filter, order, limit + 1, cancel) ?? throw new BadFieldException("cursor", "api.error.cursor");
        var rows = await ordered.Take(limit + 1).ToListAsync(cancel);
        string? next = null;
        if (rows.Count > limit)
        {
            rows.RemoveAt(limit);
            next = Answers.After(http, sort, order.KeyOf(rows[^1].OccurredAt, rows[^1].Campaign), rows[^1].Id);
        }
        return Answers.List(rows.ConvertAll(a => ActivityReply.Of(a, types[a.TypeId])), next, count);
    }

    private static ActivityFilter Filter(IQueryCollection query, LiaisonDb db, Dictionary<long, string> types)
    {
        var problems = new Problems();
        var filter = ActivityFilter.Parse(query, db.Viewer, problems);
        if (problems.Any) throw new BadFieldException(problems.All[0].Path, "api.error.badValue", problems.All[0].Path);
        return filter.Types.FirstOrDefault(k => !types.ContainsValue(k)) is { } unknown ? throw new BadFieldException("type", "activities.error.type", unknown) : filter;
    }
}
