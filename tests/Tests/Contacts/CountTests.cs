using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

/// <summary>A base in which each filter leaves more than is fetched by id, with private contacts of others and a trash.</summary>
public sealed class CrowdedServer : LiaisonServer
{
    /// <summary>The trash holds this many of them.</summary>
    public const int Deleted = 150;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.Equal(0, await RunAsync("seed", "--contacts", "2500"));
        await using var db = Db();
        var type = await db.Set<ContactType>().OrderBy(t => t.Id).Select(t => t.Id).FirstAsync();
        var now = Clock.Now;
        await db.InTransactionAsync(async () =>
        {
            await db.Set<Contact>().Where(c => c.Id % 2 == 0).ExecuteUpdateAsync(s => s.SetProperty(c => c.TypeId, type).SetProperty(c => c.ImportId, 7).SetProperty(c => c.NextReminderAt, now));
            await db.Set<Contact>().Where(c => c.Id % 4 < 2).ExecuteUpdateAsync(s => s.SetProperty(c => c.City, "Lyon").SetProperty(c => c.CityKey, "lyon"));
            await db.Set<Contact>().Where(c => c.Id <= Deleted).ExecuteUpdateAsync(s => s.SetProperty(c => c.DeletedAt, now));
        });
    }
}

/// <summary>A list counts what it shows: no more, no less, whoever looks.</summary>
public sealed class CountTests(CrowdedServer server) : HttpTests<CrowdedServer>(server)
{
    [Theory]
    [InlineData("")]
    [InlineData("q=example")]
    [InlineData("q=example&kind=person")]
    [InlineData("q=mar")]
    [InlineData("status=lead")]
    [InlineData("status=lead,client&q=example")]
    [InlineData("tag=tag01")]
    [InlineData("tag=tag01&status=lead&q=example")]
    [InlineData("responsible=me")]
    [InlineData("responsible=me&kind=person")]
    [InlineData("city=lyon")]
    [InlineData("city=lyon&responsible=me")]
    [InlineData("import=7")]
    [InlineData("import=7&kind=company")]
    [InlineData("type=FIRST")]
    [InlineData("type=FIRST&status=lead")]
    [InlineData("reminder=yes")]
    [InlineData("reminder=no")]
    [InlineData("kind=company")]
    public async Task The_count_is_the_number_of_rows(string filter)
    {
        await using var db = Db();
        var type = await db.Set<ContactType>().OrderBy(t => t.Id).Select(t => t.Key).FirstAsync(TestContext.Current.CancellationToken);
        filter = filter.Replace("FIRST", type, StringComparison.Ordinal);
        foreach (var person in new[] { Cast.Admin, Cast.Anna })
        {
            var api = Api(person);
            var page = (await api.GetAsync($"contacts?limit=500&{filter}")).Expect(200);
            var (count, walked) = (page["count"].GetInt32(), page["items"].GetArrayLength());
            Assert.False(page["countIsCapped"].GetBoolean());
            while (page["nextCursor"].GetString() is { } next)
            {
                page = (await api.GetAsync($"contacts?limit=500&{filter}&cursor={Uri.EscapeDataString(next)}")).Expect(200);
                walked += page["items"].GetArrayLength();
            }
            Assert.True(walked == count, $"{person.UserName} is told {count} and walks {walked}");
            if (filter.Length == 0) Assert.Equal(person == Cast.Admin, count == 2500 - CrowdedServer.Deleted);
        }
    }
}
