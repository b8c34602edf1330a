using Liaison.Contacts;
using Liaison.Tests.Contacts;
using Liaison.Tests.Harness;
using static Liaison.Contacts.Lifecycle.ContactStatus;

namespace Liaison.Tests.Activities;

/// <summary>A sale with a person makes the company a client too, or the other way round, as the organisation chose.</summary>
public sealed class AfterSaleTests(LiaisonServer server) : ActivityHttp(server)
{
    [Theory]
    [InlineData("api")]
    [InlineData("page")]
    [InlineData("edit")]
    [InlineData("restore")]
    public async Task Always_marks_the_company_however_the_sale_is_recorded(string way)
    {
        await ChooseAsync("always");
        var (person, company) = await FamilyAsync("Toujours " + way);
        using var api = Api(Cast.Anna);
        if (way == "page")
        {
            await RecordAsync(As(Cast.Anna), person, "sale");
            Assert.Contains("Toujours page", string.Join(' ', (await As(Cast.Anna).GetAsync($"/contacts/{company}")).Texts("h1")), StringComparison.Ordinal);
        }
        else
        {
            var sale = await api.PostAsync("activities", new { contactId = person, type = way == "edit" ? "call" : "sale" });
            if (way == "edit") sale = await api.PatchAsync($"activities/{sale.Expect(201).Id}", new { outcome = "sold" });
            if (way == "restore")
            {
                (await api.DeleteAsync($"activities/{sale.Expect(201).Id}")).Expect(200);
                (await api.PutAsync($"contacts/{company}/status", new { status = "lead" })).Expect(200);
                sale = await api.PostAsync($"activities/{sale.Id}/restoration");
            }
            var effects = sale.ExpectSuccess()["effects"].EnumerateArray().Select(e => (e.GetProperty("contactId").GetInt64(), e.GetProperty("to").GetString())).ToList();
            Assert.Equal([(person, "client"), (company, "client")], effects);
        }
        Assert.Equal((Client, Client), (await StatusAsync(person), await StatusAsync(company)));
        await ChooseAsync("ask");
    }

