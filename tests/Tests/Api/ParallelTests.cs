using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Api;

/// <summary>What several send at the same moment ends as if it had come one after the other.</summary>
public sealed class ParallelTests(LiaisonServer server) : HttpTests(server)
{
    private const int Many = 12;

    [Fact]
    public async Task Persons_of_the_same_new_company_make_one_company()
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        string[] spellings = ["Forges du Rhône", "FORGES DU RHONE", "forges du rhône"];
        var made = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => (i % 4 == 3 ? ben : anna).PostAsync("contacts", new { lastName = $"Forge {i}", companyName = spellings[i % 3], access = "read" })));
        var company = Assert.Single(made.Select(r => r.Expect(201)["companyId"].GetInt64()).Distinct());
        Assert.Equal([company], await CompaniesAsync("forges du rhone"));

        var persons = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => anna.PostAsync("contacts", new { lastName = $"Mover {i}" })));
        var moved = await Task.WhenAll(persons.Select(p => anna.PatchAsync($"contacts/{p.Id}", new { companyName = "Second Home" })));
        Assert.Equal(await CompaniesAsync("second home"), moved.Select(r => r.Expect(200)["companyId"].GetInt64()).Distinct());
    }

    [Fact]
    public async Task A_tag_is_made_once_while_others_put_it_on_contacts()
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        for (var round = 0; round < 6; round++)
        {
            var name = $"Zugleich {round}";
            var all = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => i % 2 == 0 ? anna.PostAsync("tags", new { name }) : ben.PostAsync("contacts", new { lastName = $"Zugleich {i}", tags = new[] { name } })));
            var made = Assert.Single(all.Where((r, i) => i % 2 == 0 && r.Status == 201));
            foreach (var (reply, i) in all.Select((r, i) => (r, i))) Assert.Equal(i % 2 == 1 || reply == made ? 201 : 422, reply.Status);
            Assert.Equal(Many / 2, (await ben.GetAsync($"tags/{made.Id}")).Expect(200)["contacts"].GetInt32());
        }
    }

    [Fact]
    public async Task Whoever_restores_what_somebody_just_restored_is_told_that_it_is_there()
    {
        using var admin = Api(Cast.Admin);
        var contact = (await admin.PostAsync("contacts", new { lastName = "Twice" })).Expect(201);
        for (var round = 0; round < 4; round++)
        {
            (await admin.DeleteAsync($"contacts/{contact.Id}")).Expect(204);
            Assert.All(await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => admin.PostAsync($"contacts/{contact.Id}/restoration"))), r => r.Expect(200));
        }
    }

    [Fact]
    public async Task A_company_that_nobody_else_sees_stays_nobody_elses()
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var made = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => (i % 2 == 0 ? anna : ben).PostAsync("contacts", new { lastName = $"Hidden {i}", companyName = "Hidden Works", access = "private" })));
        var companies = made.Select((r, i) => (Mine: i % 2 == 0, Id: r.Expect(201)["companyId"].GetInt64())).Distinct().ToList();
        Assert.Equal(2, companies.Count);
        Assert.Equal(companies.Select(c => c.Id).Order(), await CompaniesAsync("hidden works"));
    }

    [Fact]
    public async Task Persons_of_a_company_that_is_deleted_at_that_moment_are_made_or_refused()
    {
        using var anna = Api(Cast.Anna);
        for (var round = 0; round < 4; round++)
        {
            var company = (await anna.PostAsync("contacts", new { kind = "company", companyName = $"Soon Gone {round}" })).Expect(201).Id;
            var mover = (await anna.PostAsync("contacts", new { lastName = "Mover" })).Expect(201).Id;
            var all = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => i switch
            {
                0 => anna.DeleteAsync($"contacts/{company}"),
                1 => anna.PatchAsync($"contacts/{mover}", new { companyId = company }),
                _ => anna.PostAsync("contacts", new { lastName = $"Person {i}", companyId = company, tags = new[] { $"Round {round}" } }),
            }));
            foreach (var reply in all.Skip(1))
            {
                if (reply.Status is 200 or 201) Assert.Equal(company, reply["companyId"].GetInt64());
                else reply.ExpectProblem(422, "companyId");
            }
        }
    }

    [Fact]
    public async Task Several_who_add_the_same_tag_and_responsible_user_all_succeed()
    {
        using var anna = Api(Cast.Anna);
        for (var round = 0; round < 12; round++)
        {
            var contact = (await anna.PostAsync("contacts", new { lastName = $"Wanted {round}" })).Expect(201).Id;
            var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => i % 2 == 0
                ? anna.PatchAsync($"contacts/{contact}", new { tags = new[] { $"Wanted {round}" } }) : anna.PatchAsync($"contacts/{contact}", new { responsibles = new[] { Cast.Anna.Id, Cast.Ben.Id } })));
            Assert.All(added, r => r.Expect(200));
            var after = await anna.GetAsync($"contacts/{contact}");
            Assert.Equal((1, 2), (after["tags"].GetArrayLength(), after["responsibles"].GetArrayLength()));
        }
    }

    [Fact]
    public async Task The_same_new_entry_is_made_once_and_refused_to_the_others()
    {
        using var admin = Api(Cast.Admin);
        foreach (var (list, body) in new (string, object)[] { ("tags", new { name = "At once" }), ("contact-types", new { name = "At once" }), ("activity-types", new { key = "atOnce", name = "At once", @class = "sale" }) })
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => admin.PostAsync(list, body)));
            Assert.Single(replies, r => r.Status == 201);
            Assert.All(replies.Where(r => r.Status != 201), r => r.ExpectProblem(422, list == "activity-types" ? "key" : "name"));
        }
    }

    [Fact]
    public async Task Twenty_actions_with_one_contact_are_all_recorded()
    {
        using var anna = Api(Cast.Anna);
        var contact = (await anna.PostAsync("contacts", new { lastName = "In demand" })).Expect(201);
        string[] types = ["call", "email", "note", "sale"];
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => anna.PostAsync("activities", new { contactId = contact.Id, type = types[i % 4] })));
        Assert.All(made, r => r.Expect(201));
        var answers = await Task.WhenAll(made.Select((r, i) => i % 2 == 0 ? anna.PostAsync($"activities/{r.Id}/responses", new { text = "yes" }) : anna.PatchAsync($"activities/{r.Id}", new { details = "changed" })));
        Assert.All(answers, r => r.ExpectSuccess());
        var after = (await anna.GetAsync($"contacts/{contact.Id}")).Expect(200);
        Assert.Equal(("client", 20), (after["status"].GetString(), (await anna.GetAsync($"activities?contactId={contact.Id}"))["count"].GetInt32()));
        Assert.Equal((await anna.GetAsync($"activities?contactId={contact.Id}&limit=1"))["items"][0].GetProperty("id").GetInt64(), after["lastAction"].GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Sales_that_make_each_others_contact_a_client_are_all_recorded()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        (await admin.PutAsync("settings/after-sale", new { choice = "always" })).Expect(200);
        var persons = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => anna.PostAsync("contacts", new { lastName = $"Partner {i}", companyName = $"Partners {i}" })));
        var family = persons.SelectMany(p => new[] { p.Expect(201).Id, p["companyId"].GetInt64() }).ToList();
        var sales = await Task.WhenAll(family.Select(id => anna.PostAsync("activities", new { contactId = id, type = "sale" })));
        Assert.All(sales, r => r.Expect(201));
        foreach (var id in family) Assert.Equal("client", (await anna.GetAsync($"contacts/{id}"))["status"].GetString());
        (await admin.PutAsync("settings/after-sale", new { choice = "ask" })).Expect(200);
    }

    private async Task<List<long>> CompaniesAsync(string name)
    {
        await using var db = Db();
        return await db.Set<Contact>().Where(c => c.Kind == ContactKind.Company && c.SortName == name).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();
    }
}
