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
    [InlineData("/contacts?sort=status")]
    [InlineData("/contacts?sort=-city")]
    [InlineData("/contacts?status=lead&sort=city")]
    [InlineData("/contacts?sort=-company")]
    [InlineData("/contacts?kind=person&sort=company")]
    [InlineData("/contacts?cursor=last")]
    [InlineData("/contacts/filter")]
    [InlineData("/contacts/trash")]
    [InlineData("/contacts/1")]
    [InlineData("/search/suggest?q=dupont")]
    [InlineData("/activities")]
    [InlineData("/activities?type=sale")]
    [InlineData("/activities?sort=campaign")]
    [InlineData("/activities?responsible=me&outcome=refused")]
    [InlineData("/activities?q=devis")]
    [InlineData("/activities?q=dupont%20devis")]
    [InlineData("/activities?q=du")]
    [InlineData("/activities?q=m%C3%BCller")]
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

    [Theory]
    [InlineData("/contacts?city=lyon", "ix_contact_city")]
    [InlineData("/contacts?city=l&sort=-name", "ix_contact_city")]
    [InlineData("/api/v1/contacts?city=lyon", "ix_contact_city")]
    [InlineData("/contacts?status=lead", "ix_contact_status_name")]
    [InlineData("/api/v1/contacts?status=lead&sort=-name", "ix_contact_status_name")]
    [InlineData("/contacts?sort=status", "ix_contact_status_name")]
    [InlineData("/contacts?sort=city", "ix_contact_city")]
    [InlineData("/contacts?status=lead&sort=-city", "ix_contact_city")]
    [InlineData("/contacts?sort=-company", "ix_contact_company_name")]
    [InlineData("/contacts?status=lead&sort=company", "ix_contact_company_name")]
    [InlineData("/api/v1/contacts?kind=person&sort=company", "ix_contact_company_name")]
    public async Task The_contacts_of_a_city_a_company_or_a_status_are_read_in_the_order_of_names_not_sorted(string url, string index)
    {
        using var api = Api(Cast.Admin);
        var browser = As(Cast.Admin);
        var queries = await Server.Sql.DuringAsync(async () =>
        {
            if (url.StartsWith("/api", StringComparison.Ordinal)) (await api.GetAsync(url["/api/v1/".Length..])).Expect(200);
            else (await browser.GetAsync(url)).Expect(200);
        });
        var page = queries.First(q => !q.Text.Contains("OFFSET", StringComparison.Ordinal) && System.Text.RegularExpressions.Regex.IsMatch(q.Text, "ORDER BY \"?c\"?\\.\"?(sort_name|city_key|company_key)", default, TimeSpan.FromSeconds(1)));
        await using var db = Db();
        var plan = await Plans.ExplainAsync(db, page);
        Assert.Contains(index, plan, StringComparison.Ordinal);
        // PostgreSQL knows how few there are, and sorts these.
        if (db.Engine == Liaison.Kernel.Data.Engine.Sqlite) Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/contacts?status=deadLead&status=deadProspect", 2)]
    [InlineData("/contacts?status=lead,client,prospect&sort=-name", 3)]
    [InlineData("/api/v1/contacts?status=deadLead,deadProspect", 2)]
    public async Task Of_several_statuses_only_the_first_of_each_are_read(string url, int statuses)
    {
        using var api = Api(Cast.Admin);
        var browser = As(Cast.Admin);
        var queries = await Server.Sql.DuringAsync(async () =>
        {
            if (url.StartsWith("/api", StringComparison.Ordinal)) (await api.GetAsync(url["/api/v1/".Length..])).Expect(200);
            else (await browser.GetAsync(url)).Expect(200);
        });
        var page = queries.First(q => q.Text.Contains("ORDER BY", StringComparison.Ordinal) && q.Text.Contains("status", StringComparison.Ordinal));
        Assert.Equal(statuses - 1, page.Text.Split("UNION ALL").Length - 1);
        await using var db = Db();
        var plan = await Plans.ExplainAsync(db, page);
        if (db.Engine == Liaison.Kernel.Data.Engine.Sqlite) Assert.Equal(statuses, plan.Split("ix_contact_status_name (status=?").Length - 1);
        else Assert.Contains("ix_contact_status_name", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/activities?type=note&direction=inbound", "ix_activity_type")]
    [InlineData("/activities?type=sale&rating=1&outcome=refused", "ix_activity_type")]
    [InlineData("/activities?type=call&sort=campaign", "ix_activity_campaign")]
    [InlineData("/activities?outcome=noAnswer&sort=-campaign", "ix_activity_campaign")]
    [InlineData("/activities?rating=5&type=call&type=meeting&author=1&sort=campaign", "ix_activity_campaign")]
    public async Task Actions_are_walked_by_the_index_of_their_order_that_tells_what_they_are_filtered_by(string url, string index)
    {
        var browser = As(Cast.Admin);
        var queries = await Server.Sql.DuringAsync(async () => (await browser.GetAsync(url)).Expect(200));
        var page = queries.First(q => q.Text.Contains("ORDER BY", StringComparison.Ordinal) && q.Text.Contains("details", StringComparison.Ordinal));
        await using var db = Db();
        var plan = await Plans.ExplainAsync(db, page);
        // PostgreSQL may fetch what are few here.
        if (db.Engine == Liaison.Kernel.Data.Engine.Sqlite) Assert.Contains(index, plan, StringComparison.Ordinal);
        else Assert.DoesNotContain("Seq Scan on activity", plan, StringComparison.Ordinal);
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
