using Liaison.Contacts;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Tests.Faults;

/// <summary>While the database cannot work, the program says so and lives; when it can again, everything goes on without a restart and nothing is lost or doubled.</summary>
public sealed class OutageTests(OutageTests.FragileServer server) : HttpTests<OutageTests.FragileServer>(server)
{
    [Theory]
    [MemberData(nameof(Outage.Kinds), MemberType = typeof(Outage))]
    public async Task The_program_survives_an_outage_of_its_database(string kind)
    {
        using var api = Api(Cast.Anna);
        (await api.PostAsync("contacts", new { lastName = "Before" + kind })).Expect(201);
        Server.Outage.Begin(kind);
        var tried = 0;
        try
        {
            // A full disk may have room for a few more.
            var refused = await RefusedAsync();
            refused.Expect(kind == "full" ? 507 : 503);
            Assert.Equal(refused.Status, refused["status"].GetInt32());
            Assert.NotEmpty(refused["title"].GetString()!);
            Assert.DoesNotContain(" at ", refused.Body, StringComparison.Ordinal);
            Assert.True(refused.Headers.ContainsKey("Retry-After"));
            Assert.Equal("live", (await As(Cast.Nobody).GetAsync("/health/live")).Expect(200).Html);
            Assert.NotEqual("ready", (await As(Cast.Nobody).GetAsync("/health/ready")).Expect(503).Html);
            (await As(Cast.Nobody).GetAsync("/sign-in")).Expect(200);
            if (TestDatabase.Engine == Engine.Sqlite) Assert.Equal(1, (await api.GetAsync($"contacts?q=Before{kind}"))["count"].GetInt32());
        }
        finally { Server.Outage.End(); }

        await Eventually.TrueAsync(async () => (await As(Cast.Nobody).GetAsync("/health/ready")).Status == 200, "ready again");
        // Whoever asks again with the same key gets what was wanted, once.
        await Eventually.TrueAsync(async () => (await CreateAsync(tried)).Status == 201, "a contact is created again");
        await using var db = Db();
        Assert.Equal(tried, await db.Set<Contact>().CountAsync(c => c.LastName!.StartsWith("During" + kind)));

        async Task<ApiReply> RefusedAsync()
        {
            while (tried < 200)
            {
                tried++;
                if (await CreateAsync(tried) is { Status: not 201 } reply) return reply;
            }
            throw new Xunit.Sdk.XunitException("Nothing was refused.");
        }

        Task<ApiReply> CreateAsync(int number) => api.PostAsync("contacts", new { lastName = $"During{kind}{number}", description = new string('x', 8000) }, key: $"{kind}{number}");
    }

    [Theory]
    [MemberData(nameof(Outage.Kinds), MemberType = typeof(Outage))]
    public async Task An_import_that_meets_an_outage_is_finished_after_it(string kind)
    {
        using var api = Api(Cast.Ben);
        var id = (await api.UploadAsync("outage.csv", "Last name,E-mail\n" + string.Concat(Enumerable.Range(0, 6000).Select(i => $"Outage{i},outage{i}@{kind}.example\n")))).Expect(201).Id;
        (await api.PostAsync($"imports/{id}/run")).ExpectSuccess();
        await Eventually.TrueAsync(async () => (await api.GetAsync($"imports/{id}"))["decided"].GetInt64() > 0, "some rows are decided");
        Server.Outage.Begin(kind);
        try { await Eventually.TrueAsync(async () => (await As(Cast.Nobody).GetAsync("/health/ready")).Status == 503 || (kind == "full" && await HasFailedAsync()) || (kind is "locked" or "full" && await IsDoneAsync()), "the outage is noticed"); }
        finally { Server.Outage.End(); }
        await Eventually.TrueAsync(async () =>
        {
            // Time passes: the next try is due, and who lost its lease without a word has lost it.
            Server.Clock.Advance(TimeSpan.FromSeconds(40));
            return await IsDoneAsync();
        }, "the import is done", 120);
        Assert.Equal((6000, 0, 0, 0), (await api.GetAsync($"imports/{id}")).Counts());
        await using var db = Db();
        Assert.Equal(6000, await db.Set<Contact>().CountAsync(c => c.ImportId == id));

        // A little may still find room while much does not.
        async Task<bool> HasFailedAsync()
        {
            await using var look = Db();
            return await look.Set<Job>().AnyAsync(j => j.Key!.StartsWith($"import:{id}:") && j.Error != null);
        }

        async Task<bool> IsDoneAsync() => await api.GetAsync($"imports/{id}") is { Status: 200 } reply && reply["state"].GetString() == "done";
    }

    /// <summary>A server whose database can be kept from working.</summary>
    public sealed class FragileServer : LiaisonServer
    {
        public Outage Outage { get; private set; } = null!;

        protected override async Task<TestDatabase> DatabaseAsync()
        {
            var database = await base.DatabaseAsync();
            Outage = Outage.Of(database);
            return database;
        }

        protected override void Configure(IServiceCollection services)
        {
            services.Configure<LoggerFilterOptions>(o => o.MinLevel = LogLevel.None);
            if (Outage is FileOutage file) services.ConfigureDbContext<LiaisonDb>(o => o.AddInterceptors(file.Interceptor));
        }
    }
}
