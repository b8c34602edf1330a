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
    [InlineData("/contacts?status=lead")]
    [InlineData("/contacts?view=clients")]
    [InlineData("/contacts?sort=-lastActivityAt")]
    public async Task No_page_reads_a_growing_table_whole(string url)
    {
        foreach (var person in new[] { Cast.Admin, Cast.Anna })
        {
            var browser = As(person);
            (await browser.GetAsync(url)).Expect(200);
            await Plans.AssertNoScanAsync(Server, Growing, async () => (await browser.GetAsync(url)).Expect(200));
        }
    }
}
