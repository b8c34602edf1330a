using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Liaison.Kernel.Jobs;

/// <summary>Background work to be done once a day; a module registers one beside its handler.</summary>
/// <param name="Kind">Names the handler.</param>
/// <param name="Payload">What to work on, as seen at this moment (UTC).</param>
public sealed record DailyJob(string Kind, Func<DateTime, object> Payload);

/// <summary>Asks for the daily work; whichever instance comes first asks for all.</summary>
public sealed class DailyClock(IEnumerable<DailyJob> jobs, Databases databases, ILogger<DailyClock> log, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try { await AskAsync(stoppingToken); }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e) { log.LogWarning(e, "The daily work could not be asked for; it is tried again"); }
        }
    }

    /// <summary>Asks for today's work, as far as it was not asked for already.</summary>
    public async Task AskAsync(CancellationToken cancel)
    {
        foreach (var job in jobs)
        {
            await using var db = databases.Open(Viewer.System);
            var now = clock.Now();
            var key = job.Kind + " " + now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (await db.Set<Job>().AnyAsync(j => j.Key == key, cancel)) continue;
            db.Enqueue(job.Kind, job.Payload(now), key: key);
            await db.SaveChangesAsync(cancel);
        }
    }
}
