using Liaison.Contacts;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Liaison.Kernel.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Harness;

/// <summary>The real program in this process, on a free port, with a database of its own. One per test class.</summary>
public class LiaisonServer : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private WebApplication _app = null!;

    /// <summary>Its clock.</summary>
    public FakeClock Clock { get; } = new();

    /// <summary>The SQL it sends.</summary>
    public SentSql Sql { get; } = new();

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Its database.</summary>
    public DatabaseSettings Database => _database.Settings;

    /// <summary>Folder of extensions, none unless a test says so.</summary>
    protected virtual string? ExtensionsFolder => null;

    /// <summary>The database it starts on.</summary>
    protected virtual Task<TestDatabase> DatabaseAsync() => TestDatabase.CopyAsync();

    /// <summary>Adds or replaces services.</summary>
    protected virtual void Configure(IServiceCollection services) { }

    public virtual async ValueTask InitializeAsync()
    {
        _database = await DatabaseAsync();
        await StartAsync();
    }

    /// <summary>Stops and starts again on the same database.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_app is not null) await NotesAreRightAsync();
        }
        finally
        {
            if (_app is not null) await StopAsync();
            if (_database is not null) await _database.DisposeAsync();
            GC.SuppressFinalize(this);
        }
    }

    // Whatever the tests of a class did: what contacts note of their tags and responsible users is what these are.
    private async Task NotesAreRightAsync()
    {
        await using var db = Db();
        var tags = (await db.Set<Tag>().Select(t => t.Id).ToListAsync()).ToHashSet();
        var parts = (await db.Set<ContactTag>().Select(t => new { t.ContactId, Id = t.TagId }).Concat(db.Set<ContactResponsible>().Select(r => new { r.ContactId, Id = -r.UserId })).ToListAsync())
            .ToLookup(p => p.ContactId, p => p.Id);
        var wrong = (await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.PartsMark != null).Select(c => new { c.Id, c.PartsMark }).ToListAsync())
            .Where(c => !c.PartsMark!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).Where(id => id < 0 || tags.Contains(id)).SequenceEqual(parts[c.Id].Order()))
            .Select(c => $"contact {c.Id} notes \"{c.PartsMark}\" and has \"{string.Join(' ', parts[c.Id].Order())}\"").Take(5).ToList();
        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
    }

    /// <summary>A browser in which this person is signed in.</summary>
    public Browserlike As(Person person) => new(this, person);

    /// <summary>The API with this person's token.</summary>
    public ApiClient Api(Person person) => new(Address, person);

    /// <summary>The database as the program itself sees it, or a viewer.</summary>
    public LiaisonDb Db(Viewer? viewer = null) => Services.GetRequiredService<Databases>().Open(viewer ?? Viewer.System);

    /// <summary>Runs a service for somebody, as a request would.</summary>
    public async Task<T> InScopeAsync<T>(Viewer viewer, Func<IServiceProvider, Task<T>> action)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = viewer;
        return await action(scope.ServiceProvider);
    }

    /// <summary>Runs a command of the command line inside this process; returns its exit code.</summary>
    public Task<int> RunAsync(string command, params string[] arguments) => InScopeAsync(Viewer.System, services =>
    {
        var called = services.GetRequiredService<ModuleList>().All.SelectMany(m => m.Commands).Single(c => c.Name == command);
        return called.RunAsync(services, called.Parse(arguments));
    });

    /// <summary>Runs due jobs until none is due or running.</summary>
    public Task RunJobsAsync() => Eventually.TrueAsync(async () =>
    {
        while (await Services.GetRequiredService<JobWorker>().RunNextAsync(CancellationToken.None)) { }
        await using var db = Db();
        var now = Clock.Now;
        return !await db.Set<Job>().AnyAsync(j => j.State == JobState.Running || (j.State == JobState.Waiting && j.DueAt <= now));
    }, "all jobs are done");

    private async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private async Task StartAsync()
    {
        _app = _database.Build(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.ConfigureDbContext<LiaisonDb>(options => options.AddInterceptors(Sql, FilterGuard.Instance));
            Configure(services);
        }, ExtensionsFolder);
        if (ExtensionsFolder is not null) await Services.GetRequiredService<Migrator>().RunAsync();
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }
}

/// <summary>Tests that talk to the server as its users do.</summary>
public abstract class HttpTests<TServer>(TServer server) : IClassFixture<TServer> where TServer : LiaisonServer
{
    protected TServer Server { get; } = server;

    /// <summary>A browser in which this person is signed in.</summary>
    protected Browserlike As(Person person) => Server.As(person);

    /// <summary>The API with this person's token.</summary>
    protected ApiClient Api(Person person) => Server.Api(person);

    /// <summary>The database as the program itself sees it.</summary>
    protected LiaisonDb Db() => Server.Db();
}

/// <inheritdoc/>
public abstract class HttpTests(LiaisonServer server) : HttpTests<LiaisonServer>(server);
