using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Contacts;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Api;

/// <summary>What the description at /api/v1/openapi.json promises is so.</summary>
public sealed class ContractTests(LiaisonServer server) : HttpTests(server)
{
    // A value for each field that can be set; a field without one fails the test.
    private static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["ContactInput.kind"] = "\"person\"", ["ContactInput.firstName"] = "\"Marie\"", ["ContactInput.lastName"] = "\"Dupont\"", ["ContactInput.jobTitle"] = "\"CEO\"", ["ContactInput.companyId"] = "null",
        ["ContactInput.companyName"] = "\"Contract Ltd\"", ["ContactInput.industry"] = "\"Design\"", ["ContactInput.emails"] = """[{"value":"a@b.example","category":"home","primary":true}]""",
        ["ContactInput.phones"] = """[{"value":"0102","category":"fax","primary":true}]""", ["ContactInput.websites"] = """[{"value":"b.example","category":"work","primary":true}]""",
        ["ContactInput.socials"] = """[{"value":"me","category":"x","primary":true}]""",
        ["ContactInput.addresses"] = """[{"category":"home","street":"1","city":"Lyon","state":"R","zip":"6","country":"FR","primary":true}]""",
        ["ContactInput.type"] = "\"supplier\"", ["ContactInput.temperature"] = "\"hot\"", ["ContactInput.tags"] = """["A","B"]""", ["ContactInput.responsibles"] = "[ANNA]", ["ContactInput.access"] = "\"readWrite\"",
        ["ContactInput.currency"] = "\"USD\"", ["ContactInput.description"] = "\"Long\"",
        ["ActivityInput.contactId"] = "CONTACT", ["ActivityInput.type"] = "\"meeting\"", ["ActivityInput.direction"] = "\"inbound\"", ["ActivityInput.outcome"] = "\"reached\"", ["ActivityInput.rating"] = "5",
        ["ActivityInput.occurredAt"] = "\"2026-02-03T04:05:06Z\"", ["ActivityInput.details"] = "\"d\"", ["ActivityInput.campaign"] = "\"c\"", ["ActivityInput.field1"] = "\"1\"", ["ActivityInput.field2"] = "\"2\"",
        ["ActivityTypeInput.key"] = "\"contract\"", ["ActivityTypeInput.name"] = "\"Contract\"", ["ActivityTypeInput.icon"] = "\"star\"", ["ActivityTypeInput.class"] = "\"sale\"",
        ["ActivityTypeInput.advancesGroup"] = "true", ["ActivityTypeInput.hidden"] = "true", ["ActivityTypeInput.position"] = "3",
        ["ResponseInput.text"] = "\"yes\"", ["ResponseInput.occurredAt"] = "\"2026-02-03T04:05:06Z\"",
    };

    [Fact]
    public async Task Each_writable_field_is_read_back_and_no_other_can_be_written()
    {
        using var api = Api(Cast.Admin);
        var schemas = JsonNode.Parse((await api.GetAsync("openapi.json")).Expect(200).Body)!["components"]!["schemas"]!;
        var contact = (await api.PostAsync("contacts", new { lastName = "Contract" })).Expect(201);
        var activity = (await api.PostAsync("activities", new { contactId = contact.Id, type = "call" })).Expect(201);
        var answer = (await api.PostAsync($"activities/{activity.Id}/responses", new { text = "x" })).Expect(201);
        var type = (await api.PostAsync("activity-types", new { key = "contract", name = "Written", @class = "neutral" })).Expect(201);
        foreach (var (input, output, path) in new[] { ("ActivityTypeInput", "ActivityTypeReply", $"activity-types/{type.Id}"), ("ContactInput", "ContactReply", $"contacts/{contact.Id}"), ("ActivityInput", "ActivityReply", $"activities/{activity.Id}"), ("ResponseInput", "ResponseReply", $"responses/{answer.Id}") })
        {
            var writable = schemas[input]!["properties"]!.AsObject().Where(p => p.Value!["maxProperties"] is null).Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var field in writable)
            {
                Assert.True(Samples.TryGetValue($"{input}.{field}", out var sample), $"no sample for {input}.{field}");
                sample = sample!.Replace("ANNA", $"{Cast.Anna.Id}", StringComparison.Ordinal).Replace("CONTACT", $"{contact.Id}", StringComparison.Ordinal);
                (await api.PatchAsync(path, $$"""{"{{field}}":{{sample}}}""")).Expect(200);
                Assert.True(JsonElement.DeepEquals(JsonElement.Parse(sample), (await api.GetAsync(path))[field]), $"{input}.{field}");
            }
            var before = (await api.GetAsync(path)).Body;
            foreach (var field in schemas[output]!["properties"]!.AsObject().Select(p => p.Key).Where(f => !writable.Contains(f) && f != "custom"))
                (await api.PatchAsync(path, $$"""{"{{field}}":null}""")).ExpectProblem(400, field);
            Assert.Equal(before, (await api.GetAsync(path)).Body);
        }
    }

    [Fact]
    public async Task No_column_can_be_assigned_that_is_not_an_input()
    {
        using var api = Api(Cast.Anna);
        await using var db = Db();
        var inputs = typeof(ContactInput).GetProperties().Concat(typeof(Liaison.Activities.ActivityInput).GetProperties()).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = db.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).SelectMany(p => new[] { JsonNamingPolicy.CamelCase.ConvertName(p.Name), p.Name, Naming.Snake(p.Name) })
            .Concat(["isAdmin", "is_admin", "admin", "role", "ownerId", "owner", "organisationId", "number", "password", "permissions", "__proto__", "$type", "$id"])
            .Where(n => !inputs.Contains(n)).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(names.Count > 100);
        var contact = (await api.PostAsync("contacts", new { lastName = "Assigned" })).Expect(201);
        var before = (await api.GetAsync($"contacts/{contact.Id}")).Body;
        var count = await db.Set<Contact>().IgnoreQueryFilters().CountAsync();
        foreach (var name in names)
        {
            (await api.PatchAsync($"contacts/{contact.Id}", $$"""{"{{name}}":1}""")).ExpectProblem(400, name);
            (await api.PostAsync("contacts", $$"""{"lastName":"x","{{name}}":1}""")).ExpectProblem(400, name);
        }
        Assert.Equal(before, (await api.GetAsync($"contacts/{contact.Id}")).Body);
        Assert.Equal(count, await db.Set<Contact>().IgnoreQueryFilters().CountAsync());
    }

    [Fact]
    public async Task The_description_is_complete_and_needs_no_token()
    {
        using var api = Api(Cast.Nobody);
        var document = JsonNode.Parse((await api.GetAsync("openapi.json")).Expect(200).Body)!;
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["token"]!["scheme"]!.GetValue<string>());
        Assert.NotNull(document["components"]!["schemas"]!["ContactInput"]!["examples"]);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject().Where(m => m.Value!["operationId"] is not null))
            {
                Assert.True(named.Add(operation!["operationId"]!.GetValue<string>()), path);
                Assert.False(string.IsNullOrEmpty(operation["summary"]?.GetValue<string>()), $"{method} {path} says what it does");
            }
        Assert.Contains("listContacts", named);
        Assert.Contains("createActivity", named);
    }

    [Fact]
    public async Task The_description_says_what_parameters_and_timeline_entries_may_be()
    {
        using var api = Api(Cast.Nobody);
        var document = JsonNode.Parse((await api.GetAsync("openapi.json")).Expect(200).Body)!;
        var parameters = document["paths"]!["/api/v1/activities"]!["get"]!["parameters"]!.AsArray().ToDictionary(p => p!["name"]!.ToString(), p => p!["schema"]!);
        Assert.Equal(("integer", "integer", "integer"), (parameters["contactId"]["type"]!.ToString(), parameters["rating"]["type"]!.ToString(), parameters["limit"]["type"]!.ToString()));
        Assert.Equal(["inbound", "outbound"], parameters["direction"]["enum"]!.AsArray().Select(v => v!.ToString()));
        Assert.Contains("noAnswer", parameters["outcome"]["items"]!["enum"]!.AsArray().Select(v => v!.ToString()));
        Assert.Contains("-campaign", parameters["sort"]["enum"]!.AsArray().Select(v => v!.ToString()));
        var held = document["components"]!["schemas"]!["TimelineEntry"]!["properties"]!["data"]!["oneOf"]!.AsArray().Select(s => s!["$ref"]?.ToString().Split('/')[^1] ?? s.ToJsonString()).Order().ToList();
        Assert.Equal(["ActivityData", "JournalData"], held);
        Assert.Equal("{\"$ref\":\"#/components/schemas/ActivityReply\"}", document["components"]!["schemas"]!["ActivityData"]!["properties"]!["action"]!.ToJsonString());
        Assert.NotNull(document["components"]!["schemas"]!["JournalData"]!["properties"]!["what"]);
        foreach (var path in new[] { "contacts/{id}/status-history", "contacts/{id}/timeline", "activities/{id}/responses" })
            Assert.NotNull(document["paths"]!["/api/v1/" + path]!["get"]!["responses"]!["404"]);
    }

    [Fact]
    public async Task Every_operation_says_what_it_takes_and_gives()
    {
        using var api = Api(Cast.Nobody);
        var document = JsonNode.Parse((await api.GetAsync("openapi.json")).Expect(200).Body)!;
        var bad = new List<string>();
        var count = 0;
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject().Where(m => m.Key is "get" or "post" or "put" or "patch" or "delete"))
            {
                count++;
                var name = $"{method.ToUpperInvariant()} {path}";
                var responses = operation!["responses"]!.AsObject();
                if (operation["operationId"] is null) bad.Add($"{name} has no name");
                if (!responses.Any(r => r.Key[0] == '2')) bad.Add($"{name} does not say what it gives");
                foreach (var (status, response) in responses.Where(r => r.Key is "200" or "201"))
                    if (response!["content"] is not JsonObject { Count: > 0 } content || content.Any(c => !Says(c.Value!["schema"]))) bad.Add($"{name} gives {status} without a schema");
                var takes = operation["requestBody"]?["content"]?.AsObject();
                if ((method is "put" or "patch" || responses.ContainsKey("201")) && takes is null) bad.Add($"{name} does not say what it takes");
                if (takes?.Any(c => !Says(c.Value!["schema"])) == true) bad.Add($"{name} takes something without a schema");
            }
        Assert.True(count > 50, $"{count} operations");
        Assert.Equal("", string.Join('\n', bad));

        // Something in particular: a class, a list, a type of its own.
        static bool Says(JsonNode? schema) => schema is JsonObject said && (said["$ref"] is not null || said["type"] is JsonValue type && (type.ToString() != "object" || said["properties"] is JsonObject { Count: > 0 }) || said["oneOf"] is not null);
    }

    [Fact]
    public async Task Parameters_and_headers_are_described_as_they_are()
    {
        using var api = Api(Cast.Admin);
        var paths = JsonNode.Parse((await api.GetAsync("openapi.json")).Expect(200).Body)!["paths"]!.AsObject();
        var parameters = paths["/api/v1/contacts"]!["get"]!["parameters"]!.AsArray().ToDictionary(p => p!["name"]!.GetValue<string>(), p => p!["schema"]!, StringComparer.Ordinal);
        Assert.Equal((1, 500, 50), (parameters["limit"]["minimum"]!.GetValue<int>(), parameters["limit"]["maximum"]!.GetValue<int>(), parameters["limit"]["default"]!.GetValue<int>()));
        Assert.Equal(["none", "lead", "deadLead", "prospect", "deadProspect", "client"], Words(parameters["status"]["items"]!).OrderBy(w => Array.IndexOf(["none", "lead", "deadLead", "prospect", "deadProspect", "client"], w)));
        Assert.Equal("date", parameters["createdAfter"]["format"]!.GetValue<string>());
        Assert.Equal("integer", parameters["company"]["type"]!.GetValue<string>());
        foreach (var (name, values) in parameters.Where(p => Words(p.Value["items"] ?? p.Value).Any()))
            foreach (var word in Words(values["items"] ?? values)) (await api.GetAsync($"contacts?{name}={word}")).Expect(200);

        var created = (await api.PostAsync("contacts", new { lastName = "Headers" })).Expect(201);
        var read = (await api.GetAsync($"contacts/{created.Id}")).Expect(200);
        foreach (var (operation, status, reply) in new[] { (paths["/api/v1/contacts"]!["post"]!, "201", created), (paths["/api/v1/contacts/{id}"]!["get"]!, "200", read) })
            foreach (var header in operation["responses"]![status]!["headers"]!.AsObject()) Assert.True(header.Key == "Location" ? reply.Location is not null : reply.ETag is not null, header.Key);
        Assert.NotNull(paths["/api/v1/contacts/{id}"]!["patch"]!["responses"]!["200"]!["headers"]!["ETag"]);
        Assert.Null(paths["/api/v1/search"]!["get"]!["responses"]!["200"]!["headers"]);
        Assert.NotNull(paths["/api/v1/search"]!["get"]!["responses"]!["429"]!["headers"]!["Retry-After"]);
        foreach (var list in new[] { "contact-types", "temperatures" }) Assert.NotNull(paths[$"/api/v1/{list}/{{id}}"]!["delete"]!["responses"]!["409"]);

        static IEnumerable<string> Words(JsonNode schema) => schema["enum"]?.AsArray().Select(w => w!.GetValue<string>()) ?? [];
    }

    [Fact]
    public async Task Every_list_and_record_refuses_a_parameter_that_it_does_not_read()
    {
        using var api = Api(Cast.Admin);
        var document = JsonNode.Parse((await api.GetAsync("openapi.json")).Expect(200).Body)!;
        var paths = document["paths"]!.AsObject().Where(p => p.Value!["get"] is not null).Select(p => p.Key["/api/v1/".Length..]).ToList();
        Assert.Contains("imports/{id}/rows", paths);
        Assert.Contains("me", paths);
        foreach (var path in paths)
            (await api.GetAsync(path.Replace("{target}", "contacts", StringComparison.Ordinal).Replace("{id}", "1", StringComparison.Ordinal) + "?colour=red")).ExpectProblem(400, "colour");
    }

    [Fact]
    public async Task The_readable_page_shows_every_resource()
    {
        var page = (await As(Cast.Anna).GetAsync("/api/docs")).Expect(200);
        var resources = page.All("section.card[id]").Select(s => s.Id).ToList();
        foreach (var resource in new[] { "contacts", "activities", "responses", "tags", "contact-types", "temperatures", "activity-types", "search", "users", "me", "imports", "exports" }) Assert.Contains(resource, resources);
        Assert.Equal(302, (await As(Cast.Nobody).PeekAsync("/api/docs")).Status);
    }
}
