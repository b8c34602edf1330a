using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Liaison.Kernel.Jobs;

/// <summary>Finds the viewer a job acts for; filled by the module that knows users.</summary>
public interface IViewerOfUser
{
    /// <summary>The viewer of an active user; nobody when the account is gone or closed.</summary>
    Task<Viewer> FindAsync(long userId, CancellationToken cancel);
}

/// <summary>Finds the viewer a command acts for; filled by the module that knows users.</summary>
public interface IViewerOfName
{
    /// <summary>The viewer of the open account with this user name or e-mail; without a name the first administrator. Null when there is none.</summary>
    Task<Viewer?> FindAsync(string? name, CancellationToken cancel);
}

/// <summary>
/// Claims due jobs with a lease and a fencing number, and runs them: of a kind one after the other, on all instances together (two imports of the same contacts would
/// not see what the other makes), so that long work of one kind does not hold up the others. Several instances may run beside each other.
/// </summary>
public sealed class JobWorker(Databases databases, IServiceScopeFactory scopes, ILogger<JobWorker> log, Texts.Localizer texts, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);
    private const int AtOnce = 4;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<(string Kind, Task Work)>();
        while (!stoppingToken.IsCancellationRequested)
        {
            running.RemoveAll(r => r.Work.IsCompleted);
            // Where the clock jumps, a lease may end while its job still runs here: it is not taken from oneself.
            var here = running.ConvertAll(r => r.Kind);
            var job = running.Count < AtOnce ? await SafelyAsync(() => ClaimAsync(stoppingToken, here: here), stoppingToken) : null;
            if (job is not null) running.Add((job.Kind, Task.Run(() => SafelyAsync(() => WorkAsync(job, stoppingToken), stoppingToken), CancellationToken.None)));
            else await Task.WhenAny([Task.Delay(Pause, stoppingToken), .. running.Select(r => r.Work)]);
        }
        await Task.WhenAll(running.Select(r => r.Work));
    }

    private async Task<T?> SafelyAsync<T>(Func<Task<T>> action, CancellationToken stopping)
    {
        try { return await action(); }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        catch (Exception e)
        {
            log.LogError(e, "The job worker could not reach the database; it tries again");
            await Task.Delay(TimeSpan.FromSeconds(2), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return default;
    }

    /// <summary>Runs one due job, if there is one.</summary>
    public async Task<bool> RunNextAsync(CancellationToken cancel)
    {
        var job = await ClaimAsync(cancel);
        return job is not null && await WorkAsync(job, cancel);
    }

    /// <summary>Runs this job if it is due and nobody has it.</summary>
    public async Task<bool> RunAsync(long jobId, CancellationToken cancel)
    {
        var job = await ClaimAsync(cancel, jobId);
        return job is not null && await WorkAsync(job, cancel);
    }

    private async Task<bool> WorkAsync(Job job, CancellationToken cancel)
    {
        try
        {
            // What ended the program itself leaves no error behind; it may not go on doing so.
            await AsUserAsync(job, (handler, run) => job.Attempts <= Job.Tries ? handler.RunAsync(run, cancel) : throw new JobFailedException(texts["jobs.error.ended", Job.Tries]), cancel);
            await FinishAsync(job, JobState.Done, null);
        }
        catch (LeaseLostException) { log.LogInformation("Job {Kind} {Id} was taken over or cancelled", job.Kind, job.Id); }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested) { await HandBackAsync(job); throw; }
        catch (JobFailedException e) { await GiveUpAsync(job, e, cancel); }
        catch (Exception e)
        {
            var tries = await TriesAsync(job);
            log.LogError(e, "Job {Kind} {Id} failed at try {Attempt}", job.Kind, job.Id, tries);
            if (tries >= Job.Tries) await GiveUpAsync(job, e, cancel);
            else await FinishAsync(job, JobState.Waiting, e.Message, clock.Now() + TimeSpan.FromSeconds(5 * Math.Pow(4, tries - 1)));
        }
        return true;
    }

    private async Task<Job?> ClaimAsync(CancellationToken cancel, long? jobId = null, List<string>? here = null)
    {
        here ??= [];
        await using var db = databases.Open(Viewer.System);
        var now = clock.Now();
        var free = db.Behind(others: false, now);
        var due = await free.AsNoTracking()
            .Where(j => (jobId == null || j.Id == jobId) && !here.Contains(j.Kind))
            .Where(j => (j.State == JobState.Waiting && j.DueAt <= now) || (j.State == JobState.Running && j.LeasedUntil < now))
            .OrderBy(j => j.DueAt).FirstOrDefaultAsync(cancel);
        if (due is null) return null;
        var fence = due.Fence + 1;
        var claimed = await db.InTransactionAsync(async () =>
        {
            await db.LockAsync("jobs of " + due.Kind, cancel: cancel);
            return await free.Where(j => j.Id == due.Id && j.Fence == due.Fence)
                .ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Running).SetProperty(j => j.Fence, fence)
                    .SetProperty(j => j.Attempts, j => j.Attempts + 1).SetProperty(j => j.LeasedUntil, now + JobRun.Lease), cancel);
        }, cancel);
        return claimed == 0 ? null : await db.Set<Job>().AsNoTracking().SingleAsync(j => j.Id == due.Id, cancel);
    }

    private async Task AsUserAsync(Job job, Func<IJobHandler, JobRun, Task> action, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var viewer = job.UserId == 0 ? Viewer.System : await scope.ServiceProvider.GetRequiredService<IViewerOfUser>().FindAsync(job.UserId, cancel);
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = viewer;
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture = viewer.Culture;
        var handler = scope.ServiceProvider.GetServices<IJobHandler>().FirstOrDefault(h => h.Kind == job.Kind)
            ?? throw new JobFailedException($"No part of this program handles jobs of kind {job.Kind}.");
        await action(handler, new JobRun(job, scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<LiaisonDb>()));
    }

    private async Task GiveUpAsync(Job job, Exception fault, CancellationToken cancel)
    {
        try { await AsUserAsync(job, (handler, run) => handler.GiveUpAsync(run, Why(job, fault), cancel), cancel); }
        catch (JobFailedException) { /* nobody handles it */ }
        await FinishAsync(job, JobState.Failed, fault.Message);
    }

    // In the words of who waits for it: what a library says of itself belongs in the log.
    private string Why(Job job, Exception fault) => fault is JobFailedException ? fault.Message : StorageFault.Of(fault) switch
    {
        StorageFault.Full => texts["jobs.error.full"],
        StorageFault.Disk => texts["jobs.error.disk"],
        StorageFault.Busy => texts["jobs.error.busy"],
        _ => texts["jobs.error.fault", job.Id],
    };

    // Stopped by the program's end: no try was lost.
    private Task HandBackAsync(Job job) => ChangeAsync(job, s => s.SetProperty(j => j.State, JobState.Waiting).SetProperty(j => j.DueAt, clock.Now()).SetProperty(j => j.LeasedUntil, (DateTime?)null)
        .SetProperty(j => j.Attempts, j => j.Attempts - 1));

    // A run that got on has set them back since it was claimed.
    private async Task<int> TriesAsync(Job job)
    {
        await using var db = databases.Open(Viewer.System);
        return await db.Set<Job>().Where(j => j.Id == job.Id).Select(j => j.Attempts).SingleAsync();
    }

    private Task FinishAsync(Job job, JobState state, string? error, DateTime? dueAgain = null)
    {
        DateTime? finished = state is JobState.Done or JobState.Failed ? clock.Now() : null;
        return ChangeAsync(job, s => s.SetProperty(j => j.State, state).SetProperty(j => j.Error, error).SetProperty(j => j.LeasedUntil, (DateTime?)null)
            .SetProperty(j => j.FinishedAt, finished).SetProperty(j => j.DueAt, j => dueAgain ?? j.DueAt));
    }

    // Only while it is ours.
    private async Task ChangeAsync(Job job, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<Job>> change)
    {
        await using var db = databases.Open(Viewer.System);
        await db.InTransactionAsync(() => db.Set<Job>().Where(j => j.Id == job.Id && j.Fence == job.Fence && j.State == JobState.Running).ExecuteUpdateAsync(change));
    }
}
