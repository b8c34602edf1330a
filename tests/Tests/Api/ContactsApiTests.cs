using System.Text.Json;

namespace Liaison.Tests.Api;

public sealed class ContactsApiTests(LiaisonServer server) : HttpTests(server)
{
    private static readonly object Full = new
    {
        kind = "person", firstName = "Éléonore", lastName = "Müller", jobTitle = "CEO", companyName = "Atelier Vermeil", industry = "Design",
        emails = new[] { new { value = "e@vermeil.example", category = "work", primary = true }, new { value = "e2@vermeil.example", category = "home", primary = false } },
        phones = new[] { new { value = "+33 6 12 34 56 78", category = "mobile", primary = true } },
        websites = new[] { new { value = "https://vermeil.example", category = "work", primary = true } },
        socials = new[] { new { value = "eleonore", category = "linkedin", primary = true } },
        addresses = new[] { new { category = "billing", street = "1 rue X\nBâtiment B", city = "Lyon", state = "Rhône", zip = "69001", country = "FR", primary = true } },
        type = "partner", temperature = "warm", tags = new[] { "Salon", "VIP" }, access = "read", currency = "EUR", description = "Two\nlines", custom = new { },
    };

    [Fact]
    public async Task What_is_written_is_read_back_with_version_and_address()
    {
        using var api = Api(Cast.Anna);
        var created = (await api.PostAsync("contacts", Full)).Expect(201);
        Assert.Equal("\"1\"", created.ETag);
        Assert.Equal($"/api/v1/contacts/{created.Id}", created.Location);
        var read = (await api.GetAsync($"contacts/{created.Id}")).Expect(200);
        Assert.Equal("\"1\"", read.ETag);
        foreach (var field in JsonSerializer.SerializeToElement(Full).EnumerateObject())
            Assert.True(JsonElement.DeepEquals(field.Value, read[field.Name]), $"{field.Name}: {read[field.Name]}");
        Assert.Equal("lead", read["status"].GetString());
        Assert.Equal("the contact was created", read["statusBecause"].GetString());
        Assert.Equal([Cast.Anna.Id], read["responsibles"].EnumerateArray().Select(r => r.GetInt64()));
        Assert.Equal(JsonValueKind.Null, read["lastAction"].ValueKind);
        Assert.Equal("company", (await api.GetAsync($"contacts/{read["companyId"].GetInt64()}"))["kind"].GetString());
    }

    [Fact]
    public async Task Patch_leaves_what_is_not_sent_clears_by_null_and_replaces_lists()
    {
        using var api = Api(Cast.Anna);
        var before = (await api.PostAsync("contacts", Full)).Expect(201);
        var after = (await api.PatchAsync($"contacts/{before.Id}", """{"jobTitle":null,"phones":[{"value":"0102030405"}],"tags":null,"temperature":null,"access":null}""")).Expect(200);
        Assert.Equal("\"2\"", after.ETag);
        Assert.Equal(JsonValueKind.Null, after["jobTitle"].ValueKind);
        Assert.Equal(JsonValueKind.Null, after["temperature"].ValueKind);
        Assert.Equal("private", after["access"].GetString());
        Assert.Empty(after["tags"].EnumerateArray());
        Assert.Equal("0102030405", after["phones"][0].GetProperty("value").GetString());
        foreach (var kept in new[] { "firstName", "lastName", "companyId", "companyName", "industry", "emails", "websites", "socials", "addresses", "type", "responsibles", "currency", "description", "status" })
            Assert.True(JsonElement.DeepEquals(before[kept], after[kept]), kept);
    }

    [Fact]
    public async Task A_new_company_name_alone_moves_the_person()
    {
        using var api = Api(Cast.Anna);
        var before = (await api.PostAsync("contacts", Full)).Expect(201);
        var after = (await api.PatchAsync($"contacts/{before.Id}", new { companyName = "Elsewhere Ltd" })).Expect(200);
        Assert.NotEqual(before["companyId"].GetInt64(), after["companyId"].GetInt64());
        var alone = (await api.PatchAsync($"contacts/{before.Id}", """{"companyId":null,"companyName":null}""")).Expect(200);
        Assert.Equal(JsonValueKind.Null, alone["companyId"].ValueKind);
    }

