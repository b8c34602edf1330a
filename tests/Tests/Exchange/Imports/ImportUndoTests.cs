using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange.Imports;

/// <summary>What an import's undo does when things it would give back have another name meanwhile, or are gone.</summary>
public sealed class ImportUndoTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task An_undo_leaves_a_contact_the_tags_it_had_under_whatever_name_they_go_now()
    {
        using var api = Api(Cast.Admin);
        var id = (await api.PostAsync("contacts", new { lastName = "Tagged", emails = new[] { new { value = "tagged@back.example" } }, tags = new[] { "Back renamed", "Back merged", "Back deleted", "Back same" } })).Expect(201).Id;
        (await api.PostAsync("contacts", new { lastName = "Other", tags = new[] { "Back other" } })).Expect(201);
        var import = await api.ImportAsync("tags.csv", "Last name;E-mail;Tags\nTagged;tagged@back.example;Back imported\n", ("duplicates", "update"));
        Assert.Equal((0, 1, 0, 0), import.Counts());
        (await api.PatchAsync($"tags/{await TagAsync("Back renamed")}", new { name = "Back has another name" })).ExpectSuccess();
        (await api.PostAsync($"tags/{await TagAsync("Back merged")}/merge", new { into = await TagAsync("Back other") })).ExpectSuccess();
        (await api.DeleteAsync($"tags/{await TagAsync("Back deleted")}")).ExpectSuccess();

        (await api.PostAsync($"imports/{import.Id}/undo")).ExpectSuccess();
        Assert.Equal("undone", (await api.SettledAsync(import.Id))["state"].GetString());
        Assert.Equal(["Back has another name", "Back other", "Back same"], (await api.GetAsync($"contacts/{id}"))["tags"].EnumerateArray().Select(t => t.GetString()!).Order(StringComparer.Ordinal));
        await using var db = Db();
        Assert.False(await db.Set<Tag>().AnyAsync(t => t.Name == "Back renamed" || t.Name == "Back merged" || t.Name == "Back deleted"));
    }

    [Fact]
    public async Task An_undo_keeps_and_tells_a_type_and_a_temperature_whose_old_value_is_in_no_list_any_more()
    {
        using var api = Api(Cast.Admin);
        var type = (await api.PostAsync("contact-types", new { name = "Gone type" })).Expect(201);
        var warmth = (await api.PostAsync("temperatures", new { name = "Gone warmth" })).Expect(201);
        var id = (await api.PostAsync("contacts", new
        {
            lastName = "Typed", emails = new[] { new { value = "typed@back.example" } }, type = type["key"].GetString(), temperature = warmth["key"].GetString(),
        })).Expect(201).Id;
        var import = await api.ImportAsync("types.csv", "Last name;E-mail;Type;Temperature;Position\nTyped;typed@back.example;Client;Hot;Buyer\n", ("duplicates", "update"));
        Assert.Equal((0, 1, 0, 0), import.Counts());
        (await api.DeleteAsync($"contact-types/{type.Id}")).ExpectSuccess();
        (await api.DeleteAsync($"temperatures/{warmth.Id}")).ExpectSuccess();

        (await api.PostAsync($"imports/{import.Id}/undo")).ExpectSuccess();
        Assert.Equal("undone", (await api.SettledAsync(import.Id))["state"].GetString());
        var contact = await api.GetAsync($"contacts/{id}");
        Assert.Equal(("client", "hot", null), (contact["type"].GetString(), contact["temperature"].GetString(), contact["jobTitle"].GetString()));
        var kept = Assert.Single((await api.GetAsync($"imports/{import.Id}/kept"))["items"].EnumerateArray());
        Assert.Equal(id, kept.GetProperty("id").GetInt64());
        Assert.Equal(2, kept.GetProperty("fields").GetArrayLength());
    }

    [Fact]
    public async Task Imports_are_undone_in_any_order_also_when_the_first_made_the_company_that_the_second_replaced()
    {
        using var api = Api(Cast.Anna);
        var first = await api.ImportAsync("first.csv", "Last name;E-mail;Company\nMoved;moved@back.example;Firm Before\n");
        var second = await api.ImportAsync("second.csv", "Last name;E-mail;Company\nMoved;moved@back.example;Firm After\n", ("duplicates", "update"));
        Assert.Equal((0, 1, 0, 0), second.Counts());
        foreach (var import in new[] { first, second })
        {
            (await api.PostAsync($"imports/{import.Id}/undo")).ExpectSuccess();
            Assert.Equal("undone", (await api.SettledAsync(import.Id))["state"].GetString());
        }
        var contact = Assert.Single((await api.GetAsync("contacts?q=moved@back.example"))["items"].EnumerateArray());
        Assert.Equal("Firm Before", contact.GetProperty("companyName").GetString());
        await using var db = Db();
        Assert.False(await db.Set<Contact>().IgnoreQueryFilters().AnyAsync(c => c.Kind == ContactKind.Company && (c.CompanyName == "Firm Before" || c.CompanyName == "Firm After")));
    }

    private async Task<long> TagAsync(string name)
    {
        await using var db = Db();
        return await db.Set<Tag>().Where(t => t.Name == name).Select(t => t.Id).SingleAsync();
    }
}
