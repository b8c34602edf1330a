using Liaison.Contacts;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

/// <summary>Whoever sees little, or little but their own, finds contacts by name, cities and numbers of them there, whatever they filter or type.</summary>
public sealed class OwnViewTests(PrivateServer server) : PrivateTests(server)
{
    [Theory]
    [InlineData("")]
    [InlineData("status=lead")]
    [InlineData("kind=company")]
    [InlineData("tag=tag07")]
    [InlineData("q=du")]
    [InlineData("city=l&temperature=none")]
    public async Task Whoever_sees_what_is_their_own_sees_all_that_matches_of_it(string filter)
    {
        using var admin = Api(Cast.Admin);
        await using var db = Db();
        var seen = await Seen(db, Cast.Ben).Select(c => c.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.InRange(seen.Count, PrivateServer.OfBen, PrivateServer.OfBen + PrivateServer.Shared);
        var all = (await WalkAsync(filter, "", person: Cast.Admin)).Ids;
        var (ids, count) = await WalkAsync(filter, "", person: Cast.Ben);
        Assert.Equal(all.Where(seen.Contains), ids);
        Assert.Equal(ids.Count, count);
        Assert.Equal(ids.AsEnumerable().Reverse(), (await WalkAsync(filter, "-name", person: Cast.Ben)).Ids);
        foreach (var sort in new[] { "-status", "company", "-createdAt" }) Assert.Equal((await WalkAsync(filter, sort, person: Cast.Admin)).Ids.Where(seen.Contains), (await WalkAsync(filter, sort, person: Cast.Ben)).Ids);
    }

    [Theory]
    [InlineData("status=lead")]
    [InlineData("tag=tag07")]
    [InlineData("city=l&temperature=none")]
    [InlineData("q=mar")]
    public async Task A_group_is_counted_from_what_is_seen(string filter)
    {
        foreach (var person in new[] { Cast.Anna, Cast.Ben, Cast.Admin })
        {
            var expected = (await WalkAsync(filter, "", person: person)).Ids.Count;
            Assert.NotEqual(0, expected);
            var browser = As(person);
            var (ask, plans) = ((PageResult?)null, new List<string>());
            var queries = await Server.Sql.DuringAsync(async () => ask = await browser.PostAsync("/contacts/groups/tag", ("all", "true"), ("filter", filter), ("tags", "Counted")));
            Assert.StartsWith(FormattableString.Invariant($"{expected} "), ask!.Expect(422).Find("h1").TextContent.Trim(), StringComparison.Ordinal);
            await using var db = Db();
            foreach (var query in queries.Where(q => q.Text.Contains("COUNT(*)", StringComparison.OrdinalIgnoreCase))) plans.Add(await Plans.ExplainAsync(db, query));
            if (db.Engine == Engine.Sqlite && person != Cast.Admin) Assert.All(plans, plan => Assert.DoesNotMatch("ix_contact_(status|name|city|kind|tag)|SCAN c[0-9]* USING", plan));
        }
    }

    public static TheoryData<string, Person> Typed => new(new[] { "", "l", "lyon", "saint e", "zz" }.SelectMany(typed => new[] { Cast.Anna, Cast.Ben }, (typed, person) => (typed, person)));

    [Theory]
    [MemberData(nameof(Typed))]
    public async Task The_first_cities_of_those_who_are_seen_are_suggested(string typed, Person person)
    {
        await using var db = Db();
        var cities = await Seen(db, person).Where(c => c.CityKey != "").Select(c => new { c.CityKey, c.City }).Distinct().ToListAsync(TestContext.Current.CancellationToken);
        var expected = cities.Where(c => c.CityKey.Replace('-', ' ').StartsWith(typed, StringComparison.Ordinal)).OrderBy(c => c.CityKey, StringComparer.Ordinal).Select(c => c.City!).Take(20).ToList();
        var offered = (await As(person).GetAsync("/contacts/cities/suggest?q=" + Uri.EscapeDataString(typed))).Expect(200).Texts("li");
        Assert.Equal(expected, offered);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("du")]
    [InlineData("mar")]
    [InlineData("m d")]
    [InlineData("mar pau")]
    [InlineData("pau mar")]
    public async Task What_is_typed_into_the_search_finds_those_who_are_seen_first_whose_name_begins_so(string typed)
    {
        foreach (var person in new[] { Cast.Anna, Cast.Ben, Cast.Admin })
        {
            var first = typed.Split(' ')[0];
            var named = (await WalkAsync("q=" + Uri.EscapeDataString(typed), "", person: person)).Ids;
            await using var db = Db();
            var expected = await db.Set<Contact>().Where(c => named.Contains(c.Id) && c.SortName.StartsWith(first)).OrderBy(c => c.SortName).ThenBy(c => c.Id).Select(c => c.Id).Take(3).ToListAsync(TestContext.Current.CancellationToken);
            var answer = (await As(person).GetAsync("/search/suggest?q=" + Uri.EscapeDataString(typed))).Expect(200).Html;
            var found = System.Text.RegularExpressions.Regex.Matches(answer, "/contacts/(\\d+)", default, TimeSpan.FromSeconds(1)).Select(m => long.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.All(expected, id => Assert.Contains(id, found));
            Assert.All(found, id => Assert.Contains(id, named));
        }
    }

    [Theory]
    [InlineData("/search/suggest?q=m")]
    [InlineData("/contacts?tag=tag07")]
    [InlineData("/contacts?kind=company")]
    public async Task A_page_by_name_begins_with_what_is_ones_own(string url)
    {
        foreach (var person in new[] { Cast.Anna, Cast.Ben })
        {
            var browser = As(person);
            Server.Clock.Advance(TimeSpan.FromMinutes(3));
            var queries = await Server.Sql.DuringAsync(async () => (await browser.GetAsync(url)).Expect(200));
            await using var db = Db();
            var plans = new List<string>();
            foreach (var query in queries.Where(q => q.Text.Contains("sort_name", StringComparison.Ordinal) && q.Text.Contains("LIMIT", StringComparison.Ordinal))) plans.Add(await Plans.ExplainAsync(db, query));
            Assert.Contains(plans, plan => plan.Contains("ix_contact_responsible_user_id_status", StringComparison.Ordinal));
            if (db.Engine == Engine.Sqlite) Assert.All(plans, plan => Assert.DoesNotMatch("ix_contact_(name|kind_name)|ix_contact_tag", plan));
        }
    }

    [Theory]
    [InlineData("createdAt")]
    [InlineData("-lastAction")]
    public async Task How_far_an_order_is_walked_is_told_by_its_index(string sort)
    {
        Server.Clock.Advance(TimeSpan.FromMinutes(3));
        var queries = await Server.Sql.DuringAsync(async () => (await As(Cast.Ben).GetAsync("/contacts?sort=" + sort)).Expect(200));
        await using var db = Db();
        var place = queries.First(q => q.Text.Contains("OFFSET", StringComparison.Ordinal));
        if (db.Engine == Engine.Sqlite) Assert.DoesNotMatch("LIMIT 1\\b", place.Text);
        Assert.Contains(sort == "createdAt" ? "ix_contact_created" : "ix_contact_last_activity", await Plans.ExplainAsync(db, place), StringComparison.Ordinal);
    }
}
