using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

/// <summary>The list of contacts: who sees what, filters in the URL, orders and pages.</summary>
public sealed class ListTests(LiaisonServer server) : HttpTests(server)
{
    private static string[] Names(PageResult page) => [.. page.Texts("tbody a[data-open]")];

    [Fact]
    public async Task A_person_sees_their_own_and_shared_contacts_and_nobody_elses()
    {
        await Server.ContactAsync(Cast.Anna, "Seenprivate");
        await Server.ContactAsync(Cast.Anna, "Seenshared", c => c.Access = ContactAccess.Read);
        await Server.ContactAsync(Cast.Ben, "Seenown");
        var page = (await As(Cast.Ben).GetAsync("/contacts?q=seen")).Expect(200);
        Assert.Equal(["Seenown Marie", "Seenshared Marie"], Names(page));
        Assert.Contains("2", page.Find("h1 .count").TextContent, StringComparison.Ordinal);
        Assert.Single(page.All("tbody .mark"));
        Assert.Equal(3, Names(await As(Cast.Admin).GetAsync("/contacts?q=seen")).Length);
    }

    [Fact]
    public async Task On_a_phone_the_company_stands_under_the_name_where_its_column_is_chosen()
    {
        await Server.ContactAsync(Cast.Anna, "Underneath", c => c.CompanyName = "Papeterie du Port");
        var page = await As(Cast.Anna).GetAsync("/contacts?q=underneath");
        Assert.Equal(["Papeterie du Port"], page.Texts("td.name .show-s"));
        Assert.Empty((await As(Cast.Anna).GetAsync("/contacts?q=underneath&columns=name,status")).All("td.name .show-s"));
    }

