using Liaison.Access;
using Liaison.Tests.Contacts;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Access;

/// <summary>Whoever may not see actions learns on no path what was said in them, only that there were some.</summary>
public sealed class PartialTokenTests(LiaisonServer server) : HttpTests(server)
{
    private static readonly string[] Secrets = ["saysdetails", "sayscampaign", "saysresponse", "saysfield", "saysremoved", "refused", "meeting"];

    [Fact]
    public async Task Without_the_right_to_see_actions_nothing_of_them_is_given()
    {
        using var anna = Api(Cast.Anna);
        var id = await Server.ContactAsync(Cast.Anna, "Partielle");
        var call = (await anna.PostAsync("activities", new { contactId = id, type = "meeting", outcome = "refused", details = "saysdetails", campaign = "sayscampaign", field1 = "saysfield" })).Expect(201);
        (await anna.PostAsync($"activities/{call.Id}/responses", new { text = "saysresponse" })).Expect(201);
        (await anna.PatchAsync($"activities/{call.Id}", new { details = "saysdetails and more", rating = 2 })).Expect(200);
        var removed = (await anna.PostAsync("activities", new { contactId = id, type = "meeting", details = "saysremoved" })).Expect(201);
        (await anna.DeleteAsync($"activities/{removed.Id}")).Expect(200);

        using var partial = Api(await TokenAsync("contacts.view", "contacts.edit", "contacts.export", "exchange.export", "activities.edit"));
        string[] paths =
        [
            $"contacts/{id}", $"contacts?ids={id}", $"contacts/{id}/timeline", $"contacts/{id}/status", $"contacts/{id}/status-history", $"exports/contacts?ids={id}", $"exports/contacts?ids={id}&format=xlsx",
            "search?q=saysdetails", "contacts?q=sayscampaign", $"activities?contactId={id}", $"activities/{call.Id}", $"activities/{call.Id}/responses",
        ];
        foreach (var path in paths) Silent(await partial.GetAsync(path));
        Silent(await partial.PatchAsync($"contacts/{id}", new { jobTitle = "Directrice" }));
        foreach (var reply in new[] { await partial.PatchAsync($"activities/{call.Id}", new { rating = 3 }), await partial.PostAsync($"activities/{removed.Id}/restoration") }) Silent(reply.Expect(403));

        // What is told is that something took place.
        var told = (await partial.GetAsync($"contacts/{id}")).Expect(200);
        Assert.Equal(("the contact responded", System.Text.Json.JsonValueKind.Null), (told["statusBecause"].GetString(), told["lastAction"].ValueKind));
        Assert.Contains("an action took place", (await partial.GetAsync($"contacts/{id}/status-history")).Expect(200).Body, StringComparison.Ordinal);
        var kinds = (await partial.GetAsync($"contacts/{id}/timeline")).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("data").GetProperty("what").GetString()).ToList();
        Assert.Contains("activity.edited", kinds);
        (await partial.GetAsync($"contacts/{id}/timeline?kind=action")).ExpectProblem(400, "kind");
        (await partial.GetAsync("exports/contacts?fields=lastAction.comment")).ExpectProblem(400, "fields");

        foreach (var path in new[] { $"contacts/{id}", $"contacts/{id}/timeline", $"exports/contacts?ids={id}" })
            Assert.Contains("saysresponse", (await anna.GetAsync(path)).Expect(200).Body, StringComparison.Ordinal);

        static void Silent(ApiReply reply)
        {
            foreach (var secret in Secrets) Assert.False(reply.Body.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{reply.Request} tells {secret}: {reply.Body}");
        }
    }

    [Fact]
    public async Task Whoever_may_not_see_contacts_does_not_read_one_by_changing_it()
    {
        using var anna = Api(Cast.Anna);
        var contact = (await anna.PostAsync("contacts", new { lastName = "Unseen", tags = new[] { "unseentag" } })).Expect(201);
        var path = $"contacts/{contact.Id}";
        using var partial = Api(await TokenAsync("contacts.edit", "contacts.delete"));
        foreach (var reply in new[]
        {
            await partial.PatchAsync(path, new { jobTitle = "x" }), await partial.PutAsync(path, new { lastName = "x" }), await partial.PostAsync("contacts", new { lastName = "x" }),
            await partial.PutAsync(path + "/status", new { status = "client" }), await partial.PostAsync(path + "/details-checked"), await partial.PostAsync(path + "/related-clients"), await partial.PostAsync(path + "/restoration"),
            await partial.GetAsync("trash"),
        })
        {
            reply.ExpectProblem(403);
            Assert.DoesNotContain("unseen", reply.Body, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(contact["version"].GetInt64(), (await anna.GetAsync(path))["version"].GetInt64());
    }

    private async Task<Person> TokenAsync(params string[] permissions)
    {
        await using var db = Db();
        return new("", "") { Token = await Server.Services.GetRequiredService<Tokens>().CreateAsync(db, Cast.Anna.Id, "partial", permissions) };
    }
}
