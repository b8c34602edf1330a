using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Engines;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Host;

/// <summary>What PostgreSQL puts aside for its trigram indexes does not stay there for searches to read.</summary>
public sealed class PendingEntriesTests(LiaisonServer server) : HttpTests(server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_in_the_index_soon_after_without_anybody_asking()
    {
        await using var db = Db();
        using var api = Api(Cast.Admin);
        if (db.Engine != Engine.PostgreSql)
        {
            Assert.Equal(0, await PendingEntries.PutInAsync(db, Cancel));
            return;
        }
        await db.Database.ExecuteSqlRawAsync("CREATE EXTENSION IF NOT EXISTS pageinspect", Cancel);
        (await api.PostAsync("contacts", new { lastName = "Pending" })).Expect(201);
        // Left alone it would stay there until many more are written.
        await Eventually.TrueAsync(async () => await db.Database.SqlQuery<long>($"SELECT n_pending_tuples AS \"Value\" FROM gin_metapage_info(get_raw_page('ix_contact_search', 0))").SingleAsync(Cancel) == 0,
            "no new entry waits outside the index");
    }
}
