using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Host;

/// <summary>Connections are kept for the next request: nothing of the last one may stay in them.</summary>
public sealed class ConnectionTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task What_was_not_committed_is_taken_back()
    {
        for (var i = 0; i < 20; i++)
        {
            await using var db = Db();
            await db.Database.BeginTransactionAsync();
            await db.SetAsync("test.uncommitted", "yes");
            await db.SaveChangesAsync();
        }
        await using var later = Db();
        Assert.Null(await later.SettingAsync("test.uncommitted"));
        await later.SetAsync("test.committed", "yes");
        await later.SaveChangesAsync();
        await using var latest = Db();
        Assert.Equal("yes", await latest.SettingAsync("test.committed"));
    }

    [Fact]
    public async Task A_reader_left_open_ends_with_its_request()
    {
        await using (var db = Db())
        {
            foreach (var key in new[] { "test.one", "test.two" }) await db.SetAsync(key, "yes");
            await db.SaveChangesAsync();
            var rows = Ones(db).AsAsyncEnumerable().GetAsyncEnumerator();
            Assert.True(await rows.MoveNextAsync());
        }
        await using var later = Db();
        Assert.Equal(["test.one", "test.two"], await Ones(later).ToListAsync());
        if (later.Engine != Engine.Sqlite) return;
        // With a reader at work the log could not be emptied.
        await using var checkpoint = later.Database.GetDbConnection().CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        Assert.Equal(0L, await checkpoint.ExecuteScalarAsync());
    }

    private static IQueryable<string> Ones(LiaisonDb db) => db.Set<Setting>().Where(s => s.Key == "test.one" || s.Key == "test.two").OrderBy(s => s.Key).Select(s => s.Key);
}
