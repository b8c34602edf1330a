using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Host;

/// <summary>Queries that PostgreSQL plans once for all values; on SQLite they are asked as all others.</summary>
public sealed class OnePlanTests(LiaisonServer server) : HttpTests(server)
{
    private static readonly FixedQuery<string, long, long> Typed = new((db, key, most) => db.Set<ContactType>().Where(t => t.Key == key && t.Id < most).Select(t => t.Id), isOnePlan: true);
    private static readonly FixedQuery<string, long> Tempered = new((db, key) => db.Set<Temperature>().Where(t => t.Key == key).Select(t => t.Id), isOnePlan: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_is_not_planned_for_its_values_and_nothing_else_is_kept_from_it()
    {
        await using var db = Open();
        await db.Database.OpenConnectionAsync(Cancel);
        for (var i = 0; i < 4; i++)
        {
            Assert.Single(await Typed.ListAsync(db, "client", 1_000_000 + i, Cancel));
            Assert.Empty(await Typed.ListAsync(db, "nobody's", i, Cancel));
        }
        if (db.Engine != Engine.PostgreSql) return;
        Assert.Equal("auto", Assert.Single(await db.Database.SqlQuery<string>($"SELECT current_setting('plan_cache_mode') AS \"Value\"").ToListAsync(Cancel)));
        var plans = await db.Database.SqlQuery<long>($"SELECT unnest(ARRAY[custom_plans, generic_plans]) AS \"Value\" FROM pg_prepared_statements WHERE statement LIKE '-- one plan%contact_type%'").ToListAsync(Cancel);
        Assert.Equal(0, plans[0]);
        Assert.True(plans[1] > 0);
    }

    [Fact]
    public async Task Sent_together_each_gets_its_own_answer_whatever_stands_beside_it()
    {
        await using var db = Open();
        var (types, hot, keys) = (new List<long>(), new List<long>(), new List<string>());
        await db.TogetherAsync(async () => types = await Typed.ListAsync(db, "client", long.MaxValue, Cancel));
        await db.TogetherAsync(async () => types.AddRange(await Typed.ListAsync(db, "supplier", long.MaxValue, Cancel)), async () => hot = await Tempered.ListAsync(db, "hot", Cancel));
        await db.TogetherAsync(async () => hot.AddRange(await Tempered.ListAsync(db, "cold", Cancel)), async () => keys = await db.Set<Temperature>().Select(t => t.Key).ToListAsync(Cancel));
        Assert.Equal(await db.Set<ContactType>().Where(t => t.Key == "client" || t.Key == "supplier").OrderBy(t => t.Key).Select(t => t.Id).ToListAsync(Cancel), types);
        Assert.Equal(await db.Set<Temperature>().Where(t => t.Key == "hot" || t.Key == "cold").OrderByDescending(t => t.Key).Select(t => t.Id).ToListAsync(Cancel), hot);
        Assert.Contains("hot", keys);
    }

    [Fact]
    public async Task One_within_a_transaction_sees_what_was_written_there()
    {
        await using var db = Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        await db.Set<ContactType>().Where(t => t.Key == "client").ExecuteUpdateAsync(set => set.SetProperty(t => t.Key, "client-of-this-test"), Cancel);
        Assert.Single(await Typed.ListAsync(db, "client-of-this-test", long.MaxValue, Cancel));
        Assert.Empty(await Typed.ListAsync(db, "client", long.MaxValue, Cancel));
    }

    private LiaisonDb Open() => Server.Services.GetRequiredService<Databases>().Open(Viewer.System);
}