    [Fact]
    public async Task A_company_made_on_the_way_is_told()
    {
        using var api = Api(Cast.Anna);
        var made = (await api.PostAsync("contacts", new { lastName = "First", companyName = "Made Once Ltd" })).Expect(201);
        var effect = made["effects"].EnumerateArray().Single();
        Assert.Equal(("contactCreated", made["companyId"].GetInt64(), "lead"), (effect.GetProperty("kind").GetString(), effect.GetProperty("contactId").GetInt64(), effect.GetProperty("to").GetString()));
        Assert.Empty((await api.PostAsync("contacts", new { lastName = "Second", companyName = "Made Once Ltd" })).Expect(201)["effects"].EnumerateArray());
        Assert.Single((await api.PatchAsync($"contacts/{made.Id}", new { companyName = "Made Twice Ltd" })).Expect(200)["effects"].EnumerateArray());
        Assert.Equal(JsonValueKind.Null, (await api.GetAsync("search?q=made&limit=1")).Expect(200)["count"].ValueKind);
    }

    [Fact]
    public async Task A_version_goes_up_by_one_and_only_when_something_changed()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", Full)).Expect(201);
        Assert.Equal("\"1\"", (await api.PatchAsync($"contacts/{contact.Id}", new { lastName = "Müller" })).Expect(200).ETag);
        Assert.Equal("\"2\"", (await api.PatchAsync($"contacts/{contact.Id}", new { lastName = "Muller", tags = new[] { "Salon", "New one" }, companyName = "Another Ltd" })).Expect(200).ETag);
        Assert.Equal("\"3\"", (await api.PatchAsync($"contacts/{contact.Id}", new { phones = new[] { new { value = "0203" } } })).Expect(200).ETag);
    }

    [Fact]
    public async Task The_same_new_tag_may_be_made_by_many_at_once()
    {
        using var api = Api(Cast.Anna);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => api.PostAsync("contacts", new { lastName = "Crowd" + i, tags = new[] { "Crowded", "Both" } })));
        Assert.All(replies, r => r.Expect(201));
        Assert.Equal(8, (await api.GetAsync("contacts?tag=crowded&tag=both"))["count"].GetInt32());
    }

    [Fact]
    public async Task Put_replaces_the_whole()
    {
        using var api = Api(Cast.Anna);
        var before = (await api.PostAsync("contacts", Full)).Expect(201);
        var after = (await api.PutAsync($"contacts/{before.Id}", new { lastName = "Only" })).Expect(200);
        Assert.Equal("Only", after["name"].GetString());
        Assert.Empty(after["emails"].EnumerateArray());
        Assert.Equal(JsonValueKind.Null, after["type"].ValueKind);
    }

    [Fact]
    public async Task A_stale_version_changes_nothing()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Old" })).Expect(201);
        (await api.PatchAsync($"contacts/{contact.Id}", new { lastName = "New" }, contact.ETag)).Expect(200);
        (await api.PatchAsync($"contacts/{contact.Id}", new { lastName = "Stale" }, contact.ETag)).ExpectProblem(412);
        (await api.PutAsync($"contacts/{contact.Id}", new { lastName = "Stale" }, contact.ETag)).ExpectProblem(412);
        (await api.PutAsync($"contacts/{contact.Id}/status", new { status = "client" }, contact.ETag)).ExpectProblem(412);
        (await api.DeleteAsync($"contacts/{contact.Id}", contact.ETag)).ExpectProblem(412);
        var now = (await api.GetAsync($"contacts/{contact.Id}")).Expect(200);
        Assert.Equal("New", now["lastName"].GetString());
        Assert.Equal("\"2\"", now.ETag);
        (await api.DeleteAsync($"contacts/{contact.Id}", now.ETag)).Expect(204);
    }

    [Fact]
    public async Task Parallel_changes_of_different_fields_are_all_kept()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Shared" })).Expect(201);
        var replies = await Task.WhenAll(new object[] { new { firstName = "A" }, new { jobTitle = "B" }, new { industry = "C" }, new { description = "D" } }
            .Select(change => api.PatchAsync($"contacts/{contact.Id}", change)));
        Assert.All(replies, r => r.Expect(200));
        var now = await api.GetAsync($"contacts/{contact.Id}");
        Assert.Equal(["A", "B", "C", "D"], new[] { "firstName", "jobTitle", "industry", "description" }.Select(f => now[f].GetString()));
    }

    [Fact]
    public async Task Deleted_is_gone_and_comes_back_whole()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", Full)).Expect(201);
        (await api.DeleteAsync($"contacts/{contact.Id}")).Expect(204);
        (await api.GetAsync($"contacts/{contact.Id}")).ExpectProblem(404);
        (await api.PatchAsync($"contacts/{contact.Id}", new { lastName = "x" })).ExpectProblem(404);
        (await api.DeleteAsync($"contacts/{contact.Id}")).ExpectProblem(404);
        var back = (await api.PostAsync($"contacts/{contact.Id}/restoration")).Expect(200);
        Assert.True(JsonElement.DeepEquals(contact["emails"], back["emails"]));
        (await api.GetAsync($"contacts/{contact.Id}")).Expect(200);
    }

    [Fact]
    public async Task A_status_set_by_hand_is_told_and_kept_in_the_history()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Hand" })).Expect(201);
        (await api.PutAsync($"contacts/{contact.Id}/status", new { reason = "x" })).ExpectProblem(422, "status");
        (await api.PutAsync($"contacts/{contact.Id}/status", new { status = "queen" })).ExpectProblem(400, "status");
        var set = (await api.PutAsync($"contacts/{contact.Id}/status", new { status = "client", reason = "signed", locked = true })).Expect(200);
        var effect = set["effects"].EnumerateArray().Single();
        Assert.Equal(("statusChanged", contact.Id, "lead", "client", "the status was chosen by hand: signed"), (
            effect.GetProperty("kind").GetString(), effect.GetProperty("contactId").GetInt64(), effect.GetProperty("from").GetString(),
            effect.GetProperty("to").GetString(), effect.GetProperty("because").GetString()));
        var moves = (await api.GetAsync($"contacts/{contact.Id}/status-history")).Expect(200)["items"].EnumerateArray().ToList();
        Assert.Equal(["client", "lead"], moves.Select(m => m.GetProperty("to").GetString()));
        Assert.Equal(Cast.Anna.Name, moves[0].GetProperty("by").GetProperty("name").GetString());
        Assert.Equal("manual", moves[0].GetProperty("cause").GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, moves[1].GetProperty("from").ValueKind);
        var kinds = (await api.GetAsync($"contacts/{contact.Id}/timeline?kind=status")).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("kind").GetString());
        Assert.Equal(["status"], kinds.Distinct());
        (await api.GetAsync($"contacts/{contact.Id}/timeline?kind=gossip")).ExpectProblem(400, "kind");
    }

    [Fact]
    public async Task Possible_duplicates_are_named_but_only_visible_ones()
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var mine = (await anna.PostAsync("contacts", new { lastName = "Twin", emails = new[] { new { value = "twin@one.example" } } })).Expect(201);
        var found = (await anna.PostAsync("contacts/duplicates", new { emails = new[] { new { value = "TWIN@one.example" } } })).Expect(200)["items"].EnumerateArray().Single();
        Assert.Equal((mine.Id, "email"), (found.GetProperty("id").GetInt64(), found.GetProperty("reason").GetString()));
        Assert.Empty((await anna.PostAsync($"contacts/duplicates?except={mine.Id}", new { emails = new[] { new { value = "twin@one.example" } } })).Expect(200)["items"].EnumerateArray());
        var hidden = (await ben.PostAsync("contacts/duplicates", new { emails = new[] { new { value = "twin@one.example" } } })).Expect(200);
        Assert.Empty(hidden["items"].EnumerateArray());
        Assert.Equal([Cast.Anna.Name], hidden["ask"].EnumerateArray().Select(a => a.GetString()));
        var again = (await anna.PostAsync("contacts", new { lastName = "Twin", emails = new[] { new { value = "Twin@one.example" } } })).Expect(201)["effects"].EnumerateArray().Single();
        Assert.Equal(("possibleDuplicate", mine.Id, "same e-mail"), (again.GetProperty("kind").GetString(), again.GetProperty("contactId").GetInt64(), again.GetProperty("because").GetString()));
        Assert.Empty((await ben.PostAsync("contacts", new { lastName = "Twin", emails = new[] { new { value = "Twin@one.example" } } })).Expect(201)["effects"].EnumerateArray());
    }
}
