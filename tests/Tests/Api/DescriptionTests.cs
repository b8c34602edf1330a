using System.Text.Json;

namespace Liaison.Tests.Api;

/// <summary>What the API really answers, to good requests and bad ones, is what the description says.</summary>
public sealed class DescriptionTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task Real_answers_are_as_described()
    {
        using var api = Api(Cast.Admin);
        var document = (await api.GetAsync("openapi.json")).Expect(200).Json;
        var answers = new DescribedAnswers(document);
        ApiReply Check(ApiReply reply) => answers.Check(reply);
        var contact = Check(await api.PostAsync("contacts", """
            {"lastName":"Beschrieben","companyName":"Descrite SA","emails":[{"value":"d@d.example"}],"phones":[{"value":"0102030405"}],"websites":[{"value":"d.example"}],"socials":[{"value":"me","category":"x"}],
             "addresses":[{"city":"Lyon"}],"type":"client","temperature":"hot","tags":["described"],"custom":{}}
            """)).Id;
        var action = Check(await api.PostAsync("activities", $$"""{"contactId":{{contact}},"type":"call","rating":4,"details":"d","dropReminders":[],"nextReminder":null}""")).Id;
        var response = Check(await api.PostAsync($"activities/{action}/responses", new { text = "yes" })).Id;
        Check(await api.PutAsync($"contacts/{contact}/status", new { status = "client", reason = "r" }));
        Check(await api.PatchAsync($"activities/{action}", new { details = "e", outcome = "refused" }));
        Check(await api.PatchAsync($"contacts/{contact}", new { jobTitle = "CEO" }));
        var without = Check((await api.PostAsync("contact-types", new { name = "Undescribed", lifecycle = false })).Expect(201));
        var none = Check(await api.PostAsync("contacts", new { lastName = "Sansstatut", type = without["key"].GetString() })).Id;
        Check((await api.PutAsync($"contacts/{none}/status", new { status = "lead" })).Expect(409));
        Check(await api.PatchAsync($"contacts/{none}", new { type = (string?)null }));
        foreach (var path in new[]
        {
            "contacts", $"contacts/{contact}", $"contacts/{contact}/status", $"contacts/{contact}/status-history", $"contacts/{contact}/timeline", "activities", $"activities/{action}", $"activities/{action}/responses",
            $"responses/{response}", "tags", "tags/1", "contact-types", "contact-types/1", "temperatures", "temperatures/1", "activity-types", "activity-types/1", "activity-rules", "settings/activities", "settings/after-sale",
            "search?q=beschrieben", "users", $"users/{Cast.Anna.Id}", "me", "trash", "imports", "contacts/999999", "contacts?limit=0", "contacts?colour=red", "imports/999999", "exports/contacts?status=queen", "exports/nothing",
        }) Check(await api.GetAsync(path));
        Check(await api.PostAsync("contacts/duplicates", new { lastName = "Beschrieben" }));
        Check(await api.PostAsync($"contacts/{contact}/details-checked"));
        Check(await api.PostAsync($"contacts/{contact}/related-clients"));
        Check(await api.PostAsync("activity-rules/preview", new { outcomes = new { refused = "none" } }));
        var batch = Check(await api.PostAsync("contact-batches", new { operation = "tag", contactIds = new[] { contact }, tags = new[] { "many" } }));
        Check(await api.GetAsync($"contact-batches/{batch.Id}"));
        foreach (var path in new[] { $"contacts/{contact}", $"activities/{action}", $"responses/{response}" })
        {
            Check(await api.PatchAsync(path, "{\"colour\":1}"));
            Check(await api.PatchAsync(path, "{", "\"77\""));
            Check((await api.DeleteAsync(path, "\"77\"")).Expect(412));
        }
        Check(await api.PostAsync("contacts", new { kind = "person" }));
        Check((await api.DeleteAsync("contact-types/1")).Expect(409));
        foreach (var path in new[] { $"responses/{response}", $"activities/{action}", $"contacts/{contact}" })
        {
            Check(await api.DeleteAsync(path));
            Check(await api.DeleteAsync(path));
            if (path.StartsWith("contacts", StringComparison.Ordinal)) Check(await api.GetAsync("trash"));
        }
        foreach (var path in new[] { $"contacts/{contact}", $"activities/{action}", $"responses/{response}" }) Check(await api.PostAsync(path + "/restoration"));
        for (var i = 0; i < 2; i++) Assert.Equal(i == 1, Check((await api.PostAsync("contacts", new { lastName = "Once" }, key: "described")).Expect(201)).Headers.ContainsKey("Idempotency-Replayed"));
        using var anna = Api(Cast.Anna);
        Check((await anna.PostAsync("contact-types", new { name = "No" })).Expect(403));
        using var nobody = Api(Cast.Nobody);
        Check((await nobody.GetAsync("contacts")).Expect(401));
        Assert.Equal("", string.Join('\n', answers.Bad.Distinct()));
        Assert.True(answers.Seen.Count > 60);
    }

    [Fact]
    public async Task Classes_say_which_fields_are_always_there_and_what_they_hold()
    {
        using var api = Api(Cast.Nobody);
        var document = (await api.GetAsync("openapi.json")).Expect(200).Json;
        var schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (var field in schemas.EnumerateObject().SelectMany(s => s.Value.TryGetProperty("properties", out var p) ? p.EnumerateObject().Select(f => (Name: $"{s.Name}.{f.Name}", f.Value)) : []))
            Assert.False(field.Value.TryGetProperty("format", out _) && !field.Value.TryGetProperty("type", out _), field.Name + " has no type");
        foreach (var (name, field, optional) in new[] { ("ContactReply", "lastAction", "effects"), ("ActivityReply", "rating", "effects"), ("ResponseReply", "text", "effects") })
        {
            var required = schemas.GetProperty(name).GetProperty("required").EnumerateArray().Select(r => r.GetString()).ToList();
            Assert.Contains(field, required);
            Assert.DoesNotContain(optional, required);
        }
        foreach (var input in new[] { "ContactInput", "ActivityInput", "ActivitySettings" }) Assert.False(schemas.GetProperty(input).TryGetProperty("required", out _), input);

        // What a body is refused for is said wherever there is one, and a key that comes again with another body wherever there is a key.
        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (Name: $"{o.Name} {p.Name}", o.Value))))
        {
            var responses = operation.Value.GetProperty("responses");
            foreach (var status in operation.Value.TryGetProperty("requestBody", out _) ? new[] { "400", "413", "415", "422" } : operation.Name.StartsWith("post ", StringComparison.Ordinal) ? ["422"] : [])
                Assert.True(responses.TryGetProperty(status, out var described) && described.TryGetProperty("content", out _), $"{operation.Name} {status}");
        }
        Assert.True(document.GetProperty("paths").GetProperty("/api/v1/imports/{id}/errors").GetProperty("get").GetProperty("responses").TryGetProperty("410", out _));
        Assert.Contains("target", schemas.GetProperty("ColumnTarget").GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        foreach (var list in new[] { "emails", "tags", "responsibles" })
            Assert.Contains("null", schemas.GetProperty("ContactInput").GetProperty("properties").GetProperty(list).GetProperty("type").EnumerateArray().Select(t => t.GetString()));

        // What a client sends back as it was read is allowed; more is not.
        var schema = new JsonSchema(document);
        foreach (var (input, body, isGood) in new[] { ("ContactInput", """{"custom":{}}""", true), ("ActivityInput", """{"dropReminders":[],"nextReminder":null}""", true), ("ContactInput", """{"lastAction":null}""", false) })
            Assert.Equal(isGood, !schema.Problems(JsonElement.Parse(body), schemas.GetProperty(input)).Any());

        var parameters = document.GetProperty("paths").GetProperty("/api/v1/exports/{target}").GetProperty("get").GetProperty("parameters").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("schema"));
        foreach (var filter in Liaison.Contacts.Lists.ContactFilter.Names) Assert.True(parameters.ContainsKey(filter), filter);
        Assert.Equal(("array", "integer"), (parameters["status"].GetProperty("type").GetString(), parameters["company"].GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("Cause", "type", "What caused it")]
    [InlineData("Effect", "contactId", "Of which contact")]
    [InlineData("ImportInput", "status", "what the file creates")]
    [InlineData("ContactInput", "type", "Key of the list of types")]
    [InlineData("ActivityInput", "contactId", "fixed once created")]
    public async Task A_field_is_described_as_what_it_is_there(string schema, string field, string said)
    {
        using var api = Api(Cast.Anna);
        var described = (await api.GetAsync("openapi.json")).Expect(200)["components"].GetProperty("schemas").GetProperty(schema).GetProperty("properties").GetProperty(field);
        Assert.Contains(said, described.GetProperty("description").GetString(), StringComparison.Ordinal);
    }
}
