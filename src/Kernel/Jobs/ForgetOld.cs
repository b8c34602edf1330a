using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Kernel.Jobs;

/// <summary>Up to which moment what is left of past work is deleted.</summary>
/// <param name="Once">Replies kept for requests that come again.</param>
/// <param name="Finished">Jobs that were done, or stopped by a person.</param>
/// <param name="Failed">Jobs that were set aside with their error.</param>
public sealed record ForgetOrder(DateTime Once, DateTime Finished, DateTime Failed);

/// <summary>Deletes what is left of past work once nobody asks for it any more: finished jobs, and replies kept for requests that come again.</summary>
public sealed class ForgetOld : IJobHandler
{
    /// <summary>Days for which a job that was done or stopped can be looked at.</summary>
    public const int FinishedDays = 30;
    /// <summary>Days for which a job that failed is kept with its error.</summary>
    public const int FailedDays = 90;

    private const string Name = "kernel.forget";
    private const int Most = 1000;

    /// <summary>Asks for it every day.</summary>
    public static DailyJob Daily { get; } = new(Name, now => new ForgetOrder(now - Once.Kept, now.AddDays(-FinishedDays), now.AddDays(-FailedDays)));

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var (db, order) = (run.Db, run.Payload<ForgetOrder>());
        await RepeatAsync(run, count => OnceAsync(db, order.Once, count, cancel), cancel);
        foreach (var (state, before) in new[] { (JobState.Done, order.Finished), (JobState.Cancelled, order.Finished), (JobState.Failed, order.Failed) })
            await RepeatAsync(run, count => JobsAsync(db, state, before, count, cancel), cancel);
    }

    private static async Task RepeatAsync(JobRun run, Func<int, Task<bool>> delete, CancellationToken cancel)
    {
        var pace = new Pace(run.Db, Most);
        var isMore = true;
        while (isMore)
        {
            var count = pace.Next;
            isMore = await pace.InTransactionAsync(count, async () => { await run.HoldAsync(cancel: cancel); return await delete(count); }, cancel);
        }
    }

    // Whether there is more.
    private static async Task<bool> OnceAsync(LiaisonDb db, DateTime before, int count, CancellationToken cancel)
    {
        var old = db.Set<Once>().Where(o => o.At < before);
        var upTo = await old.OrderBy(o => o.At).Select(o => (DateTime?)o.At).Skip(count).FirstOrDefaultAsync(cancel);
        await (upTo is { } at ? old.Where(o => o.At <= at) : old).ExecuteDeleteAsync(cancel);
        return upTo is not null;
    }

    private static async Task<bool> JobsAsync(LiaisonDb db, JobState state, DateTime before, int count, CancellationToken cancel)
    {
        var ids = await db.Set<Job>().Where(j => j.State == state && j.DueAt < before && (j.FinishedAt == null || j.FinishedAt < before)).OrderBy(j => j.DueAt).Select(j => j.Id).Take(count).ToListAsync(cancel);
        return await db.Set<Job>().Where(j => ids.Contains(j.Id)).ExecuteDeleteAsync(cancel) == count;
    }
}
