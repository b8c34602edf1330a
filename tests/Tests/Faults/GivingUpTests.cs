using Liaison.Exchange;
using Liaison.Exchange.Imports;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Tests.Faults;

/// <summary>Work in the background that fails again and again is set aside where people see it, and one fault now and then does not count for ever.</summary>
public sealed class GivingUpTests(GivingUpTests.FaultyServer server) : HttpTests<GivingUpTests.FaultyServer>(server)
{
    [Fact]
    public async Task A_dry_run_that_cannot_be_done_leaves_the_file_to_be_tried_again()
    {
        using var api = Api(Cast.Anna);
        var id = (await api.UploadAsync("check.csv", Rows(2400))).Expect(201).Id;
        Server.Faults.FailAfter(1, times: Job.Tries);
        (await api.PostAsync($"imports/{id}/dry-run")).ExpectSuccess();
        await RunAllAsync(id);
        Assert.Equal("mapping", (await api.GetAsync($"imports/{id}"))["state"].GetString());
        var page = (await As(Cast.Anna).GetAsync($"/imports/{id}")).Expect(200);
        Assert.Contains("son journal technique", page.Find(".note.bad").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Faults.Message, page.Text, StringComparison.Ordinal);
        (await api.PostAsync($"imports/{id}/resumption")).ExpectSuccess();
        Assert.Equal("mapping", (await api.GetAsync($"imports/{id}"))["state"].GetString());
        Assert.Equal((2400, 0, 0, 0), await RunAsync(api, id));
    }

    [Fact]
    public async Task A_run_that_gets_on_between_its_faults_is_finished()
    {
        using var api = Api(Cast.Anna);
        var id = (await api.UploadAsync("on.csv", Rows(9500))).Expect(201).Id;
        // Each try does one batch more than the one before: nine faults, never two in the same place.
        Server.Faults.FailAfter(1, times: 9);
        Assert.Equal((9500, 0, 0, 0), await RunAsync(api, id));
        await using var db = Db();
        Assert.Equal(9500, await db.Set<Liaison.Contacts.Contact>().CountAsync(c => c.ImportId == id));
    }

    [Fact]
    public async Task Companies_that_rows_of_many_batches_name_are_made_once_whatever_fails()
    {
        using var api = Api(Cast.Anna);
        // Some are named by neighbours, so also by the last row of a batch and the first of the next one; others by rows far from each other.
        static string Company(int i) => i % 3 == 0 ? $"Far {i % 701}" : $"Near {i / 7}";
        var id = (await api.UploadAsync("many.csv", "Last name,Company\n" + string.Concat(Enumerable.Range(0, 7500).Select(i => $"Fellow{i},{Company(i)}\n")))).Expect(201).Id;
        Server.Faults.FailAfter(2, times: 3);
        Assert.Equal((7500, 0, 0, 0), await RunAsync(api, id));
        await using var db = Db();
        var made = db.Set<Liaison.Contacts.Contact>().Where(c => c.ImportId == id);
        var names = Enumerable.Range(0, 7500).Select(Company).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(names, (await made.Where(c => c.Kind == Liaison.Contacts.ContactKind.Company).Select(c => c.CompanyName!).ToListAsync()).Order(StringComparer.Ordinal));
        var links = await made.Where(c => c.Kind == Liaison.Contacts.ContactKind.Person).Select(c => new { c.LastName, Company = made.Where(m => m.Id == c.CompanyId).Select(m => m.CompanyName).FirstOrDefault() }).ToListAsync();
        Assert.Equal(7500, links.Count);
        Assert.All(links, l => Assert.Equal(Company(int.Parse(l.LastName!["Fellow".Length..], System.Globalization.CultureInfo.InvariantCulture)), l.Company));
        Assert.Equal((long)names.Count(), (await api.GetAsync($"imports/{id}"))["companies"].GetInt64());
    }

    [Fact]
    public async Task A_run_that_does_not_get_on_stops_and_goes_on_when_asked()
    {
        using var api = Api(Cast.Anna);
        var id = (await api.UploadAsync("stuck.csv", Rows(2500))).Expect(201).Id;
        Server.Faults.Parts.Clear();
        Server.Faults.FailAfter(1, times: 1 + Job.Tries, thenAfter: 0);
        (await api.PostAsync($"imports/{id}/run")).ExpectSuccess();
        await RunAllAsync(id);
        var stopped = await api.GetAsync($"imports/{id}");
        Assert.Equal("failed", stopped["state"].GetString());
        Assert.Contains("son journal technique", stopped["error"].GetString(), StringComparison.Ordinal);
        Assert.Equal((Server.Faults.Parts[0], 0, 0, 0), stopped.Counts());
        (await api.PostAsync($"imports/{id}/resumption")).ExpectSuccess();
        await RunAllAsync(id);
        Assert.Equal((2500, 0, 0, 0), (await api.GetAsync($"imports/{id}")).Counts());
    }

