namespace Liaison.Tests.House;

/// <summary>A server with enough contacts that a page has something to look up.</summary>
public sealed class SeededServer : LiaisonServer
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.Equal(0, await RunAsync("seed", "--contacts", "2000"));
    }
}

/// <summary>Lists and searches stay quick when the tables grow.</summary>
public sealed class PlansTests(SeededServer server) : HttpTests<SeededServer>(server)
{
    private static readonly string[] Growing = ["contact", "contact_point", "contact_address", "contact_tag", "contact_responsible", "activity", "response", "journal", "job", "session"];

    [Theory]
    [InlineData("/contacts")]
    [InlineData("/contacts?q=dupont")]
    [InlineData("/contacts?q=de%20dupont")]
    [InlineData("/contacts?q=de%20la")]
    [InlineData("/contacts/tags/suggest?q=tag")]
    [InlineData("/contacts?status=lead")]
    [InlineData("/contacts?status=deadLead&status=deadProspect")]
    [InlineData("/contacts?status=client&tag=tag07")]
    [InlineData("/contacts?tag=tag07&tag=tag24")]
    [InlineData("/contacts?kind=company")]
    [InlineData("/contacts?responsible=me&status=prospect")]
    [InlineData("/contacts?city=lyon")]
    [InlineData("/contacts?city=saint%20et")]
    [InlineData("/contacts?city=l")]
    [InlineData("/contacts/cities/suggest?q=l")]
    [InlineData("/contacts/cities/suggest?q=saint-e")]
    [InlineData("/contacts?inactive=90")]
    [InlineData("/contacts?createdAfter=2026-01-01")]
    [InlineData("/contacts?sort=-lastAction")]
    [InlineData("/contacts?status=lead&sort=-lastAction")]
    [InlineData("/contacts?sort=createdAt")]
    [InlineData("/contacts?cursor=last")]
    [InlineData("/contacts/trash")]
    [InlineData("/contacts/1")]
    [InlineData("/search/suggest?q=dupont")]
    [InlineData("/activities")]
    [InlineData("/")]
    public async Task No_page_reads_a_growing_table_whole(string url)
    {
        foreach (var person in new[] { Cast.Admin, Cast.Anna })
        {
            var browser = As(person);
            (await browser.GetAsync(url)).Expect(200);
            await Plans.AssertNoScanAsync(Server, Growing, async () => (await browser.GetAsync(url)).Expect(200));
        }
    }

    [Fact]
    public async Task How_many_of_a_status_are_new_is_told_by_an_index_alone()
    {
        var browser = As(Cast.Admin);
        var counts = await Server.Sql.DuringAsync(async () => (await browser.GetAsync("/contacts?status=lead&createdAfter=2026-11-01")).Expect(200));
        var count = counts.First(q => q.Text.Contains("COUNT(*)", StringComparison.OrdinalIgnoreCase) && q.Text.Contains("created_at", StringComparison.Ordinal));
        await using var db = Db();
        Assert.Contains("ix_contact_status_created", await Plans.ExplainAsync(db, count), StringComparison.Ordinal);
    }
}
