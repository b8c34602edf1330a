using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Api;

/// <summary>A type of action.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Key">The word by which actions refer to it.</param>
/// <param name="Name">Name in the caller's language.</param>
/// <param name="Icon">Icon.</param>
/// <param name="Class">What its actions mean for the status.</param>
/// <param name="AdvancesGroup">Whether an action for many contacts at once advances each of them.</param>
/// <param name="Hidden">Not offered any more.</param>
/// <param name="Position">Place in the list.</param>
public sealed record ActivityTypeReply(long Id, string Key, string Name, string Icon, ActivityClass Class, bool AdvancesGroup, bool Hidden, int Position);

/// <summary>/api/v1/activity-types</summary>
internal static class ActivityTypesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var types = api.MapGroup("/activity-types").WithTags("activity-types");
        types.MapGet("", ListAsync).Permission("activities.view").Lists<ActivityTypeReply>("listActivityTypes");
        types.MapGet("/{id:long}", ShowAsync).Permission("activities.view").Gives<ActivityTypeReply>("getActivityType");
    }

    private static async Task<IResult> ListAsync(HttpContext http, LiaisonDb db, Localizer texts, CancellationToken cancel) =>
        Answers.Whole(http, (await db.Set<ActivityType>().AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel)).ConvertAll(t => Write(t, texts)));

    private static async Task<IResult> ShowAsync(HttpContext http, long id, LiaisonDb db, Localizer texts, CancellationToken cancel)
    {
        var type = await db.Set<ActivityType>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancel);
        if (type is null) return Answers.Missing(http);
        var reply = Write(type, texts);
        return Answers.Tagged(http, reply, reply.ToString());
    }

    private static ActivityTypeReply Write(ActivityType type, Localizer texts) =>
        new(type.Id, type.Key, type.Name ?? texts["activityType." + type.Key], type.Icon, type.Class, type.AdvancesGroup, type.Hidden, type.Position);
}