    [Fact]
    public async Task Filters_are_told_in_words_and_each_can_be_taken_away()
    {
        await Server.ContactAsync(Cast.Anna, "Wordy", c => { c.Tags = ["Salon 2026"]; c.Addresses = [new() { City = "Épinal", Category = "office" }]; });
        var page = (await As(Cast.Anna).GetAsync("/contacts?tag=salon+2026&city=epinal&status=lead")).Expect(200);
        Assert.Equal(["Wordy Marie"], Names(page));
        Assert.Equal("Leads 1", page.Texts("h1")[0]);
        Assert.Contains(page.Texts(".chip"), chip => chip.Contains("salon 2026", StringComparison.Ordinal));
        var without = await page.FollowAsync(".chip a[href*='city=epinal']");
        Assert.DoesNotContain("tag=", without.Url, StringComparison.Ordinal);
        Assert.Contains("city=epinal", without.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("saint", "Cityful1", "Cityful2")]
    [InlineData("Saint Étienne", "Cityful1", "Cityful2")]
    [InlineData("SAINT-étienne", "Cityful1", "Cityful2")]
    [InlineData("saint-etienne de", "Cityful2")]
    [InlineData("etienne")]
    public async Task A_city_is_found_by_its_beginning(string city, params string[] names)
    {
        await Server.ContactAsync(Cast.Anna, "Cityful1", c => c.Addresses = [new() { City = "Saint-Étienne", Category = "office" }]);
        await Server.ContactAsync(Cast.Anna, "Cityful2", c => c.Addresses = [new() { City = "SAINT ETIENNE DE CUINES", Category = "office" }]);
        await Server.ContactAsync(Cast.Ben, "Cityful3", c => c.Addresses = [new() { City = "Saint-Étienne-du-Secret", Category = "office" }]);
        await Server.ContactAsync(Cast.Anna, "Cityful4");
        var page = (await As(Cast.Anna).GetAsync("/contacts?q=cityful&city=" + Uri.EscapeDataString(city))).Expect(200);
        Assert.Equal(names.Select(n => n + " Marie"), Names(page).Distinct(StringComparer.Ordinal));
        Assert.Equal(names.Length, (await Api(Cast.Anna).GetAsync("contacts?limit=500&city=" + Uri.EscapeDataString(city)))["items"].EnumerateArray().Select(c => c.GetProperty("lastName").GetString()).Distinct(StringComparer.Ordinal).Count());
        var offered = (await As(Cast.Anna).GetAsync("/contacts/cities/suggest?q=" + Uri.EscapeDataString(city))).Expect(200).Texts("li");
        Assert.Equal(names.Length, offered.Count);
        Assert.DoesNotContain(offered, o => o.Contains("Secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vingtville")]
    [InlineData("v")]
    public async Task The_pages_of_cities_with_the_same_beginning_have_each_contact_once_in_the_order_of_names(string city)
    {
        await using (var db = Db())
            if (!db.Set<Contact>().IgnoreQueryFilters().Any(c => c.CityKey == "vingtville"))
                for (var i = 0; i < 120; i++) await Server.ContactAsync(i % 4 == 3 ? Cast.Ben : Cast.Anna, $"Citadin{i * 7 % 120:000}", c => c.Addresses = [new() { City = i % 3 == 0 ? "Vingtville" : "Vingtville-sur-Mer", Category = "office" }]);
        foreach (var (person, count) in new[] { (Cast.Admin, 120), (Cast.Anna, 90) })
        {
            var page = (await As(person).GetAsync($"/contacts?city={city}")).Expect(200);
            Assert.Contains($"{count}", page.Texts("h1")[0], StringComparison.Ordinal);
            var seen = Names(page).ToList();
            while (page.All(".pager a[rel=next]").Count > 0) seen.AddRange(Names(page = await page.FollowAsync(".pager a[rel=next]")));
            Assert.Equal((count, count), (seen.Count, seen.Distinct(StringComparer.Ordinal).Count()));
            Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
            Assert.Equal(seen.Take((count - 1) / 50 * 50).TakeLast(50), Names(await page.FollowAsync(".pager a[rel=prev]")));
            Assert.Equal(Enumerable.Reverse(seen).Take(50), Names(await As(person).GetAsync($"/contacts?sort=-name&city={city}")));
            var ofApi = new List<string>();
            for (string? cursor = ""; cursor is not null;)
            {
                var reply = (await Api(person).GetAsync($"contacts?limit=50&city={city}{(cursor.Length > 0 ? "&cursor=" + cursor : "")}")).Expect(200);
                Assert.Equal(count, reply["count"].GetInt32());
                ofApi.AddRange(reply["items"].EnumerateArray().Select(c => c.GetProperty("lastName").GetString() + " Marie"));
                cursor = reply["nextCursor"].GetString();
            }
            Assert.Equal(seen, ofApi);
        }
    }

    [Theory]
    [InlineData("status=foo", "Statut")]
    [InlineData("createdAfter=2026-02-30", "Créé depuis le")]
    [InlineData("inactive=abc", "Sans action")]
    [InlineData("sort=colour", "Tri")]
    [InlineData("kind=1", "Personne ou entreprise")]
    public async Task A_filter_that_makes_no_sense_is_named_and_the_rest_applies(string filter, string name)
    {
        await Server.ContactAsync(Cast.Anna, "Sensible");
        var page = (await As(Cast.Anna).GetAsync($"/contacts?q=sensible&{filter}")).Expect(200);
        Assert.Contains(page.Texts(".note"), note => note.Contains(name, StringComparison.Ordinal));
        Assert.Contains("Sensible Marie", Names(page));
    }

    [Theory]
    [InlineData("/contacts?status=lead&status=&kind=&q=&city=Lyon&createdAfter=", "/contacts?status=lead&city=Lyon")]
    [InlineData("/activities?type=&q=&from=&sort=at", "/activities?sort=at")]
    [InlineData("/contacts/trash?q=", "/contacts/trash")]
    [InlineData("/settings/tags?q=", "/settings/tags")]
    public async Task Fields_left_empty_stay_out_of_the_address_without_script_too(string sent, string address)
    {
        var page = (await As(Cast.Admin).GetAsync(sent)).Expect(200);
        Assert.Equal(address, page.Url);
        Assert.Single(page.Redirects);
    }

    [Fact]
    public async Task Pages_go_forward_back_to_the_end_and_to_the_start_without_losing_or_doubling_a_row()
    {
        for (var i = 0; i < 120; i++) await Server.ContactAsync(Cast.Anna, $"Paged{i:000}");
        var page = await As(Cast.Anna).GetAsync("/contacts?q=paged");
        var seen = Names(page).ToList();
        Assert.Equal(50, seen.Count);
        page = await page.FollowAsync(".pager a[rel=next]");
        seen.AddRange(Names(page));
        page = await page.FollowAsync(".pager a[rel=next]");
        seen.AddRange(Names(page));
        Assert.Empty(page.All(".pager a[rel=next]"));
        Assert.Equal([.. Enumerable.Range(0, 120).Select(i => $"Paged{i:000} Marie")], seen);
        Assert.Equal(seen[50..100], Names(await page.FollowAsync(".pager a[rel=prev]")));
        foreach (var sort in new[] { "name", "-name", "createdAt", "-lastAction" })
        {
            var last = (await As(Cast.Anna).GetAsync($"/contacts?q=paged&sort={sort}&cursor=last")).Expect(200);
            Assert.Equal(50, Names(last).Length);
            Assert.Empty(last.All(".pager a[rel=next]"));
            Assert.NotEmpty(last.All(".pager a[rel=prev]"));
        }
        (await As(Cast.Anna).GetAsync("/contacts?q=paged&cursor=rubbish")).Expect(200);
    }

    [Fact]
    public async Task Chosen_columns_are_remembered_by_this_browser()
    {
        await Server.ContactAsync(Cast.Anna, "Columned");
        var browser = As(Cast.Anna);
        Assert.Contains("Ville", (await browser.GetAsync("/contacts?q=columned&columns=city,email")).Texts("thead th"));
        var heads = (await browser.GetAsync("/contacts?q=columned")).Texts("thead th");
        Assert.Contains("Ville", heads);
        Assert.DoesNotContain("Statut", heads);
        Assert.Contains("Statut", (await As(Cast.Anna).GetAsync("/contacts?q=columned")).Texts("thead th"));
    }

    [Fact]
    public async Task A_tag_within_a_status_follows_status_trash_and_merged_tags()
    {
        var first = await Server.ContactAsync(Cast.Anna, "Tagfollow A", c => c.Tags = ["Suivi"]);
        var second = await Server.ContactAsync(Cast.Anna, "Tagfollow B", c => c.Tags = ["Suivi bis"]);
        using var api = Api(Cast.Admin);
        async Task<string[]> Listed(string status) => Names((await As(Cast.Admin).GetAsync($"/contacts?tag=suivi&status={status}")).Expect(200));
        async Task<string> Counted(string status) => (await As(Cast.Admin).GetAsync($"/contacts?tag=suivi&status={status}")).Find("h1 .count").TextContent;
        Assert.Equal(["Tagfollow A Marie"], await Listed("lead"));
        (await api.PostAsync("activities", new { contactId = first, type = "call", outcome = "reached" })).Expect(201);
        Assert.Empty(await Listed("lead"));
        Assert.Equal("1", await Counted("prospect"));
        (await api.DeleteAsync($"contacts/{first}")).ExpectSuccess();
        Assert.Equal("0", await Counted("prospect"));
        (await api.PostAsync($"contacts/{first}/restoration")).ExpectSuccess();
        Assert.Equal(["Tagfollow A Marie"], await Listed("prospect"));
        (await (await As(Cast.Admin).GetAsync("/settings/tags?q=suivi+bis")).Form("td form.with-unit").Fill("name", "Suivi").SubmitAsync()).Expect(200);
        Assert.Equal(["Tagfollow B Marie"], await Listed("lead"));
        await using var db = Db();
        Assert.Equal(0, await db.Set<ContactTag>().CountAsync(t => t.Status != db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == t.ContactId && c.DeletedAt == null).Select(c => (ContactStatus?)c.Status).FirstOrDefault()));
        Assert.Equal(2, await db.Set<ContactTag>().CountAsync(t => t.ContactId == first || t.ContactId == second));
    }

    [Theory]
    [InlineData("?q=nobodyiscalledthis", "/contacts", "/contacts/new?name=nobodyiscalledthis")]
    [InlineData("?q=nobodyiscalledthis&city=Lyon", "/contacts?q=nobodyiscalledthis", "/contacts", "/contacts/new?name=nobodyiscalledthis")]
    [InlineData("?status=lead&q=nobodyiscalledthis", "/contacts?status=lead", "/contacts/new?name=nobodyiscalledthis")]
    [InlineData("?kind=company&q=nobodyiscalledthis", "/contacts?kind=company", "/contacts/new?name=nobodyiscalledthis&kind=company")]
    [InlineData("?city=Nowhereville", "/contacts", "/contacts/new")]
    public async Task A_list_with_nothing_says_why_and_what_to_do(string query, params string[] steps) =>
        Assert.Equal(steps, (await As(Cast.Anna).GetAsync("/contacts" + query)).Expect(200).All(".empty a").Select(a => a.GetAttribute("href")));

    [Theory]
    [InlineData("Zoé de la Tour", "Input.FirstName=Zoé", "Input.LastName=de la Tour")]
    [InlineData("Zwingli", "Input.FirstName=", "Input.LastName=Zwingli")]
    [InlineData("Zwingli & Fils SARL", "Input.CompanyName=Zwingli & Fils SARL")]
    [InlineData("zoe@zwingli.example", "Input.LastName=", "Input.Emails[0].Value=zoe@zwingli.example")]
    [InlineData("+41 44 668 18 00", "Input.LastName=", "Input.Phones[0].Value=+41 44 668 18 00")]
    public async Task Whom_a_search_does_not_find_is_created_from_what_was_typed(string query, params string[] fields)
    {
        var page = (await As(Cast.Anna).GetAsync("/search?q=" + Uri.EscapeDataString(query))).Expect(200);
        var form = (await page.FollowAsync(".empty a")).Expect(200).Form("main form[data-draft]");
        Assert.Equal(fields, fields.Select(f => f.Split('=')[0]).Select(name => $"{name}={form[name]}"));
    }

    [Theory]
    [InlineData("0612345678")]
    [InlineData("+33 6 12 34")]
    [InlineData("marie strasse")]
    [InlineData("STRASSE Marie")]
    [InlineData("ΑΘΗΝΑ")]
    [InlineData("bureau@exemple")]
    [InlineData("de la Straße")]
    [InlineData("Straße Ma")]
    [InlineData("de la")]
    public async Task Search_finds_any_part_whatever_case_accents_and_order(string query)
    {
        var id = await Server.ContactAsync(Cast.Anna, "de la Straße", c =>
        {
            c.Phones = [new() { Value = "+33 6 12 34 56 78", Category = "mobile" }];
            c.Emails = [new() { Value = "bureau@exemple.fr", Category = "work" }];
            c.CompanyName = "Αθήνα";
        });
        var found = (await As(Cast.Anna).GetAsync("/search/suggest?q=" + Uri.EscapeDataString(query))).Expect(200);
        Assert.NotEmpty(found.All($"[data-href='/contacts/{id}']"));
        Assert.Empty((await As(Cast.Ben).GetAsync("/search/suggest?q=" + Uri.EscapeDataString(query))).All($"[data-href='/contacts/{id}']"));
        (await Api(Cast.Anna).DeleteAsync($"contacts/{id}")).Expect(204);
    }

    [Fact]
    public async Task The_list_asks_the_database_five_questions()
    {
        await Server.ContactAsync(Cast.Anna, "Frugal");
        var anna = As(Cast.Anna);
        await anna.GetAsync("/contacts");
        var asked = await Server.Sql.DuringAsync(async () => (await anna.GetAsync("/contacts")).Expect(200));
        Assert.InRange(asked.Count(q => q.Text.Contains("contact", StringComparison.Ordinal)), 1, 5);
    }
}
