using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>/api/v1/users and /api/v1/me</summary>
internal static class UsersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/users", ListAsync).Permission("users.view");
        api.MapGet("/users/{id:long}", ShowAsync).Permission("users.view");
        api.MapGet("/me", MeAsync).SignedIn();
    }

    private static async Task<IResult> ListAsync(HttpContext http, Users users, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var found = (await users.ActiveAsync(cancel)).AsEnumerable();
        if (http.Request.Query["q"].ToString() is { Length: > 0 } q)
            found = found.Where(u => SearchText.Fold(u.Name + " " + u.Email).Contains(SearchText.Fold(q), StringComparison.Ordinal));
        var all = found.OrderBy(u => u.Id).ToList();
        if (http.Request.Query["cursor"].ToString() is { Length: > 0 } text)
        {
            var cursor = Cursor.Parse(text) ?? throw new BadFieldException("cursor", "api.error.cursor");
            found = all.Where(u => u.Id > cursor.Id);
        }
        else found = all;
        var page = found.Take(limit + 1).ToList();
        var next = page.Count > limit ? new Cursor("", page[limit - 1].Id, false).ToString() : null;
        return Answers.List(page.Take(limit).Select(Written).ToList(), next, CappedCount.Of(all.Count));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, long id, Users users, CancellationToken cancel) =>
        (await users.AllAsync(cancel)).TryGetValue(id, out var user) ? Answers.Json(Written(user)) : Answers.Missing(http);

    private static async Task<IResult> MeAsync(LiaisonDb db, CurrentViewer current, CancellationToken cancel)
    {
        var viewer = current.Viewer;
        var user = await db.Set<User>().AsNoTracking().SingleAsync(u => u.Id == viewer.UserId, cancel);
        return Answers.Json(new
        {
            user.Id, user.UserName, user.Name, user.Email, user.Level, user.Language, timeZone = user.Zone,
            permissions = viewer.MayAll ? null : viewer.Permissions.Order(StringComparer.Ordinal),
        });
    }

    private static object Written(Colleague user) => new { user.Id, user.Name, user.Email, user.Level, closed = user.IsClosed };
}
