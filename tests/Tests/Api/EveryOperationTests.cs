using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Tests.Exchange;

namespace Liaison.Tests.Api;

/// <summary>Every operation that is described is used once, and answers what is described of it.</summary>
public sealed class EveryOperationTests(LiaisonServer server) : HttpTests(server)
{
    private const long Missing = 987_654_321;

    [Fact]
    public async Task Every_operation_answers_as_described_also_when_it_is_stale_or_its_record_is_missing()
    {
        using var api = Api(Cast.Admin);
        var answers = new DescribedAnswers((await api.GetAsync("openapi.json")).Expect(200).Json);
        var bodies = new Dictionary<string, object?>(StringComparer.Ordinal);
        var contact = (await Do("POST contacts", new { lastName = "Jede", companyName = "Opération SA" })).Id;
        var action = (await Do("POST activities", new { contactId = contact, type = "call" })).Id;
        var response = (await Do($"POST activities/{action}/responses", new { text = "yes" })).Id;
        var (tag, other) = ((await Do("POST tags", new { name = "Jede" })).Id, (await Do("POST tags", new { name = "Jede zweite" })).Id);
        var batch = (await Do("POST contact-batches", new { operation = "tag", contactIds = new[] { contact }, tags = new[] { "Gestapelt" } })).Id;
        var types = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var list in new[] { "contact-types", "temperatures", "activity-types" }) types[list] = (await Do($"POST {list}", list[0] == 'a' ? new { name = "Jede Art", @class = "neutral" } : new { name = "Jede Art" })).Id;
        var import = answers.Check((await api.UploadAsync("a.csv", "Nachname;E-Mail\nEingelesen;a@b.example\nFalsch;kein@\n")).Expect(201)).Id;

        foreach (var path in new[]
        {
            "me", "users", $"users/{Cast.Anna.Id}", "search?q=jede", "trash", "contacts", $"contacts/{contact}", $"contacts/{contact}/status", $"contacts/{contact}/status-history", $"contacts/{contact}/timeline",
            "activities", $"activities/{action}", $"activities/{action}/responses", $"responses/{response}", "tags", $"tags/{tag}", $"contact-batches/{batch}", "activity-rules", "settings/activities", "settings/after-sale",
            "imports", $"imports/{import}", "exports/contacts",
        }) await Do("GET " + path);
        await Do("POST contacts/duplicates", new { lastName = "Jede" });
        await Do("POST activity-rules/preview", new { outcomes = new { refused = "none" } });
        foreach (var method in new[] { "PUT", "PATCH" })
        {
            await Do($"{method} contacts/{contact}", new { lastName = "Jede", responsibles = new[] { Cast.Admin.Id } });
            await Do($"{method} activities/{action}", method == "PUT" ? new { contactId = contact, type = "call", occurredAt = "2026-02-03T04:05:06Z" } : new { details = "d" });
            await Do($"{method} responses/{response}", new { text = method, occurredAt = "2026-02-03T04:05:06Z" });
        }
        await Do($"PUT contacts/{contact}/status", new { status = "client" });
        foreach (var step in new[] { "details-checked", "related-clients" }) await Do($"POST contacts/{contact}/{step}");
        await Do($"POST contact-batches/{batch}/undo");
        await Do("PATCH activity-rules", new { outcomes = new { refused = "none" } });
        await Do("PATCH settings/activities", new { field1 = "Branche" });
        await Do("PUT settings/after-sale", new { choice = "never" });
        await Do($"PATCH tags/{tag}", new { name = "Jede erste" });
        await Do($"POST tags/{other}/merge", new { into = tag });
        await Do($"DELETE tags/{tag}");
        foreach (var (list, id) in types)
        {
            await Do($"GET {list}");
            await Do($"GET {list}/{id}");
            await Do($"PATCH {list}/{id}", new { position = 0 });
            await Do($"DELETE {list}/{id}");
        }
        await Do($"PUT imports/{import}/mapping", new { duplicates = "create" });
        foreach (var step in new[] { "dry-run", "cancellation", "resumption", "run" })
        {
            await Do($"POST imports/{import}/{step}");
            await Server.RunJobsAsync();
        }
        foreach (var part in new[] { "rows", "errors", "kept" }) await Do($"GET imports/{import}/{part}");
        await Do($"POST imports/{import}/undo");
        foreach (var path in new[] { $"responses/{response}", $"activities/{action}", $"contacts/{contact}" }) await Do($"DELETE {path}");
        foreach (var path in new[] { $"contacts/{contact}", $"activities/{action}", $"responses/{response}" }) await Do($"POST {path}/restoration");

