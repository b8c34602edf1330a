using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

/// <summary>Whoever sees a small part of a large base gets lists, counts and figures from what is theirs, the same as a walk through all would give.</summary>
public sealed class ThinViewTests(PrivateServer server) : PrivateTests(server)
{
    [Theory]
    [InlineData("")]
    [InlineData("status=lead")]
    [InlineData("status=prospect,client")]
    [InlineData("kind=person")]
    [InlineData("kind=company&status=lead")]
    [InlineData("tag=tag07")]
    [InlineData("q=example")]
    [InlineData("responsible=me")]
    [InlineData("responsible=5")]
    [InlineData("responsible=5&status=lead")]
    [InlineData("createdAfter=2020-01-01")]
    [InlineData("q=du")]
    [InlineData("q=m%20d")]
    [InlineData("q=mar")]
    [InlineData("city=l")]
    [InlineData("city=l&tag=tag07")]
    [InlineData("temperature=none&status=lead")]
    public async Task Pages_and_counts_hold_what_is_seen_in_its_order(string filter)
    {
        await using var db = Db();
        var names = await Seen(db).OrderBy(c => c.SortName).ThenBy(c => c.Id).Select(c => c.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(PrivateServer.Own + PrivateServer.Shared - PrivateServer.Both, names.Count);
        var all = (await WalkAsync("", "")).Ids;
        Assert.Equal(names, all);
        var (ids, count) = await WalkAsync(filter, "");
        Assert.Equal(ids.Count, count);
        Assert.Equal(all.Where(ids.Contains), ids);
        Assert.Equal(ids.AsEnumerable().Reverse(), (await WalkAsync(filter, "-name")).Ids);
        foreach (var sort in new[] { "createdAt", "status", "-status", "city", "-city", "company", "-company" }) Assert.Equal(ids.Order(), (await WalkAsync(filter, sort)).Ids.Order());
    }

    [Fact]
    public async Task The_list_counts_and_home_do_not_walk_through_the_base()
    {
        var anna = As(Cast.Anna);
        foreach (var url in new[] { "/contacts", "/contacts?status=lead", "/" })
        {
            (await anna.GetAsync(url)).Expect(200);
            Server.Clock.Advance(TimeSpan.FromMinutes(3)); // what was counted is counted again
            await Plans.AssertNoScanAsync(Server, ["contact", "contact_responsible"], async () => (await anna.GetAsync(url)).Expect(200));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("type=call")]
    [InlineData("outcome=noAnswer")]
    public async Task As_many_actions_are_counted_as_are_listed(string filter)
    {
        var page = (await Api(Cast.Anna).GetAsync($"activities?limit=500&{filter}")).Expect(200);
        Assert.Null(page["nextCursor"].GetString());
        Assert.Equal(page["items"].GetArrayLength(), page["count"].GetInt32());
        Assert.NotEqual(0, page["count"].GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("type=call")]
    [InlineData("type=note&direction=inbound")]
    [InlineData("rating=4&outcome=noAnswer")]
    [InlineData("type=call&rating=4")]
    [InlineData("type=call,meeting&outcome=noAnswer,none&author=5")]
    [InlineData("responsible=me")]
    [InlineData("q=example")]
    public async Task Actions_lie_in_each_order_whether_they_are_found_in_it_or_with_their_contacts(string filter)
    {
        await using var db = Db();
        var seen = await Seen(db).Select(c => c.Id).ToListAsync(TestContext.Current.CancellationToken);
        var dates = await db.Set<Activity>().IgnoreQueryFilters().Where(a => seen.Contains(a.ContactId)).ToDictionaryAsync(a => a.Id, TestContext.Current.CancellationToken);
        var all = (await WalkAsync(filter, "occurredAt", "activities")).Ids;
        Assert.All(all, id => Assert.Contains(id, dates.Keys));
        if (filter.Length == 0) Assert.Equal(dates.Count, all.Count);
        Assert.Equal(all.OrderBy(id => dates[id].OccurredAt).ThenBy(id => id), all);
        Assert.Equal(all.AsEnumerable().Reverse(), (await WalkAsync(filter, "-occurredAt", "activities")).Ids);
        Assert.Equal(all.Order(), (await WalkAsync(filter, "createdAt", "activities")).Ids);
        Assert.Equal(all.OrderDescending(), (await WalkAsync(filter, "-createdAt", "activities")).Ids);
        Assert.Equal(all.Where(id => dates[id].Campaign.Length > 0), (await WalkAsync(filter, "campaign", "activities")).Ids);
        Assert.Equal(all.Where(id => dates[id].Campaign.Length > 0).Reverse(), (await WalkAsync(filter, "-campaign", "activities")).Ids);
        var bens = await Seen(db, Cast.Ben).Select(c => c.Id).ToListAsync(TestContext.Current.CancellationToken);
        foreach (var sort in new[] { "occurredAt", "campaign" })
        {
            var (ids, count) = await WalkAsync(filter, sort, "activities", Cast.Ben);
            var every = (await WalkAsync(filter, sort, "activities", Cast.Admin)).Ids;
            var ofBen = await db.Set<Activity>().IgnoreQueryFilters().Where(a => every.Contains(a.Id) && bens.Contains(a.ContactId)).Select(a => a.Id).ToListAsync(TestContext.Current.CancellationToken);
            if (!filter.Contains("me", StringComparison.Ordinal)) Assert.Equal(every.Where(ofBen.Contains), ids);
            if (sort != "campaign") Assert.Equal(ids.Count, count);
        }
    }

    [Fact]
    public async Task Contacts_of_another_user_are_looked_for_among_those_that_are_seen()
    {
        var anna = As(Cast.Anna);
        var queries = await Server.Sql.DuringAsync(async () => (await anna.GetAsync("/contacts?responsible=5&status=lead")).Expect(200));
        await using var db = Db();
        foreach (var page in queries.Where(q => q.Text.Contains("ORDER BY", StringComparison.Ordinal) && q.Text.Contains("sort_name", StringComparison.Ordinal)))
            // PostgreSQL may read all of a user's contacts, to look each up.
            if (db.Engine == Engine.Sqlite) Assert.DoesNotContain("ix_contact_responsible_user_id_status", await Plans.ExplainAsync(db, page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/activities?type=sale")]
    [InlineData("/activities?sort=campaign")]
    [InlineData("/api/v1/activities?type=note&direction=inbound")]
    [InlineData("/contacts/filter")]
    [InlineData("/contacts/tags/suggest?q=")]
    public async Task What_belongs_to_contacts_is_looked_for_from_those_that_are_seen(string url)
    {
        using var api = Api(Cast.Anna);
        var anna = As(Cast.Anna);
        async Task AskAsync()
        {
            if (url.StartsWith("/api", StringComparison.Ordinal)) (await api.GetAsync(url["/api/v1/".Length..])).Expect(200);
            else (await anna.GetAsync(url)).Expect(200);
        }
        await AskAsync();
        Server.Clock.Advance(TimeSpan.FromMinutes(3)); // what was collected is collected again
        var queries = await Server.Sql.DuringAsync(AskAsync);
        await using var db = Db();
        var plans = new List<string>();
        foreach (var query in queries.Where(q => q.Text.Contains("contact_responsible", StringComparison.Ordinal) && (q.Text.Contains("OFFSET", StringComparison.Ordinal) || q.Text.Contains("DISTINCT", StringComparison.Ordinal))))
            plans.Add(await Plans.ExplainAsync(db, query));
        Assert.Contains(plans, plan => plan.Contains("ix_contact_responsible_user_id_status", StringComparison.Ordinal));
        if (db.Engine == Engine.Sqlite) Assert.All(plans, plan => Assert.DoesNotContain("ix_activity_type", plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_funnel_counts_what_is_seen()
    {
        await using var db = Db();
        var since = Server.Clock.Now.AddMonths(-12);
        var created = await Seen(db).CountAsync(c => c.CreatedAt >= since, TestContext.Current.CancellationToken);
        Assert.InRange(created, 1, PrivateServer.Own + PrivateServer.Shared);
        var page = (await As(Cast.Anna).GetAsync("/")).Expect(200);
        Assert.Contains(FormattableString.Invariant($"Créés{created} "), page.Text, StringComparison.Ordinal);
    }
}
