using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Host;

/// <summary>Work in the background: of a kind one after the other, of different kinds beside each other.</summary>
public sealed class JobsTests(JobsTests.BusyServer server) : HttpTests<JobsTests.BusyServer>(server)
{
    [Fact]
    public async Task Long_work_holds_up_its_own_kind_only()
    {
        Server.Clock.Stop(); // no lease ends meanwhile
        var worker = Server.Services.GetRequiredService<JobWorker>();
        var (first, second) = (await EnqueueAsync(Long.Name), await EnqueueAsync(Long.Name));
        await Eventually.TrueAsync(() => Server.Long.Begun.Count == 1, "the first long job begins");
        var quick = await EnqueueAsync(Quick.Name);
        await Eventually.TrueAsync(async () => await StateAsync(quick) == JobState.Done, "the quick job is done beside it");
        foreach (var job in new[] { first, second }) Assert.False(await worker.RunAsync(job, TestContext.Current.CancellationToken));
        Assert.Equal([first], Server.Long.Begun);
        Server.Long.MayEnd.SetResult();
        await Eventually.TrueAsync(async () => await StateAsync(second) == JobState.Done, "the second long job is done after it");
        Assert.Equal([first, second], Server.Long.Begun);
    }

    private async Task<long> EnqueueAsync(string kind)
    {
        await using var db = Db();
        var job = db.Enqueue(kind, new { });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return job.Id;
    }

    private async Task<JobState> StateAsync(long id)
    {
        await using var db = Db();
        return await db.Set<Job>().Where(j => j.Id == id).Select(j => j.State).SingleAsync(TestContext.Current.CancellationToken);
    }

    public sealed class BusyServer : LiaisonServer
    {
        internal Long Long { get; } = new();

        protected override void Configure(IServiceCollection services) => services.AddSingleton<IJobHandler>(Long).AddSingleton<IJobHandler, Quick>();
    }

    internal sealed class Long : IJobHandler
    {
        public const string Name = "tests.long";
        public List<long> Begun { get; } = [];
        public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public string Kind => Name;

        public Task RunAsync(JobRun run, CancellationToken cancel)
        {
            Begun.Add(run.Job.Id);
            return MayEnd.Task.WaitAsync(cancel);
        }
    }

    internal sealed class Quick : IJobHandler
    {
        public const string Name = "tests.quick";
        public string Kind => Name;

        public Task RunAsync(JobRun run, CancellationToken cancel) => Task.CompletedTask;
    }
}
