using Liaison.Contacts;
using Liaison.Contacts.Api;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Api;

/// <summary>/api/v1/activities</summary>
internal static class ActivitiesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var activities = api.MapGroup("/activities").WithTags("activities");
        activities.MapGet("", ActivityListApi.ListAsync).Permission("activities.view").Lists<ActivityReply>("listActivities", ActivityListApi.Query)
            .Holds<long>("contactId").Holds<int>("rating").Holds<ActivityDirection>("direction").Holds<ActivityOutcome>("outcome").HoldsOneOf("sort", ActivityListApi.Sorts);
        activities.MapPost("", CreateAsync).Permission("activities.edit").Creates<ActivityInput, ActivityReply>("createActivity");
        activities.MapGet("/{id:long}", ShowAsync).Permission("activities.view").Gives<ActivityReply>("getActivity");
        activities.MapPut("/{id:long}", ReplaceAsync).Permission("activities.view").Permission("activities.edit").Changes<ActivityInput, ActivityReply>("replaceActivity");
        activities.MapPatch("/{id:long}", PatchAsync).Permission("activities.view").Permission("activities.edit").Changes<ActivityInput, ActivityReply>("changeActivity");
        activities.MapDelete("/{id:long}", DeleteAsync).Permission("activities.edit").Gives<EffectsReply>("deleteActivity").WithETag(false).ProducesProblem(412);
        activities.MapPost("/{id:long}/restoration", RestoreAsync).Permission("activities.view").Permission("activities.edit").Gives<ActivityReply>("restoreActivity");
        ResponsesApi.Map(api, activities);
    }

    private static Task<Dictionary<long, string>> TypesAsync(LiaisonDb db, CancellationToken cancel) =>
        db.Set<ActivityType>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Key, cancel);

    private static async Task<IResult> ShowAsync(HttpContext http, long id, LiaisonDb db, CancellationToken cancel)
    {
        var activity = await db.Activities().FirstOrDefaultAsync(a => a.Id == id, cancel);
        if (activity is null) return Answers.Missing(http);
        var type = await db.Set<ActivityType>().Where(t => t.Id == activity.TypeId).Select(t => t.Key).SingleAsync(cancel);
        return Answers.Versioned(http, ActivityReply.Of(activity, type), activity.Version);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel)
    {
        var input = await ApiJson.ReadAsync<ActivityInput>(http.Request, cancel);
        return await db.AgainAsync(async () =>
        {
            if (!await record.MayRecordAsync(input.ContactId, cancel))
            {
                if (await db.Contacts().AnyAsync(c => c.Id == input.ContactId, cancel)) return Answers.Forbidden(http);
                var problems = new Problems();
                problems.Add(nameof(input.ContactId), "api.error.missing");
                return Answers.Invalid(http, problems);
            }
            var done = await record.RunAsync(null, input, cancel);
            if (done.Record is not { } activity) return Answers.Invalid(http, done.Problems);
            return Answers.Created(http, $"activities/{activity.Id}", ActivityReply.Of(activity, input.Type!, Effect.Of(words, done.Effects)), activity.Version);
        });
    }

    private static async Task<IResult> ReplaceAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await ChangeAsync(http, id, db, record, words, now =>
        {
            var input = ApiJson.Convert<ActivityInput>(body);
            if (!body.ContainsKey("contactId")) input.ContactId = now.ContactId;
            input.OccurredAt ??= now.OccurredAt; // when it took place does not become now by being left out
            return input;
        }, cancel);
    }

    private static async Task<IResult> PatchAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await ChangeAsync(http, id, db, record, words, now => ApiJson.Merge(body, now), cancel);
    }

    private static Task<IResult> ChangeAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, Func<ActivityInput, ActivityInput> read, CancellationToken cancel) =>
        db.AgainAsync(async () =>
        {
            var activity = await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancel);
            if (activity is null) return Answers.Missing(http);
            if (activity.CreatedById != db.ViewerId && !await record.MayRecordAsync(activity.ContactId, cancel)) return Answers.Forbidden(http);
            if (!Answers.Matches(http, activity.Version)) return Answers.Stale(http);
            var input = read(ActivityInput.Of(activity, (await TypesAsync(db, cancel))[activity.TypeId]));
            if (input.ContactId != activity.ContactId) throw new BadFieldException("contactId", "activities.error.contactIsFixed");
            var done = await record.RunAsync(activity, input, cancel);
            if (done.Record is null) return Answers.Invalid(http, done.Problems);
            return Answers.Versioned(http, ActivityReply.Of(activity, input.Type!, Effect.Of(words, done.Effects)), activity.Version);
        });

    private static Task<IResult> DeleteAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel) =>
        db.AgainAsync(async () =>
        {
            var activity = await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancel);
            if (activity is null) return Answers.Missing(http);
            if (activity.CreatedById != db.ViewerId && !await record.MayRecordAsync(activity.ContactId, cancel)) return Answers.Forbidden(http);
            if (!Answers.Matches(http, activity.Version)) return Answers.Stale(http);
            return Answers.Json(new EffectsReply(Effect.Of(words, await record.DeleteAsync(activity, cancel))));
        });

    private static Task<IResult> RestoreAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel) =>
        db.AgainAsync(async () =>
        {
            var activity = await db.Set<Activity>().IgnoreQueryFilters([ActivityMapping.NotDeleted]).FirstOrDefaultAsync(a => a.Id == id, cancel);
            if (activity is null) return Answers.Missing(http);
            if (activity.CreatedById != db.ViewerId && !await record.MayRecordAsync(activity.ContactId, cancel)) return Answers.Forbidden(http);
            var changes = activity.DeletedAt is null ? [] : await record.RestoreAsync(activity, cancel);
            return Answers.Versioned(http, ActivityReply.Of(activity, (await TypesAsync(db, cancel))[activity.TypeId], Effect.Of(words, changes)), activity.Version);
        });
}