    [Fact]
    public async Task Asking_marks_the_company_on_request_only()
    {
        var (person, company) = await FamilyAsync("Demander");
        var anna = As(Cast.Anna);
        await RecordAsync(anna, person, "call");
        await RecordAsync(anna, person, "sale");
        Assert.Equal((Client, Lead), (await StatusAsync(person), await StatusAsync(company)));
        var page = (await anna.GetAsync($"/contacts/{person}")).Expect(200);
        (await page.Form("form[action$='relatives=true']").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal(Client, await StatusAsync(company));

        // The same question after an action was edited.
        (person, company) = await FamilyAsync("Demander Encore");
        await RecordAsync(anna, person, "call");
        var call = (await ActivitiesAsync(person)).Single();
        (await (await anna.GetAsync($"/activities/{call.Id}/edit")).Form("#composer form").Choose("Activity.Outcome", "sold").SubmitAsync(follow: false)).Expect(303);
        Assert.NotEmpty((await anna.GetAsync($"/contacts/{person}")).All("form[action$='relatives=true']"));

        // A program marks them at an address of its own.
        using var api = Api(Cast.Anna);
        var effect = Assert.Single((await api.PostAsync($"contacts/{person}/related-clients")).Expect(200)["effects"].EnumerateArray());
        Assert.Equal((company, "client"), (effect.GetProperty("contactId").GetInt64(), effect.GetProperty("to").GetString()));
        Assert.Empty((await api.PostAsync($"contacts/{person}/related-clients")).Expect(200)["effects"].EnumerateArray());
    }

    [Theory]
    [InlineData("always")]
    [InlineData("ask")]
    public async Task A_sale_that_counts_only_after_unlocking_or_with_other_rules_does_the_same(string choice)
    {
        await ChooseAsync(choice);
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        using var api = Api(Cast.Anna);
        using var root = Api(Cast.Admin);
        var (person, company) = await FamilyAsync("Déverrouillée " + choice);
        (await api.PutAsync($"contacts/{person}/status", new { locked = true })).Expect(200);
        await RecordAsync(anna, person, "sale");
        Assert.Equal((Lead, Lead), (await StatusAsync(person), await StatusAsync(company)));
        var page = await (await anna.GetAsync($"/contacts/{person}/status")).Form("main form.card").SubmitAsync("button[name=unlock]");
        Assert.Equal(choice == "always" ? Client : Lead, await StatusAsync(company));
        if (choice == "ask") await page.Form("form[action$='relatives=true']").SubmitAsync();
        Assert.Equal((Client, Client), (await StatusAsync(person), await StatusAsync(company)));

        var (other, employer) = await FamilyAsync("Autres règles " + choice);
        await RecordAsync(anna, other, "visit");
        var preview = (await admin.GetAsync($"/settings/activity-rules?preview=true&class_{(await TypeIdsAsync())["visit"]}=sale")).Find("#preview").TextContent;
        Assert.Equal(choice == "always", preview.Contains("ne sont pas comptées ici", StringComparison.Ordinal));
        (await root.PatchAsync("activity-rules", new { types = new { visit = "sale" } })).Expect(200);
        await Server.RunJobsAsync();
        Assert.Equal((Client, choice == "always" ? Client : Lead), (await StatusAsync(other), await StatusAsync(employer)));
        page = (await admin.GetAsync("/settings/activity-rules")).Expect(200);
        Assert.Equal(choice == "ask" ? 1 : 0, page.All($"#replay form[action^='/contacts/{other}/status?relatives=true']").Count);
        if (choice == "ask") Assert.Equal("/settings/activity-rules", (await page.Form($"#replay form[action^='/contacts/{other}/status?relatives=true']").SubmitAsync()).Url);
        Assert.Equal(Client, await StatusAsync(employer));
        (await root.PatchAsync("activity-rules", new { types = new { visit = "engagement" } })).Expect(200);
        await Server.RunJobsAsync();
        await ChooseAsync("ask");
    }

    [Fact]
    public async Task Never_and_locked_leave_the_others_alone()
    {
        await ChooseAsync("never");
        var (person, company) = await FamilyAsync("Jamais");
        using var api = Api(Cast.Anna);
        Assert.Single((await api.PostAsync("activities", new { contactId = person, type = "sale" })).Expect(201)["effects"].EnumerateArray());
        Assert.Equal(Lead, await StatusAsync(company));
        await ChooseAsync("always");
        (person, company) = await FamilyAsync("Verrou");
        (await api.PutAsync($"contacts/{company}/status", new { locked = true })).Expect(200);
        (await api.PostAsync("activities", new { contactId = person, type = "sale" })).Expect(201);
        Assert.Equal((Client, Lead), (await StatusAsync(person), await StatusAsync(company)));
        await ChooseAsync("ask");
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("edited")]
    [InlineData("byHand")]
    [InlineData("another")]
    [InlineData("rules")]
    public async Task Whoever_was_taken_along_follows_the_sale_back(string how)
    {
        await ChooseAsync("always");
        var (person, company) = await FamilyAsync("Retour " + how);
        using var api = Api(Cast.Anna);
        using var root = Api(Cast.Admin);
        var sale = (await api.PostAsync("activities", new { contactId = person, type = how == "rules" ? "visit" : "sale" })).Expect(201);
        if (how == "rules") await RulesAsync("sale");
        var status = (await api.GetAsync($"contacts/{company}/status")).Expect(200);
        Assert.Equal(("client", "relatedSale", sale.Id), (status["status"].GetString(), status["cause"].GetProperty("type").GetString(), status["cause"].GetProperty("activityId").GetInt64()));
        Assert.Equal("a sale was made with a related contact", status["because"].GetString());
        Assert.Contains($"/activities/{sale.Id}", (await As(Cast.Anna).GetAsync($"/contacts/{company}/status-history")).All("td a").Select(a => a.GetAttribute("href")));

        var second = how == "another" ? (await api.PostAsync("activities", new { contactId = person, type = "sale" })).Expect(201).Id : sale.Id;
        if (how == "byHand") (await api.PutAsync($"contacts/{company}/status", new { status = "client", reason = "an old client" })).Expect(200);
        if (how == "rules") await RulesAsync("engagement");
        else
        {
            var undone = how == "edited" ? await api.PatchAsync($"activities/{sale.Id}", new { type = "note" }) : await api.DeleteAsync($"activities/{sale.Id}");
            var effects = undone.Expect(200)["effects"].EnumerateArray().Select(e => (e.GetProperty("kind").GetString(), e.GetProperty("contactId").GetInt64(), e.GetProperty("to").GetString())).ToList();
            Assert.Equal(how switch
            {
                "byHand" => [("statusChanged", person, "lead")],
                "another" => [("statusCorrected", person, "client"), ("statusCorrected", company, "client")],
                _ => [("statusChanged", person, "lead"), ("statusChanged", company, "lead")],
            }, effects);
        }
        Assert.Equal(how is "byHand" or "another" ? Client : Lead, await StatusAsync(company));
        if (how == "another") Assert.Equal(second, (await api.GetAsync($"contacts/{company}/status"))["cause"].GetProperty("activityId").GetInt64());

        // What comes back counts again, but not over what a person decided since.
        if (how == "deleted")
        {
            (await api.PostAsync($"activities/{sale.Id}/restoration")).Expect(200);
            Assert.Equal(Client, await StatusAsync(company));
            (await api.DeleteAsync($"activities/{sale.Id}")).Expect(200);
            Server.Clock.Advance(TimeSpan.FromMinutes(1));
            (await api.PutAsync($"contacts/{company}/status", new { status = "prospect" })).Expect(200);
            (await api.PostAsync($"activities/{sale.Id}/restoration")).Expect(200);
            Assert.Equal((Client, Prospect), (await StatusAsync(person), await StatusAsync(company)));
        }
        await ChooseAsync("ask");

        async Task RulesAsync(string visit)
        {
            (await root.PatchAsync("activity-rules", new { types = new { visit } })).Expect(200);
            await Server.RunJobsAsync();
        }
    }

    [Fact]
    public async Task A_sale_that_is_undone_tells_nobody_of_a_company_that_they_do_not_see()
    {
        await ChooseAsync("always");
        var (person, company) = await FamilyAsync("Discrète");
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        (await anna.PatchAsync($"contacts/{person}", new { access = "readWrite" })).Expect(200);
        var sale = (await anna.PostAsync("activities", new { contactId = person, type = "sale" })).Expect(201);
        Assert.Equal(person, Assert.Single((await ben.DeleteAsync($"activities/{sale.Id}")).Expect(200)["effects"].EnumerateArray()).GetProperty("contactId").GetInt64());
        Assert.Equal(Lead, await StatusAsync(company));
        await ChooseAsync("ask");
    }

    private async Task<(long Person, long Company)> FamilyAsync(string name)
    {
        var company = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = ContactKind.Company; i.CompanyName = "Maison " + name; });
        return (await Server.ContactAsync(Cast.Anna, name, i => i.CompanyId = company), company);
    }

    [Fact]
    public async Task The_setting_is_read_by_all_and_chosen_by_administrators()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var before = (await anna.GetAsync("settings/after-sale")).Expect(200);
        (await anna.PutAsync("settings/after-sale", new { choice = "never" })).ExpectProblem(403);
        (await admin.PutAsync("settings/after-sale", "{}")).ExpectProblem(400, "choice");
        (await admin.PutAsync("settings/after-sale", new { choice = "often" })).ExpectProblem(400, "choice");
        Assert.Equal("never", (await admin.PutAsync("settings/after-sale", new { choice = "never" }, before.ETag)).Expect(200)["choice"].GetString());
        (await admin.PutAsync("settings/after-sale", new { choice = "always" }, before.ETag)).ExpectProblem(412);
        Assert.Equal("never", (await anna.GetAsync("settings/after-sale")).Expect(200)["choice"].GetString());
        await ChooseAsync("ask");
    }

    private async Task ChooseAsync(string choice)
    {
        using var admin = Api(Cast.Admin);
        (await admin.PutAsync("settings/after-sale", new { choice })).Expect(200);
    }
}
