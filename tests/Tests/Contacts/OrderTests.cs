using Liaison.Contacts;
using Liaison.Contacts.Labels;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Contacts;

/// <summary>A base in which many names, cities and companies are alike, some contacts have no city, no company or no status.</summary>
public class AlikeServer : LiaisonServer
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.Equal(0, await RunAsync("seed", "--contacts", "600"));
        await using var db = Db();
        await db.InTransactionAsync(async () =>
        {
            var all = db.Set<Contact>();
            await all.ExecuteUpdateAsync(s => s.SetProperty(c => c.SortName, c => c.SortName.Substring(0, 1)).SetProperty(c => c.CityKey, c => c.Id % 4 == 0 ? "" : c.CityKey.Substring(0, 2))
                .SetProperty(c => c.CompanyKey, c => c.Id % 5 == 0 || c.CompanyKey == "" ? "" : c.CompanyKey.Substring(0, 2)));
            await all.Where(c => c.Id % 9 == 0).ExecuteUpdateAsync(s => s.SetProperty(c => c.Status, ContactStatus.None));
            await all.Where(c => c.Id % 9 == 1).ExecuteUpdateAsync(s => s.SetProperty(c => c.Status, ContactStatus.DeadLead));
            await all.Where(c => c.Id % 9 == 2).ExecuteUpdateAsync(s => s.SetProperty(c => c.Status, ContactStatus.DeadProspect));
        });
    }
}

/// <summary>The same, where a page is looked for among a few of its order, then among sets of no more than a hundred.</summary>
public sealed class ShortWalkServer : AlikeServer
{
    protected override void Configure(IServiceCollection services) =>
        services.AddSingleton(p => new ListSizes(p.GetRequiredService<WriteGate>(), p.GetRequiredService<TimeProvider>()) { MostSeen = 5, Walked = 60, MostFetched = 100 });
}

/// <summary>The same orders where what matches lies thin.</summary>
public sealed class ShortWalkTests(ShortWalkServer server) : OrderTests<ShortWalkServer>(server)
{
    private const string Last = "cursor=last", Admin = "admin", Anna = "anna";

    [Theory]
    [InlineData(Admin, "type=supplier")]
    [InlineData(Admin, "kind=company")]
    [InlineData(Admin, "temperature=hot&tag=tag07")]
    [InlineData(Admin, "q=example")]
    [InlineData(Admin, "q=lyon&kind=person")]
    [InlineData(Admin, "city=ly&status=lead")]
    [InlineData(Admin, "createdBefore=2026-01-01&kind=person")]
    [InlineData(Admin, "inactive=200")]
    [InlineData(Admin, "createdAfter=2026-11-20")]
    [InlineData(Anna, "")]
    [InlineData(Anna, "type=none")]
    [InlineData(Anna, "tag=tag07")]
    public async Task However_thin_they_lie_every_order_holds_what_matches(string who, string filter)
    {
        var person = who == Admin ? Cast.Admin : Cast.Anna;
        var browser = As(person);
        var listed = (await Api(person).GetAsync($"contacts?limit=500&{filter}")).Expect(200);
        var count = listed["count"].GetInt32();
        foreach (var sort in new[] { "name", "-name", "city", "-city", "company", "-company", "status", "-status", "createdAt", "-createdAt", "lastAction", "-lastAction" })
        {
            var all = await ExpectedAsync(person, "", sort);
            var ids = await WalkAsync(browser, $"/contacts?{filter}&sort={sort}", "next");
            Assert.Equal(count, ids.Distinct().Count());
            Assert.Equal(all.Where(ids.ToHashSet().Contains), ids);
            Assert.Equal(ids, await WalkAsync(browser, $"/contacts?{filter}&sort={sort}&{Last}", "prev"));
        }
    }

