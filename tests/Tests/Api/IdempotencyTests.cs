using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Api;

public sealed class IdempotencyTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task Twenty_at_once_with_one_key_make_one_contact()
    {
        using var api = Api(Cast.Anna);
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.PostAsync("contacts", new { lastName = "Onlyonce", companyName = "Onlyonce Ltd" }, key: "twenty")));
        Assert.All(replies, r => r.Expect(201));
        Assert.Single(replies.Select(r => r.Id).Distinct());
        Assert.Single(replies.Select(r => (r.ETag, r.Location, r.Body)).Distinct());
        await using var db = Db();
        Assert.Equal(1, await db.Set<Contact>().CountAsync(c => c.LastName == "Onlyonce"));
        Assert.Equal(1, await db.Set<Contact>().CountAsync(c => c.CompanyName == "Onlyonce Ltd" && c.Kind == ContactKind.Company));
    }

    [Fact]
    public async Task Another_body_is_refused_and_another_account_has_its_own_keys()
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var first = (await anna.PostAsync("contacts", new { lastName = "First" }, key: "mine")).Expect(201);
        (await anna.PostAsync("contacts", new { lastName = "Second" }, key: "mine")).ExpectProblem(422);
        (await anna.PostAsync("activities", new { lastName = "First" }, key: "mine")).ExpectProblem(422);
        Assert.NotEqual(first.Id, (await ben.PostAsync("contacts", new { lastName = "First" }, key: "mine")).Expect(201).Id);
    }

    [Fact]
    public async Task A_refused_request_may_be_corrected_under_its_key()
    {
        using var api = Api(Cast.Anna);
        (await api.PostAsync("contacts", new { }, key: "again")).ExpectProblem(422, "lastName");
        (await api.PostAsync("contacts", new { lastName = "Again" }, key: "again")).Expect(201);
    }

    [Fact]
    public async Task An_action_is_recorded_once_with_its_effects()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Effect" })).Expect(201);
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.PostAsync("activities", new { contactId = contact.Id, type = "call" }, key: "call")));
        Assert.All(replies, r => Assert.Equal("prospect", r.Expect(201)["effects"][0].GetProperty("to").GetString()));
        Assert.Equal(1, (await api.GetAsync($"activities?contactId={contact.Id}"))["count"].GetInt32());
    }
}
