using Liaison.Contacts;
using Liaison.Kernel.Api;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Tests.Host;

/// <summary>A server that keeps what it would have written on the console about faults.</summary>
public sealed class ListeningServer : LiaisonServer, ILoggerProvider, ILogger
{
    /// <summary>Warnings and errors.</summary>
    public List<string> Said { get; } = [];

    protected override void Configure(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(this);

    public ILogger CreateLogger(string categoryName) => this;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        lock (Said) Said.Add($"{eventId.Name} {formatter(state, exception)} {exception}");
    }

    public void Dispose() { }
}

/// <summary>What is done once a day, and what is left when the program stops.</summary>
public sealed class DailyTests(ListeningServer server) : HttpTests<ListeningServer>(server)
{
    [Fact]
    public async Task Old_work_is_forgotten_and_the_trash_emptied_once_a_day()
    {
        Server.Clock.Set(new DateTime(2030, 3, 1, 12, 0, 0, DateTimeKind.Utc));
        using var anna = Api(Cast.Anna);
        var (deleted, kept) = ((await anna.PostAsync("contacts", new { lastName = "Thrown" }, "first")).Expect(201), (await anna.PostAsync("contacts", new { lastName = "Kept" })).Expect(201));
        (await anna.DeleteAsync($"contacts/{deleted.Id}")).Expect(204);
        var (done, failed, stopped) = (await JobAsync(JobState.Done), await JobAsync(JobState.Failed), await JobAsync(JobState.Cancelled));
        var later = await JobAsync(JobState.Waiting, Server.Clock.Now.AddDays(400));
        await AskAsync();
        Assert.Equal([done, failed, stopped, later], await JobsAsync("test"));
        Assert.Equal(1, await OnceAsync("first"));

        Server.Clock.Advance(TimeSpan.FromHours(23));
        await AskAsync();
        Assert.Equal(1, await OnceAsync("first"));
        Assert.Equal("true", (await anna.PostAsync("contacts", new { lastName = "Thrown" }, "first")).Expect(201).Headers["Idempotency-Replayed"]);
        Server.Clock.Advance(TimeSpan.FromHours(24));
        (await anna.PostAsync("contacts", new { lastName = "Second" }, "second")).Expect(201);
        await AskAsync();
        await AskAsync();
        Assert.Equal((0, 1), (await OnceAsync("first"), await OnceAsync("second")));
        Assert.Equal((3, 3), ((await JobsAsync("contacts.emptyTrash")).Count, (await JobsAsync("kernel.forget")).Count));

        Server.Clock.Advance(TimeSpan.FromDays(ForgetOld.FinishedDays));
        await AskAsync();
        Assert.Equal([failed, later], await JobsAsync("test"));
        Assert.Equal((1, 1), ((await JobsAsync("contacts.emptyTrash")).Count, (await JobsAsync("kernel.forget")).Count));
        await using (var db = Db()) Assert.Equal([kept.Id], await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == deleted.Id || c.Id == kept.Id).Select(c => c.Id).ToListAsync());

        Server.Clock.Advance(TimeSpan.FromDays(ForgetOld.FailedDays));
        await AskAsync();
        Assert.Equal([later], await JobsAsync("test"));
    }

    [Fact]
    public async Task More_than_a_batch_of_replies_is_forgotten()
    {
        await using (var db = Db())
        {
            var at = Server.Clock.Now.AddDays(-3);
            for (var i = 0; i < 2500; i++) db.Add(new Once { Key = $"many {i}", UserId = Cast.Ben.Id, BodyHash = "", At = at.AddSeconds(i / 3) });
            db.Enqueue("kernel.forget", new ForgetOrder(Server.Clock.Now.AddDays(-2), Server.Clock.Now.AddDays(-30), Server.Clock.Now.AddDays(-90)));
            await db.SaveChangesAsync();
        }
        await Server.RunJobsAsync();
        await using var after = Db();
        Assert.Equal(0, await after.Set<Once>().CountAsync(o => o.Key.StartsWith("many ")));
    }

    [Fact]
    public async Task Stopping_is_no_failure()
    {
        await Server.RestartAsync();
        Assert.Empty(Server.Said);
    }

    private async Task AskAsync()
    {
        await Server.Services.GetRequiredService<DailyClock>().AskAsync(CancellationToken.None);
        await Server.RunJobsAsync();
    }

    private async Task<long> JobAsync(JobState state, DateTime? dueAt = null)
    {
        await using var db = Db();
        var job = db.Enqueue("test", new { }, dueAt);
        job.State = state;
        if (state is JobState.Done or JobState.Failed) job.FinishedAt = job.DueAt;
        await db.SaveChangesAsync();
        return job.Id;
    }

    private async Task<List<long>> JobsAsync(string kind)
    {
        await using var db = Db();
        return await db.Set<Job>().Where(j => j.Kind == kind && (kind == "test" || j.Key != null)).OrderBy(j => j.Id).Select(j => j.Id).ToListAsync();
    }

    private async Task<int> OnceAsync(string key)
    {
        await using var db = Db();
        return await db.Set<Once>().CountAsync(o => o.Key == key);
    }
}
