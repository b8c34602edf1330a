using System.Globalization;
using System.Text.Json;
using Liaison.Access;
using Liaison.Contacts.Groups;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Api;

/// <summary>How far an operation on many contacts is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Operation">What is done.</param>
/// <param name="State">waiting, running, done, failed, cancelled.</param>
/// <param name="Total">How many contacts it is about; null until it begins.</param>
/// <param name="Done">How many are done.</param>
/// <param name="Refused">How many the caller does not see or may not change; for an undo, how many changed meanwhile.</param>
/// <param name="Changed">How many of those done were not so before, and can be taken back.</param>
public sealed record ContactBatchReply(long Id, GroupOperation Operation, JobState State, int? Total, int Done, int Refused, int Changed);

/// <summary>/api/v1/contact-batches: the same for many contacts; more than a few go on in the background.</summary>
internal static class ContactBatchesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var batches = api.MapGroup("/contact-batches").WithTags("contact-batches");
        batches.MapPost("", CreateAsync).Permission("contacts.edit").Creates<ContactBatchInput, ContactBatchReply>("createContactBatch").ProducesProblem(409);
        batches.MapGet("/{id:long}", ShowAsync).Permission("contacts.edit").Gives<ContactBatchReply>("getContactBatch");
        batches.MapPost("/{id:long}/undo", UndoAsync).Permission("contacts.edit").Gives<ContactBatchReply>("undoContactBatch").ProducesProblem(409);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, LiaisonDb db, GroupWork work, Users users, CancellationToken cancel)
    {
        var input = await ApiJson.ReadAsync<ContactBatchInput>(http.Request, cancel);
        var problems = await input.ValidateAsync(db.Viewer, users, cancel);
        if (problems.Any) return Answers.Invalid(http, problems);
        if (input.Operation == GroupOperation.Delete && !db.Viewer.May("contacts.delete")) return Answers.Problem(http, 403, "api.error.forbidden");
        var order = input.ToOrder();
        var count = await work.CountAsync(order, cancel);
        if (input.Count is { } expected && expected != count) return Answers.Conflict(http, "contacts.batch.count", count);
        var job = await StartAsync(db, work, order with { Batch = await db.NewBatchAsync(cancel) }, count, cancel);
        http.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"/api/v1/contact-batches/{job.Id}");
        return Tagged(http, job, 201);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, long id, LiaisonDb db, CancellationToken cancel) =>
        await FindAsync(db, id, cancel) is { } job ? Tagged(http, job) : Answers.Missing(http);

    private static async Task<IResult> UndoAsync(HttpContext http, long id, LiaisonDb db, GroupWork work, CancellationToken cancel)
    {
        if (await FindAsync(db, id, cancel) is not { } job) return Answers.Missing(http);
        var order = new GroupOrder(GroupOperation.Undo) { Batch = OrderOf(job).Batch };
        var count = OrderOf(job).Operation == GroupOperation.Undo || job.State is JobState.Waiting or JobState.Running ? 0 : await work.CountAsync(order, cancel);
        return count == 0 ? Answers.Conflict(http, "contacts.batch.noUndo") : Tagged(http, await StartAsync(db, work, order, count, cancel));
    }

    private static IResult Tagged(HttpContext http, Job job, int status = 200)
    {
        var reply = Write(job);
        return Answers.Tagged(http, reply, reply.ToString(), status);
    }

    // What is done at once leaves the same trace as what goes on in the background.
    private static Task<Job> StartAsync(LiaisonDb db, GroupWork work, GroupOrder order, int count, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var job = db.Enqueue(GroupJob.Name, count <= GroupModel.AtOnce ? order : await work.LaterAsync(order, cancel));
        if (count <= GroupModel.AtOnce)
        {
            var result = await work.RunAsync(order, cancel);
            (job.State, job.FinishedAt, job.Progress) = (JobState.Done, job.CreatedAt, JsonSerializer.Serialize(new GroupProgress(count, 0, result), Journaling.Json));
        }
        await db.SaveChangesAsync(cancel);
        return job;
    }, cancel);

    private static Task<Job?> FindAsync(LiaisonDb db, long id, CancellationToken cancel)
    {
        var viewer = db.ViewerId;
        return db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Id == id && j.Kind == GroupJob.Name && j.UserId == viewer, cancel);
    }

    private static GroupOrder OrderOf(Job job) => JsonSerializer.Deserialize<GroupOrder>(job.Payload, Journaling.Json)!;

    private static ContactBatchReply Write(Job job)
    {
        var progress = job.Progress is null ? null : JsonSerializer.Deserialize<GroupProgress>(job.Progress, Journaling.Json);
        var result = progress?.Result ?? GroupResult.None;
        return new(job.Id, OrderOf(job).Operation, job.State, progress?.Total, result.Done, result.Refused, result.Changed);
    }
}
