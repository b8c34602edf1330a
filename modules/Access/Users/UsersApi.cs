using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>An account as others see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Display name.</param>
/// <param name="Email">E-mail, if it has one.</param>
/// <param name="Level">Administrator or user.</param>
/// <param name="Closed">Whether it may no longer sign in.</param>
public sealed record UserReply(long Id, string Name, string? Email, Level Level, bool Closed);

/// <summary>The account a token acts for.</summary>
/// <param name="Id">Identity.</param>
/// <param name="UserName">What it signs in with.</param>
/// <param name="Name">Display name.</param>
/// <param name="Email">E-mail, if it has one.</param>
/// <param name="Level">Administrator or user.</param>
/// <param name="Language">Language of its pages.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Permissions">What the token may do; null for everything.</param>
public sealed record MeReply(long Id, string? UserName, string Name, string? Email, Level Level, string Language, string TimeZone, IReadOnlyList<string>? Permissions);

/// <summary>/api/v1/users and /api/v1/me</summary>
internal static class UsersApi
{
    private const string Order = "id";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/users", ListAsync).Permission("users.view").WithTags("users").Lists<UserReply>("listUsers", "q");
        api.MapGet("/users/{id:long}", ShowAsync).Permission("users.view").WithTags("users").Gives<UserReply>("getUser");
        api.MapGet("/me", MeAsync).SignedIn().WithTags("me").Gives<MeReply>("getMe").WithETag(false);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Users users, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var found = (await users.ActiveAsync(cancel)).AsEnumerable();
        if (http.Request.Query["q"].ToString() is { Length: > 0 } q)
            found = found.Where(u => SearchText.Fold(u.Name + " " + u.Email).Contains(SearchText.Fold(q), StringComparison.Ordinal));
        var all = found.OrderBy(u => u.Id).ToList();
        var after = Answers.Place(http, Order)?.Id ?? 0;
        var page = all.Where(u => u.Id > after).Take(limit + 1).ToList();
        var next = page.Count > limit ? Answers.After(http, Order, "", page[limit - 1].Id) : null;
        return Answers.List(page.Take(limit).Select(Write).ToList(), next, CappedCount.Of(all.Count));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, long id, Users users, CancellationToken cancel) =>
        (await users.AllAsync(cancel)).TryGetValue(id, out var user) ? Answers.Tagged(http, Write(user), user.ToString()) : Answers.Missing(http);

    private static async Task<IResult> MeAsync(LiaisonDb db, CurrentViewer current, CancellationToken cancel)
    {
        var viewer = current.Viewer;
        var user = await db.Set<User>().AsNoTracking().SingleAsync(u => u.Id == viewer.UserId, cancel);
        return Answers.Json(new MeReply(user.Id, user.UserName, user.Name, user.Email, user.Level, user.Language, user.Zone,
            viewer.MayAll ? null : [.. viewer.Permissions.Order(StringComparer.Ordinal)]));
    }

    private static UserReply Write(Colleague user) => new(user.Id, user.Name, user.Email, user.Level, user.IsClosed);
}
