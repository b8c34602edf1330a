using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Contacts.Lifecycle;

/// <summary>How far a replay is.</summary>
/// <param name="Total">How many contacts it is about.</param>
/// <param name="Done">How many it has looked at.</param>
/// <param name="Changed">How many have another status.</param>
/// <param name="After">The last contact that was looked at.</param>
public sealed record ReplayProgress(int Total, int Done, int Changed, long After)
{
    /// <summary>The first contacts that became clients: somebody may be asked about those they belong to.</summary>
    public IReadOnlyList<long> Clients { get; init; } = [];
}

/// <summary>Computes the status anew of many contacts, at most a thousand at a time; goes on after the last one it did.</summary>
public static class ReplayInBatches
{
    private const int Most = 1000;
    private const int MostClients = 50;

    /// <summary>Does it, as the work of a job. <paramref name="affected"/> gives the ids after an id, ascending.</summary>
    public static async Task RunAsync(JobRun run, Func<long, IQueryable<long>> affected, StatusCause trigger, CancellationToken cancel)
    {
        var db = run.Db;
        var replay = run.Services.GetRequiredService<StatusReplay>();
        var pace = new Pace(db, Most);
        var progress = run.Progress<ReplayProgress>() ?? new ReplayProgress(await affected(0).CountAsync(cancel), 0, 0, 0);
        while (await affected(progress.After).Take(pace.Next).ToListAsync(cancel) is { Count: > 0 } ids)
        {
            var before = progress;
            progress = await pace.InTransactionAsync(ids.Count, async () =>
            {
                var changes = await replay.RunAsync(ids, trigger, cancel);
                var clients = changes.Where(c => c is { IsMove: true, To: ContactStatus.Client, Cause.Type: not ("manual" or StatusCause.RelatedSale) }).Select(c => c.ContactId);
                var moved = changes.Where(c => c.IsMove).Select(c => c.ContactId).ToList();
                // Those in the trash follow, and nobody sees them.
                var after = before with { Done = before.Done + ids.Count, Changed = before.Changed + (moved.Count == 0 ? 0 : await db.Contacts().CountAsync(c => moved.Contains(c.Id), cancel)), After = ids[^1], Clients = [.. before.Clients.Concat(clients).Take(MostClients)] };
                await run.HoldAsync(after, cancel);
                return after;
            }, cancel);
            db.ChangeTracker.Clear();
        }
        await db.InTransactionAsync(() => run.HoldAsync(progress, cancel), cancel);
    }
}