    [Fact]
    public async Task Where_a_walk_does_not_fill_the_page_what_sets_hold_is_fetched()
    {
        var queries = await Server.Sql.DuringAsync(async () => (await As(Cast.Admin).GetAsync("/contacts?kind=company&tag=tag07&sort=-createdAt")).Expect(200));
        var pages = queries.Where(q => q.Text.Contains("ORDER BY", StringComparison.Ordinal) && q.Text.Contains("first_name", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, pages.Count);
        Assert.Matches("created_at\"? >= [@$]", pages[0].Text);
        Assert.Matches("@ids|= ANY \\(\\$", pages[1].Text);
        Assert.DoesNotMatch("@ids|= ANY \\(\\$", pages[0].Text);
    }
}

/// <inheritdoc/>
public sealed class OrderTests(AlikeServer server) : OrderTests<AlikeServer>(server);

/// <summary>The list's orders: every row once, forwards and back, whoever looks.</summary>
public abstract class OrderTests<TServer>(TServer server) : HttpTests<TServer>(server) where TServer : LiaisonServer
{
    [Theory]
    [InlineData("status=deadLead&status=deadProspect", "name")]
    [InlineData("status=deadLead&status=deadProspect", "-name")]
    [InlineData("status=none,lead,deadLead,prospect,deadProspect,client", "name")]
    [InlineData("", "status")]
    [InlineData("", "-status")]
    [InlineData("status=none,client,lead", "-status")]
    [InlineData("tag=tag07", "status")]
    [InlineData("kind=person", "status")]
    [InlineData("", "city")]
    [InlineData("", "-city")]
    [InlineData("status=lead,none", "city")]
    [InlineData("status=lead,none", "-city")]
    [InlineData("", "company")]
    [InlineData("", "-company")]
    [InlineData("status=lead,none", "company")]
    [InlineData("kind=person", "-company")]
    [InlineData("tag=tag07", "company")]
    public async Task Pages_follow_each_other_forwards_and_back(string filter, string sort)
    {
        foreach (var person in new[] { Cast.Admin, Cast.Anna })
        {
            var expected = await ExpectedAsync(person, filter, sort);
            Assert.NotEmpty(expected);
            var browser = As(person);
            Assert.Equal(expected, await WalkAsync(browser, $"/contacts?{filter}&sort={sort}", "next"));
            var back = await WalkAsync(browser, $"/contacts?{filter}&sort={sort}&cursor=last", "prev");
            Assert.Equal(expected, back);
            Assert.Equal(expected, await WalkAsync(Api(person), $"contacts?limit=70&{filter}&sort={sort}", expected.Count));
        }
    }

    [Theory]
    [InlineData("name", "status")]
    [InlineData("createdAt", "city")]
    [InlineData("city", "status")]
    [InlineData("lastAction", "company")]
    public async Task A_cursor_of_another_order_is_refused_or_starts_anew(string from, string to)
    {
        var page = (await As(Cast.Admin).GetAsync("/contacts?sort=" + from)).Expect(200);
        var cursor = page.Find(".pager a[rel=next]").GetAttribute("href")!.Split("cursor=")[1].Split('&')[0];
        Assert.Equal(Ids((await As(Cast.Admin).GetAsync("/contacts?sort=" + to)).Expect(200)), Ids((await As(Cast.Admin).GetAsync($"/contacts?sort={to}&cursor={cursor}")).Expect(200)));
        var next = (await Api(Cast.Admin).GetAsync("contacts?limit=3&sort=" + from))["nextCursor"].GetString();
        (await Api(Cast.Admin).GetAsync($"contacts?limit=3&sort={to}&cursor={next}")).ExpectProblem(400, "cursor");
    }

    [Fact]
    public async Task Status_city_and_company_are_sorted_by_their_headings()
    {
        var page = (await As(Cast.Admin).GetAsync("/contacts?columns=company,status,city")).Expect(200);
        foreach (var sort in new[] { "company", "status", "city" })
        {
            var sorted = await page.FollowAsync($"thead a[href*='sort={sort}']");
            Assert.Equal((await ExpectedAsync(Cast.Admin, "", sort)).Take(50), Ids(sorted.Expect(200)));
            sorted = await sorted.FollowAsync($"thead a[href*='sort=-{sort}']");
            Assert.Equal((await ExpectedAsync(Cast.Admin, "", "-" + sort)).Take(50), Ids(sorted.Expect(200)));
        }
    }

