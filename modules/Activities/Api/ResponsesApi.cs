using Liaison.Contacts.Api;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Api;

/// <summary>/api/v1/activities/{id}/responses and /api/v1/responses</summary>
internal static class ResponsesApi
{
    private const string Order = "occurredAt";

    public static void Map(RouteGroupBuilder api, RouteGroupBuilder activities)
    {
        activities.MapGet("/{id:long}/responses", ListAsync).Permission("activities.view").Lists<ResponseReply>("listResponses").ProducesProblem(404);
        activities.MapPost("/{id:long}/responses", CreateAsync).Permission("activities.edit").Creates<ResponseInput, ResponseReply>("createResponse").ProducesProblem(404);
        var responses = api.MapGroup("/responses").WithTags("activities");
        responses.MapGet("/{id:long}", ShowAsync).Permission("activities.view").Gives<ResponseReply>("getResponse");
        responses.MapPut("/{id:long}", ReplaceAsync).Permission("activities.view").Permission("activities.edit").Changes<ResponseInput, ResponseReply>("replaceResponse");
        responses.MapPatch("/{id:long}", PatchAsync).Permission("activities.view").Permission("activities.edit").Changes<ResponseInput, ResponseReply>("changeResponse");
        responses.MapDelete("/{id:long}", DeleteAsync).Permission("activities.edit").Gives<EffectsReply>("deleteResponse").WithETag(false).ProducesProblem(412);
        responses.MapPost("/{id:long}/restoration", RestoreAsync).Permission("activities.view").Permission("activities.edit").Gives<ResponseReply>("restoreResponse");
    }

    // A response of a deleted action is as gone as the action.
    private static IQueryable<Response> Seen(LiaisonDb db, bool deleted = false)
    {
        var responses = deleted ? db.Set<Response>().IgnoreQueryFilters([ActivityMapping.NotDeleted]) : db.Set<Response>();
        var activities = deleted ? db.Set<Activity>().IgnoreQueryFilters([ActivityMapping.NotDeleted]) : db.Set<Activity>();
        return responses.Where(r => activities.Any(a => a.Id == r.ActivityId && a.DeletedAt == null));
    }

    private static async Task<IResult> ListAsync(HttpContext http, long id, LiaisonDb db, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        if (!await db.Activities().AnyAsync(a => a.Id == id, cancel)) return Answers.Missing(http);
        var responses = db.Set<Response>().AsNoTracking().Where(r => r.ActivityId == id);
        var count = await responses.Take(CappedCount.Limit + 1).CountAsync(cancel);
        if (Answers.Place(http, Order) is { } place)
        {
            var (at, last) = (place.Moment ?? throw new BadFieldException("cursor", "api.error.cursor"), place.Id);
            responses = responses.Where(r => r.OccurredAt >= at && (r.OccurredAt > at || r.Id > last));
        }
        var rows = await responses.OrderBy(r => r.OccurredAt).ThenBy(r => r.Id).Take(limit + 1).ToListAsync(cancel);
        var next = rows.Count > limit ? Answers.After(http, Order, Cursor.KeyOf(rows[limit - 1].OccurredAt), rows[limit - 1].Id) : null;
        return Answers.List(rows.Take(limit).Select(r => ResponseReply.Of(r)).ToList(), next, CappedCount.Of(count));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, long id, LiaisonDb db, CancellationToken cancel) =>
        await Seen(db).AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel) is { } response
            ? Answers.Versioned(http, ResponseReply.Of(response), response.Version) : Answers.Missing(http);

    private static async Task<IResult> CreateAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel)
    {
        var input = await ApiJson.ReadAsync<ResponseInput>(http.Request, cancel);
        return await db.AgainAsync(async () =>
        {
            var activity = await db.Activities().FirstOrDefaultAsync(a => a.Id == id, cancel);
            if (activity is null) return Answers.Missing(http);
            if (!await record.MayRecordAsync(activity.ContactId, cancel)) return Answers.Forbidden(http);
            var done = await record.RespondAsync(activity, null, input.Text, Cut(input.OccurredAt), cancel);
            if (done.Record is not { } response) return Answers.Invalid(http, done.Problems);
            return Answers.Created(http, $"responses/{response.Id}", ResponseReply.Of(response, Effect.Of(words, done.Effects)), response.Version);
        });
    }

    private static async Task<IResult> ReplaceAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel)
    {
        var input = await ApiJson.ReadAsync<ResponseInput>(http.Request, cancel);
        return await ChangeAsync(http, id, db, record, words, now => new() { Text = input.Text, OccurredAt = input.OccurredAt ?? now.OccurredAt }, cancel);
    }

    private static async Task<IResult> PatchAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await ChangeAsync(http, id, db, record, words, now => ApiJson.Merge(body, now), cancel);
    }

    private static Task<IResult> ChangeAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, Func<ResponseInput, ResponseInput> read, CancellationToken cancel) =>
        db.AgainAsync(async () =>
        {
            var response = await Seen(db).FirstOrDefaultAsync(r => r.Id == id, cancel);
            if (response is null) return Answers.Missing(http);
            if (response.CreatedById != db.ViewerId && !await record.MayRecordAsync(response.ContactId, cancel)) return Answers.Forbidden(http);
            if (!Answers.Matches(http, response.Version)) return Answers.Stale(http);
            var input = read(new() { Text = response.Text, OccurredAt = response.OccurredAt });
            var activity = await db.Activities().SingleAsync(a => a.Id == response.ActivityId, cancel);
            var done = await record.RespondAsync(activity, response, input.Text, Cut(input.OccurredAt), cancel);
            if (done.Record is null) return Answers.Invalid(http, done.Problems);
            return Answers.Versioned(http, ResponseReply.Of(response, Effect.Of(words, done.Effects)), response.Version);
        });

    private static Task<IResult> DeleteAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel) =>
        db.AgainAsync(async () =>
        {
            var response = await Seen(db).FirstOrDefaultAsync(r => r.Id == id, cancel);
            if (response is null) return Answers.Missing(http);
            if (response.CreatedById != db.ViewerId && !await record.MayRecordAsync(response.ContactId, cancel)) return Answers.Forbidden(http);
            if (!Answers.Matches(http, response.Version)) return Answers.Stale(http);
            return Answers.Json(new EffectsReply(Effect.Of(words, await record.SetDeletedAsync(response, true, cancel))));
        });

    private static Task<IResult> RestoreAsync(HttpContext http, long id, LiaisonDb db, RecordActivity record, StatusTexts words, CancellationToken cancel) =>
        db.AgainAsync(async () =>
        {
            var response = await Seen(db, deleted: true).FirstOrDefaultAsync(r => r.Id == id, cancel);
            if (response is null) return Answers.Missing(http);
            if (response.CreatedById != db.ViewerId && !await record.MayRecordAsync(response.ContactId, cancel)) return Answers.Forbidden(http);
            var changes = response.DeletedAt is null ? [] : await record.SetDeletedAsync(response, false, cancel);
            return Answers.Versioned(http, ResponseReply.Of(response, Effect.Of(words, changes)), response.Version);
        });

    // To the microsecond that both databases keep.
    private static DateTime? Cut(DateTime? moment) => moment is { } at ? new DateTime(at.Ticks - (at.Ticks % 10), DateTimeKind.Utc) : null;
}
