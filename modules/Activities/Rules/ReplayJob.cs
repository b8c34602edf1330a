using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Jobs;

namespace Liaison.Activities;

/// <summary>What a replay after changed rules looks at.</summary>
public sealed record ReplayOrder(IReadOnlyList<long> Types, IReadOnlyList<ActivityOutcome> Outcomes);

/// <summary>After the rules changed: computes the status anew of every contact they concern.</summary>
internal sealed class ReplayJob : IJobHandler
{
    public const string Name = "activities.replay";

    public string Kind => Name;

    public Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var order = run.Payload<ReplayOrder>();
        return ReplayInBatches.RunAsync(run, after => RulesPreview.Affected(run.Db, order.Types, order.Outcomes, after), new StatusCause("rules"), cancel);
    }
}