    [Fact]
    public async Task Persons_stand_in_the_order_of_the_companies_they_are_shown_with_now()
    {
        using var api = Api(Cast.Anna);
        var firm = (await api.PostAsync("contacts", new { kind = "company", companyName = "Élan Vital" })).Expect(201).Id;
        var ids = new List<long>();
        foreach (var (last, company) in new[] { ("Premier", "Zénith"), ("Deuxième", "élan vital"), ("Troisième", null), ("Quatrième", "Aubaine") })
            ids.Add((await api.PostAsync("contacts", new { lastName = last, companyName = company, tags = new[] { "rangés" } })).Expect(201).Id);
        Assert.Equal([ids[3], ids[1], ids[0], ids[2]], await WalkAsync(api, "contacts?limit=2&tag=rangés&sort=company", 4));
        (await api.PatchAsync($"contacts/{firm}", new { companyName = "Zzz Vital" })).Expect(200);
        (await api.PatchAsync($"contacts/{ids[0]}", new { companyName = (string?)null, companyId = (long?)null })).Expect(200);
        Assert.Equal([ids[3], ids[1], ids[0], ids[2]], await WalkAsync(api, "contacts?limit=2&tag=rangés&sort=company", 4));
        Assert.Equal([ids[1], ids[3], ids[2], ids[0]], await WalkAsync(api, "contacts?limit=2&tag=rangés&sort=-company", 4));

        // As they were before they could be sorted so.
        await using (var db = Db()) await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Tags.Any(t => db.Set<Tag>().Any(x => x.Id == t.TagId && x.Key == "ranges"))).ExecuteUpdateAsync(s => s.SetProperty(c => c.CompanyKey, ""));
        await using (var db = Db())
        {
            db.Enqueue("contacts.spellings", new { });
            await db.SaveChangesAsync();
        }
        await Server.RunJobsAsync();
        Assert.Equal([ids[3], ids[1], ids[0], ids[2]], await WalkAsync(api, "contacts?limit=2&tag=rangés&sort=company", 4));
    }

    protected async Task<List<long>> ExpectedAsync(Person person, string filter, string sort)
    {
        await using var db = Db();
        var seen = db.Set<Contact>().AsNoTracking();
        if (person == Cast.Anna) seen = seen.Where(c => c.Access != ContactAccess.Private || c.Responsibles.Any(r => r.UserId == Cast.Anna.Id));
        if (filter == "tag=tag07") seen = seen.Where(c => c.Tags.Any(t => db.Set<Tag>().Any(x => x.Id == t.TagId && x.Key == "tag07")));
        if (filter == "kind=person") seen = seen.Where(c => c.Kind == ContactKind.Person);
        var all = await seen.ToListAsync();
        if (filter.StartsWith("status=", StringComparison.Ordinal))
        {
            var words = filter.Replace("status=", "", StringComparison.Ordinal).Split('&', ',');
            all.RemoveAll(c => !words.Contains(ContactFilter.Word(c.Status)));
        }
        var sign = sort[0] == '-' ? -1 : 1;
        all.Sort((a, b) =>
        {
            var order = sort.TrimStart('-') switch
            {
                "status" => Group(a.Status == ContactStatus.None, b.Status == ContactStatus.None, a.Status.CompareTo(b.Status) * sign),
                "createdAt" => a.CreatedAt == b.CreatedAt ? a.Id.CompareTo(b.Id) * sign : a.CreatedAt.CompareTo(b.CreatedAt) * sign,
                "lastAction" => a.LastActivityAt == b.LastActivityAt ? a.Id.CompareTo(b.Id) * sign : a.LastActivityAt.CompareTo(b.LastActivityAt) * sign,
                "city" => Group(a.CityKey == "", b.CityKey == "", string.CompareOrdinal(a.CityKey, b.CityKey) * sign),
                "company" => Group(a.CompanyKey == "", b.CompanyKey == "", string.CompareOrdinal(a.CompanyKey, b.CompanyKey) * sign),
                _ => 0,
            };
            if (order == 0) order = string.CompareOrdinal(a.SortName, b.SortName) * sign;
            return order != 0 ? order : a.Id.CompareTo(b.Id) * sign;
        });
        return all.ConvertAll(c => c.Id);
    }

    private static int Group(bool lastA, bool lastB, int otherwise) => lastA != lastB ? lastA.CompareTo(lastB) : otherwise;

    private static List<long> Ids(PageResult page) =>
        [.. page.All("tbody tr[id^=contact-]").Select(r => long.Parse(r.Id!["contact-".Length..], System.Globalization.CultureInfo.InvariantCulture))];

    protected static async Task<List<long>> WalkAsync(Browserlike browser, string url, string rel)
    {
        var ids = new List<long>();
        var page = (await browser.GetAsync(url)).Expect(200);
        while (true)
        {
            ids.InsertRange(rel == "prev" ? 0 : ids.Count, Ids(page));
            Assert.True(ids.Count <= 1000, "the list has an end");
            if (page.All($".pager a[rel={rel}]").Count == 0) return ids;
            page = (await page.FollowAsync($".pager a[rel={rel}]")).Expect(200);
        }
    }

    private static async Task<List<long>> WalkAsync(ApiClient api, string path, int count)
    {
        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await api.GetAsync(path + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)))).Expect(200);
            Assert.Equal(count, page["count"].GetInt32());
            ids.AddRange(page["items"].EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));
            cursor = page["nextCursor"].GetString();
        }
        while (cursor is not null && ids.Count <= 1000);
        return ids;
    }
}
