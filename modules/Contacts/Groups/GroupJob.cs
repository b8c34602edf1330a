using Liaison.Kernel.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Contacts.Groups;

/// <summary>How far a long order is.</summary>
public sealed record GroupProgress(int Total, long After, GroupResult Result);

/// <summary>Carries out an order for more contacts than a person wants to wait for; goes on after the last id it did.</summary>
internal sealed class GroupJob : IJobHandler
{
    public const string Name = "contacts.group";

    public string Kind => Name;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var order = run.Payload<GroupOrder>();
        var work = run.Services.GetRequiredService<GroupWork>();
        var pace = new Pace(run.Db, GroupWork.Most);
        var progress = run.Progress<GroupProgress>() ?? new GroupProgress(await work.CountAsync(order, cancel), 0, GroupResult.None);
        while (await work.NextAsync(order, progress.After, pace.Next, cancel) is { Count: > 0 } ids)
        {
            var before = progress;
            progress = await pace.InTransactionAsync(ids.Count, async () =>
            {
                var next = before with { After = ids[^1], Result = before.Result.Plus(await work.BatchAsync(order, ids, cancel)) };
                await run.HoldAsync(next, cancel);
                return next;
            }, cancel);
        }
    }
}
