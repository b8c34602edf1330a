using System.Text.Json;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Kernel.Jobs;

/// <summary>A job while a worker holds it.</summary>
public sealed class JobRun(Job job, IServiceProvider services, LiaisonDb db)
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The job as it was claimed.</summary>
    public Job Job => job;
    /// <summary>Services of this run's scope; its viewer is the user who asked.</summary>
    public IServiceProvider Services => services;
    /// <summary>The database as that user sees it.</summary>
    public LiaisonDb Db => db;

    /// <summary>The payload.</summary>
    public T Payload<T>() => JsonSerializer.Deserialize<T>(job.Payload, Journal.Journaling.Json)!;

    /// <summary>What an earlier try reported, or default.</summary>
    public T? Progress<T>() => job.Progress is null ? default : JsonSerializer.Deserialize<T>(job.Progress, Journal.Journaling.Json);

    /// <summary>
    /// Works through records by their ids, each batch of at most <paramref name="most"/> in a transaction; a later try goes on after the last one. <paramref name="batch"/>
    /// takes the id it has come to and how many records are next, and gives the id it comes to; null when nothing is left.
    /// </summary>
    public async Task WalkAsync(long start, int most, Func<long, int, Task<long?>> batch, CancellationToken cancel)
    {
        var pace = new Pace(db, most);
        var (next, count) = (Progress<Walked>()?.At ?? start, pace.Next);
        while (await pace.InTransactionAsync(count, async () =>
        {
            var come = await batch(next, count);
            if (come is not null) await HoldAsync(new Walked(come), cancel);
            return come;
        }, cancel) is { } at)
        {
            (next, count) = (at, pace.Next);
            db.ChangeTracker.Clear();
        }
    }

    private sealed record Walked(long? At);

    /// <summary>
    /// Prolongs the lease and stores progress, in the current transaction. Call it in each transaction of the work: what the
    /// transaction writes then commits only if the job is still ours. With progress, something is done that no later try repeats, so the
    /// tries are counted anew.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker took over, or a person cancelled.</exception>
    public Task HoldAsync(object? progress = null, CancellationToken cancel = default) => HoldAsync(db, progress, cancel);

    /// <summary>The same in the transaction of another context, for work that writes on several connections.</summary>
    /// <exception cref="LeaseLostException">Another worker took over, or a person cancelled.</exception>
    public async Task HoldAsync(LiaisonDb within, object? progress, CancellationToken cancel = default)
    {
        if (progress is not null) job.Progress = JsonSerializer.Serialize(progress, Journal.Journaling.Json);
        var until = db.Clock.Now() + Lease;
        var held = await within.Set<Job>().Where(j => j.Id == job.Id && j.Fence == job.Fence && j.State == JobState.Running)
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.LeasedUntil, until).SetProperty(j => j.Progress, job.Progress)
                .SetProperty(j => j.Attempts, j => progress == null ? j.Attempts : 1), cancel);
        if (held == 0) throw new LeaseLostException();
    }
}