        foreach (var (name, operation) in answers.Operations)
        {
            if (!answers.Seen.Any(s => s.StartsWith(name + " 2", StringComparison.Ordinal))) answers.Bad.Add($"{name} is not used here");
            var (isVersioned, mayBeMissing) = (operation.TryGetProperty("parameters", out var all) && all.EnumerateArray().Any(p => p.GetProperty("name").GetString() == "If-Match"), name.Contains('{', StringComparison.Ordinal));
            if (isVersioned != Describes(operation, 412)) answers.Bad.Add($"{name}: If-Match and 412 do not go together");
            if (mayBeMissing != Describes(operation, 404)) answers.Bad.Add($"{name}: 404 is {(mayBeMissing ? "not" : "wrongly")} described");
            if (mayBeMissing) answers.Check((await SendAsync($"{name.Replace("/api/v1/", "", StringComparison.Ordinal)}".Replace("{id}", $"{Missing}", StringComparison.Ordinal).Replace("{target}", "nothing", StringComparison.Ordinal), bodies.GetValueOrDefault(name), null)).Expect(404));
        }
        Assert.Equal("", string.Join('\n', answers.Bad.Distinct()));

        async Task<ApiReply> Do(string request, object? body = null)
        {
            var (name, operation) = answers.OperationOf(request);
            bodies[name] = body;
            if (Describes(operation, 412)) answers.Check((await SendAsync(request, body, "\"stale\"")).Expect(412));
            return answers.Check((await SendAsync(request, body, null)).ExpectSuccess());
        }

