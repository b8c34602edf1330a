using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Activities.Api;

/// <summary>/api/v1/settings/activities</summary>
internal static class ActivitySettingsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var settings = api.MapGroup("/settings/activities").WithTags("settings");
        settings.MapGet("", ShowAsync).Permission("activities.view").Gives<ActivitySettings>("getActivitySettings");
        settings.MapPatch("", ChangeAsync).Permission("activities.configure").Changes<ActivitySettings, ActivitySettings>("changeActivitySettings");
    }

    private static async Task<IResult> ShowAsync(HttpContext http, LiaisonDb db, CancellationToken cancel)
    {
        var now = await ActivitySettings.LoadAsync(db, cancel);
        return Answers.Tagged(http, now, now.ToString());
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, LiaisonDb db, ActivityTypes types, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await db.InTransactionAsync(async () =>
        {
            var now = await ActivitySettings.LoadAsync(db, cancel);
            if (!Answers.MatchesTag(http, now.ToString())) return Answers.Stale(http);
            var wanted = ApiJson.Merge(body, now);
            var problems = wanted.Validate();
            if (problems.Any) return Answers.Invalid(http, problems);
            await wanted.SaveAsync(db, types, cancel);
            return Answers.Tagged(http, wanted, wanted.ToString());
        }, cancel);
    }
}
