using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Activities;

/// <summary>What a replay after changed rules looks at.</summary>
public sealed record ReplayOrder(IReadOnlyList<long> Types, IReadOnlyList<ActivityOutcome> Outcomes);

/// <summary>How far a replay is.</summary>
public sealed record ReplayProgress(int Total, int Done, int Changed, long After);

/// <summary>After the rules changed: computes the status anew of every contact they concern, a thousand at a time; goes on after the last id it did.</summary>
internal sealed class ReplayJob : IJobHandler
{
    public const string Name = "activities.replay";
    private const int Batch = 1000;

    public string Kind => Name;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var (db, order) = (run.Db, run.Payload<ReplayOrder>());
        var replay = run.Services.GetRequiredService<StatusReplay>();
        var progress = run.Progress<ReplayProgress>() ?? new ReplayProgress(await RulesPreview.Affected(db, order.Types, order.Outcomes, 0).CountAsync(cancel), 0, 0, 0);
        while (await RulesPreview.Affected(db, order.Types, order.Outcomes, progress.After).Take(Batch).ToListAsync(cancel) is { Count: > 0 } ids)
        {
            var before = progress;
            progress = await db.InTransactionAsync(async () =>
            {
                var changes = await replay.RunAsync(ids, new StatusCause("rules"), cancel);
                var after = before with { Done = before.Done + ids.Count, Changed = before.Changed + changes.Count, After = ids[^1] };
                await run.HoldAsync(after, cancel);
                return after;
            }, cancel);
            db.ChangeTracker.Clear();
        }
        await db.InTransactionAsync(() => run.HoldAsync(progress, cancel), cancel);
    }
}