        async Task<ApiReply> SendAsync(string request, object? body, string? ifMatch) => (request.Split(' ')[0].ToUpperInvariant(), request.Split(' ')[1]) switch
        {
            ("GET", var path) => await api.GetAsync(path),
            ("POST", var path) => await api.PostAsync(path, body),
            ("PUT", var path) => await api.PutAsync(path, body!, ifMatch),
            ("PATCH", var path) => await api.PatchAsync(path, body!, ifMatch),
            (_, var path) => await api.DeleteAsync(path, ifMatch),
        };
    }

    private static bool Describes(JsonElement operation, int status) => operation.GetProperty("responses").TryGetProperty($"{status}", out _);

    [Fact]
    public async Task A_null_is_taken_where_it_is_described_and_nowhere_else()
    {
        using var api = Api(Cast.Admin);
        var document = (await api.GetAsync("openapi.json")).Expect(200).Json;
        var answers = new DescribedAnswers(document);
        var contact = (await api.PostAsync("contacts", new { lastName = "Null" })).Expect(201).Id;
        var action = (await api.PostAsync("activities", new { contactId = contact, type = "call" })).Expect(201).Id;
        var ids = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["contacts"] = contact, ["activities"] = action, ["responses"] = (await api.PostAsync($"activities/{action}/responses", new { text = "x" })).Expect(201).Id,
            ["tags"] = (await api.PostAsync("tags", new { name = "Null" })).Expect(201).Id, ["imports"] = (await api.UploadAsync("a.csv", "Nachname\nNull\n")).Expect(201).Id,
        };
        var (count, bad) = (0, new List<string>());
        foreach (var (name, operation) in answers.Operations)
        {
            if (!operation.TryGetProperty("requestBody", out var takes) || !takes.GetProperty("content").TryGetProperty("application/json", out var json)) continue;
            var (method, path) = (name.Split(' ')[0], name.Split(' ')[1]["/api/v1/".Length..]);
            path = path.Replace("{id}", $"{ids.GetValueOrDefault(path.Split('/')[0], 1)}", StringComparison.Ordinal);
            foreach (var (field, schema) in Fields(json.GetProperty("schema")))
            {
                await TryAsync(field, $$"""{"{{field}}":null}""", schema);
                if (!schema.TryGetProperty("items", out var items)) continue;
                await TryAsync(field + "[0]", $$"""{"{{field}}":[null]}""", items);
                foreach (var (part, inner) in Fields(items)) await TryAsync($"{field}[0].{part}", $$"""{"{{field}}":[{"{{part}}":null}]}""", inner);
            }

            async Task TryAsync(string field, string body, JsonElement schema)
            {
                count++;
                var reply = await (method == "post" ? api.PostAsync(path, body) : method == "put" ? api.PutAsync(path, body) : api.PatchAsync(path, body));
                var isRefused = reply.Status == 400 && reply["errors"].TryGetProperty(field, out _);
                if (answers.TakesNull(schema) == isRefused) bad.Add($"{name} {field}: null is {(isRefused ? "refused" : "taken")}, not described so");
            }
        }
        Assert.Equal("", string.Join('\n', bad));
        Assert.True(count > 100, $"{count} fields");

        IEnumerable<(string Name, JsonElement Schema)> Fields(JsonElement schema)
        {
            if (schema.TryGetProperty("$ref", out var reference)) schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
            return schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(p => (p.Name, p.Value)) : [];
        }
    }

    [Fact]
    public async Task Every_class_that_is_taken_has_an_example_that_is_taken()
    {
        using var api = Api(Cast.Admin);
        var document = (await api.GetAsync("openapi.json")).Expect(200).Json;
        var answers = new DescribedAnswers(document);
        var ids = new Dictionary<string, long>(StringComparer.Ordinal) { ["contacts"] = (await api.PostAsync("contacts", new { lastName = "Beispiel" })).Expect(201).Id, ["imports"] = (await api.UploadAsync("a.csv", "Nachname\nBeispiel\n")).Expect(201).Id };
        ids["activities"] = (await api.PostAsync("activities", new { contactId = ids["contacts"], type = "call" })).Expect(201).Id;
        ids["responses"] = (await api.PostAsync($"activities/{ids["activities"]}/responses", new { text = "x" })).Expect(201).Id;
        var (from, into) = ((await api.PostAsync("tags", new { name = "Beispiel" })).Expect(201).Id, (await api.PostAsync("tags", new { name = "Beispiel zwei" })).Expect(201).Id);
        ids["tags"] = from;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, operation) in answers.Operations)
        {
            if (!operation.TryGetProperty("requestBody", out var takes) || !takes.GetProperty("content").TryGetProperty("application/json", out var json)) continue;
            var taken = json.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
            if (!seen.Add(taken)) continue;
            Assert.True(document.GetProperty("components").GetProperty("schemas").GetProperty(taken).TryGetProperty("examples", out var examples), taken + " has no example");
            var body = JsonNode.Parse(examples[0].GetRawText())!;
            foreach (var (field, value) in new[] { ("contactId", ids["contacts"]), ("into", into), ("count", (await api.GetAsync($"contacts?{body["filter"]}"))["count"].GetInt64()) }) if (body[field] is not null) body[field] = value;
            // The contact of an example may have made the tag that another makes.
            if (taken == "TagInput") foreach (var tag in (await api.GetAsync("tags?q=salon"))["items"].EnumerateArray()) (await api.DeleteAsync($"tags/{tag.GetProperty("id")}")).Expect(204);
            var path = name.Split(' ')[1]["/api/v1/".Length..];
            path = path.Replace("{id}", $"{ids.GetValueOrDefault(path.Split('/')[0], 1)}", StringComparison.Ordinal);
            (name.Split(' ')[0] switch { "post" => await api.PostAsync(path, body.ToJsonString()), "put" => await api.PutAsync(path, body.ToJsonString()), _ => await api.PatchAsync(path, body.ToJsonString()) }).ExpectSuccess();
        }
        Assert.True(seen.Count > 10, $"{seen.Count} classes");
    }

    [Fact]
    public async Task A_column_that_is_mapped_twice_is_refused()
    {
        using var api = Api(Cast.Anna);
        var import = (await api.UploadAsync("a.csv", "Nachname;E-Mail\nDoppelt;a@b.example\n")).Expect(201);
        object[] mapping = [new { column = 0, target = "lastName" }, new { column = 1, target = "jobTitle" }, new { column = 0, target = "firstName" }];
        var refused = (await api.PutAsync($"imports/{import.Id}/mapping", new { mapping })).ExpectProblem(422, "mapping[2].column");
        Assert.Equal("Column 0 is given more than once.", refused["errors"].GetProperty("mapping[2].column")[0].GetString());
        Assert.Equal(import["mapping"].GetRawText(), (await api.GetAsync($"imports/{import.Id}"))["mapping"].GetRawText());
        (await api.PutAsync($"imports/{import.Id}/mapping", new { mapping = mapping.Take(2) })).Expect(200);
    }
}
