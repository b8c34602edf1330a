using Liaison.Kernel.Jobs;

namespace Liaison.Contacts.Lifecycle;

/// <summary>Asks for it: which contacts it is about is seen from the contacts.</summary>
internal sealed record LifecycleOrder;

/// <summary>After a type was given a lifecycle or lost it: its contacts get the status that follows from what was recorded, or none.</summary>
internal sealed class LifecycleJob : IJobHandler
{
    public const string Name = "contacts.lifecycle";

    public string Kind => Name;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var without = await run.Db.WithoutLifecycleAsync(cancel);
        await ReplayInBatches.RunAsync(run, after => run.Db.Unsettled(without).Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id), new StatusCause("lifecycle"), cancel);
    }
}