    [Fact]
    public async Task What_ends_the_program_each_time_is_not_tried_for_ever()
    {
        using var api = Api(Cast.Anna);
        var id = (await api.UploadAsync("ends.csv", Rows(10))).Expect(201).Id;
        // As the database is when the program died in its last try.
        await using (var db = Db())
        {
            db.Add(new Job { Kind = "import.run", Key = $"import:{id}:run:0", Payload = $$"""{"importId":{{id}},"dryRun":false}""", UserId = Cast.Anna.Id, CreatedAt = Server.Clock.Now, DueAt = Server.Clock.Now,
                State = JobState.Running, Attempts = Job.Tries, Fence = Job.Tries, LeasedUntil = Server.Clock.Now.AddSeconds(-1) });
            await db.SaveChangesAsync();
            await db.Set<Import>().Where(i => i.Id == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.State, ImportState.Running));
        }
        await RunAllAsync(id);
        var stopped = await api.GetAsync($"imports/{id}");
        Assert.Equal("failed", stopped["state"].GetString());
        Assert.Contains("5", stopped["error"].GetString(), StringComparison.Ordinal);
        Assert.Equal((10, 0, 0, 0), await RunAsync(api, id, "resumption"));
    }

    [Theory]
    [InlineData(true, 1, 100)]
    [InlineData(true, 0, 1000)]
    [InlineData(false, 1, 1000)]
    public async Task A_run_keeps_others_waiting_only_for_a_tenth_of_a_second(bool othersWrite, int millisecondsOfRow, int rows)
    {
        await using var other = Db();
        // On PostgreSQL nobody waits.
        var (first, found) = other.Engine == Engine.Sqlite ? (125, 3) : (rows = 1000, 0);
        var writes = new List<Task>();
        Server.Faults.Parts.Clear();
        Server.Faults.Meanwhile = count =>
        {
            Server.Clock.Advance(TimeSpan.FromMilliseconds(count * millisecondsOfRow));
            if (othersWrite) writes.Add(WriteAsync($"{writes.Count}"));
        };
        using var api = Api(Cast.Anna);
        var id = (await api.UploadAsync("pace.csv", Rows(3000 + (othersWrite ? 1 : 2) + millisecondsOfRow))).Expect(201).Id;
        await RunAsync(api, id);
        Server.Faults.Meanwhile = null;
        await Task.WhenAll(writes);
        Assert.Equal((first, rows), (Server.Faults.Parts[0], Server.Faults.Parts.Skip(found).Max()));

        async Task WriteAsync(string what)
        {
            await using var db = Db();
            await db.InTransactionAsync(() => db.Set<Job>().Where(j => j.State == JobState.Running).ExecuteUpdateAsync(s => s.SetProperty(j => j.Error, what)));
        }
    }

    private static string Rows(int count) => "Last name,E-mail\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"Fault{count}x{i},fault{i}@fault{count}.example\n"));

    private async Task<(long, long, long, long)> RunAsync(ApiClient api, long id, string verb = "run")
    {
        (await api.PostAsync($"imports/{id}/{verb}")).ExpectSuccess();
        await RunAllAsync(id);
        var import = await api.GetAsync($"imports/{id}");
        Assert.Equal("done", import["state"].GetString());
        return import.Counts();
    }

    // Time passes between the tries.
    private async Task RunAllAsync(long id)
    {
        var prefix = $"import:{id}:";
        await Eventually.TrueAsync(async () =>
        {
            await Server.RunJobsAsync();
            Server.Clock.Advance(TimeSpan.FromHours(2));
            await using var db = Db();
            return !await db.Set<Job>().AnyAsync(j => j.Key!.StartsWith(prefix) && (j.State == JobState.Waiting || j.State == JobState.Running));
        }, "no more tries");
    }

    /// <summary>A server whose imports can be made to fail.</summary>
    public sealed class FaultyServer : LiaisonServer
    {
        internal Faults Faults { get; } = new();

        protected override void Configure(IServiceCollection services)
        {
            services.AddSingleton(Faults).Configure<LoggerFilterOptions>(o => o.MinLevel = LogLevel.None);
            var target = services.Single(s => s.ServiceType == typeof(ImportTarget));
            services.Remove(target);
            services.AddScoped(target.ImplementationType!);
            services.AddScoped<ImportTarget>(p => new FaultyTarget((ImportTarget)p.GetRequiredService(target.ImplementationType!), Faults));
        }
    }
}
