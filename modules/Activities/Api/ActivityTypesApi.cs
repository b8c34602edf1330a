using System.Globalization;
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
        types.MapPost("", CreateAsync).Permission("activities.configure").Creates<ActivityTypeInput, ActivityTypeReply>("createActivityType");
        types.MapPatch("/{id:long}", ChangeAsync).Permission("activities.configure").Changes<ActivityTypeInput, ActivityTypeReply>("changeActivityType");
        types.MapDelete("/{id:long}", DeleteAsync).Permission("activities.configure").DeletesOrReplaces("deleteActivityType");
    }

    private static async Task<IResult> ListAsync(HttpContext http, LiaisonDb db, Localizer texts, CancellationToken cancel) =>
        Answers.PageOf(http, (await db.Set<ActivityType>().AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel)).ConvertAll(t => Write(t, texts)), t => t.Id);

    private static async Task<IResult> ShowAsync(HttpContext http, long id, LiaisonDb db, Localizer texts, CancellationToken cancel)
    {
        var type = await db.Set<ActivityType>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancel);
        if (type is null) return Answers.Missing(http);
        return Tagged(http, type, texts);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, SaveType save, Localizer texts, CancellationToken cancel)
    {
        var (type, problems) = await save.RunAsync(null, await ApiJson.ReadAsync<ActivityTypeInput>(http.Request, cancel), cancel);
        if (type is null) return Answers.Invalid(http, problems);
        http.Response.Headers.Location = FormattableString.Invariant($"/api/v1/activity-types/{type.Id}");
        return Tagged(http, type, texts, 201);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, long id, LiaisonDb db, SaveType save, Localizer texts, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await db.InTransactionAsync(async () =>
        {
            if (await save.FindAsync(id, cancel) is not { } found) return Answers.Missing(http);
            if (!Answers.MatchesTag(http, Stamp(found))) return Answers.Stale(http);
            var (type, problems) = await save.RunAsync(found, ApiJson.Merge(body, ActivityTypeInput.Of(found)), cancel);
            return type is null ? Answers.Invalid(http, problems) : Tagged(http, type, texts);
        }, cancel);
    }

    private static Task<IResult> DeleteAsync(HttpContext http, long id, LiaisonDb db, SaveType save, ActivityTexts words, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        if (await save.FindAsync(id, cancel) is not { } type) return Answers.Missing(http);
        if (!Answers.MatchesTag(http, Stamp(type))) return Answers.Stale(http);
        var text = http.Request.Query["replaceWith"].ToString();
        var by = text.Length == 0 ? null
            : (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var other) && other != id ? await save.FindAsync(other, cancel) : null) ?? throw new BadFieldException("replaceWith", "api.error.replaceWith", text);
        return await save.DeleteAsync(type, by, cancel) is null ? Answers.Conflict(http, "types.inUse", words.Name(type)) : Answers.Done();
    }, cancel);

    private static IResult Tagged(HttpContext http, ActivityType type, Localizer texts, int status = 200) => Answers.Tagged(http, Write(type, texts), Stamp(type), status);

    private static string Stamp(ActivityType type) => $"{type.Key} {type.Name} {type.Icon} {type.Class} {type.AdvancesGroup} {type.Hidden} {type.Position}";

    private static ActivityTypeReply Write(ActivityType type, Localizer texts) =>
        new(type.Id, type.Key, type.Name ?? texts["activityType." + type.Key], type.Icon, type.Class, type.AdvancesGroup, type.Hidden, type.Position);
}
