using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Host;

/// <summary>Reads that do not depend on each other and are sent together.</summary>
public sealed class TogetherTests(LiaisonServer server) : HttpTests(server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_read_gets_its_own_answer_in_whatever_round_it_asks()
    {
        await using var db = Open();
        var (isRunning, overlapped) = (0, false);
        var got = new Dictionary<string, long>();
        await db.TogetherAsync(
            async () => got["once"] = await AskAsync(1),
            async () => got["twice"] = await AskAsync(2) + await AskAsync(3),
            () => Task.CompletedTask,
            async () =>
            {
                await db.TogetherAsync(
                    async () => got["inner"] = await AskAsync(4),
                    async () => { await Task.Yield(); got["late"] = await AskAsync(5) + await AskAsync(6) + await AskAsync(7); });
                got["after"] = got["inner"] + got["late"] + await AskAsync(8);
            },
            async () => { await Task.Yield(); got["yields"] = await AskAsync(9); });
        Assert.Equal(new() { ["once"] = 1, ["twice"] = 5, ["inner"] = 4, ["late"] = 18, ["after"] = 30, ["yields"] = 9 }, got);
        Assert.False(overlapped);

        async Task<long> AskAsync(long number)
        {
            var found = await Numbers(db, number).ToListAsync(Cancel);
            overlapped |= Interlocked.Exchange(ref isRunning, 1) == 1;
            Thread.SpinWait(20_000);
            Interlocked.Exchange(ref isRunning, 0);
            return Assert.Single(found);
        }
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2)]
    public async Task One_that_fails_fails_all_and_leaves_the_context_as_it_was(int place)
    {
        await using var db = Open();
        var reads = Enumerable.Range(0, 3).Select(i => (Func<Task>)(async () =>
            Assert.Equal([i], i == place ? await db.Database.SqlQuery<long>($"SELECT nowhere AS \"Value\" FROM contact").ToListAsync(Cancel) : await Numbers(db, i).ToListAsync(Cancel)))).ToList();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.TogetherAsync(reads));
        Assert.Equal(System.Data.ConnectionState.Closed, db.Engine == Engine.Sqlite ? System.Data.ConnectionState.Closed : db.Database.GetDbConnection().State);
        Assert.Equal([7], await Numbers(db, 7).ToListAsync(Cancel));
    }

    [Fact]
    public async Task One_that_gives_up_reading_leaves_the_others_their_answers()
    {
        await using var db = Open();
        var names = new List<string>();
        await Assert.ThrowsAsync<TimeoutException>(() => db.TogetherAsync(
            async () => { await foreach (var _ in db.Set<ContactType>().AsNoTracking().AsAsyncEnumerable()) throw new TimeoutException(); },
            async () => names.AddRange(await db.Set<ContactType>().AsNoTracking().Select(t => t.Key).ToListAsync(Cancel)),
            async () => names.AddRange(await db.Set<Temperature>().AsNoTracking().Select(t => t.Key).ToListAsync(Cancel))));
        if (db.Engine == Engine.PostgreSql) Assert.Contains("hot", names);
        Assert.Equal([7], await Numbers(db, 7).ToListAsync(Cancel));
    }

    private static IQueryable<long> Numbers(LiaisonDb db, long number) => db.Database.SqlQuery<long>($"SELECT {number} AS \"Value\"");

    private LiaisonDb Open() => Server.Services.GetRequiredService<Databases>().Open(Viewer.System);
}
