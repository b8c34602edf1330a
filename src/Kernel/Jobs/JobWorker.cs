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

/// <summary>Claims due jobs with a lease and a fencing number, one at a time, and runs them. Several instances may run beside each other.</summary>
public sealed class JobWorker(Databases databases, IServiceScopeFactory scopes, ILogger<JobWorker> log, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await RunNextAsync(stoppingToken)) await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogError(e, "The job worker could not reach the database; it tries again");
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
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
            await RunAsync(job, cancel);
            await FinishAsync(job, JobState.Done, null, null);
        }
        catch (LeaseLostException) { log.LogInformation("Job {Kind} {Id} was taken over or cancelled", job.Kind, job.Id); }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested) { await FinishAsync(job, JobState.Waiting, null, clock.Now()); throw; }
        catch (JobFailedException e) { await FinishAsync(job, JobState.Failed, e.Message, null); }
        catch (Exception e)
        {
            log.LogError(e, "Job {Kind} {Id} failed at try {Attempt}", job.Kind, job.Id, job.Attempts);
            if (job.Attempts >= Job.Tries) await FinishAsync(job, JobState.Failed, e.Message, null);
            else await FinishAsync(job, JobState.Waiting, e.Message, clock.Now() + TimeSpan.FromSeconds(5 * Math.Pow(4, job.Attempts - 1)));
        }
        return true;
    }

    private async Task<Job?> ClaimAsync(CancellationToken cancel, long? jobId = null)
    {
        await using var db = databases.Open(Viewer.System);
        var now = clock.Now();
        var due = await db.Set<Job>().AsNoTracking()
            .Where(j => jobId == null || j.Id == jobId)
            .Where(j => (j.State == JobState.Waiting && j.DueAt <= now) || (j.State == JobState.Running && j.LeasedUntil < now))
            .OrderBy(j => j.DueAt).FirstOrDefaultAsync(cancel);
        if (due is null) return null;
        var fence = due.Fence + 1;
        var claimed = await db.InTransactionAsync(() => db.Set<Job>().Where(j => j.Id == due.Id && j.Fence == due.Fence)
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Running).SetProperty(j => j.Fence, fence)
                .SetProperty(j => j.Attempts, j => j.Attempts + 1).SetProperty(j => j.LeasedUntil, now + JobRun.Lease), cancel), cancel);
        return claimed == 0 ? null : await db.Set<Job>().AsNoTracking().SingleAsync(j => j.Id == due.Id, cancel);
    }

    private async Task RunAsync(Job job, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var viewer = job.UserId == 0 ? Viewer.System : await scope.ServiceProvider.GetRequiredService<IViewerOfUser>().FindAsync(job.UserId, cancel);
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = viewer;
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture = viewer.Culture;
        var handler = scope.ServiceProvider.GetServices<IJobHandler>().FirstOrDefault(h => h.Kind == job.Kind)
            ?? throw new JobFailedException($"No part of this program handles jobs of kind {job.Kind}.");
        await handler.RunAsync(new JobRun(job, scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<LiaisonDb>()), cancel);
    }

    private async Task FinishAsync(Job job, JobState state, string? error, DateTime? dueAgain)
    {
        await using var db = databases.Open(Viewer.System);
        var now = clock.Now();
        DateTime? finished = state is JobState.Done or JobState.Failed ? now : null;
        await db.InTransactionAsync(() => db.Set<Job>().Where(j => j.Id == job.Id && j.Fence == job.Fence && j.State == JobState.Running)
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.State, state).SetProperty(j => j.Error, error).SetProperty(j => j.LeasedUntil, (DateTime?)null)
                .SetProperty(j => j.FinishedAt, finished).SetProperty(j => j.DueAt, j => dueAgain ?? j.DueAt)));
    }
}
