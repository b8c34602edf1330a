using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Search;

namespace Liaison.Host.Search;

/// <summary>A record found.</summary>
/// <param name="Type">Kind of the record.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">Name.</param>
/// <param name="Line">One line of context.</param>
/// <param name="Url">Its page.</param>
public sealed record SearchHitReply(string Type, long Id, string Title, string Line, string Url);

/// <summary>GET /api/v1/search?q=</summary>
internal static class SearchApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/search", FindAsync).SignedIn().WithTags("search").ListsBest<SearchHitReply>("search", "q");

    // The best hits of each kind; to walk all of them, a list takes q too.
    private static async Task<IResult> FindAsync(HttpContext http, LiaisonDb db, IEnumerable<SearchSource> sources, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var query = http.Request.Query["q"].ToString();
        var hits = new List<SearchHitReply>();
        if (SearchText.Words(query).Count == 0) return Answers.List(hits, null);
        foreach (var source in sources.Where(s => db.Viewer.May(s.Permission)).OrderBy(s => s.Order))
            hits.AddRange((await source.FindAsync(db, query, limit, cancel)).Select(h => new SearchHitReply(h.Type, h.Id, h.Title, h.Line, h.Url)));
        return Answers.List(hits.Take(limit).ToList(), null);
    }
}
