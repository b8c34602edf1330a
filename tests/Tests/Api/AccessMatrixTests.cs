using System.Text.Json;
using Liaison.Contacts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Api;

/// <summary>Who may do what with which contact through the API; a refusal changes nothing.</summary>
public sealed class AccessMatrixTests(LiaisonServer server) : HttpTests(server)
{
    public static TheoryData<string, int, int> Matrix => new()
    {
        // Ben's contact as Anna finds it: status of reading, status of changing.
        { "private", 404, 404 }, { "read", 200, 403 }, { "readWrite", 200, 200 }, { "deleted", 404, 404 }, { "mine", 200, 200 },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Every_method_obeys(string access, int reading, int changing)
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        using var owner = Api(access == "mine" ? Cast.Anna : Cast.Ben);
        var word = "Matrix" + access;
        var contact = (await owner.PostAsync("contacts", new { lastName = word, tags = new[] { word }, access = access is "read" or "readWrite" ? access : "private" })).Expect(201);
        var call = (await owner.PostAsync("activities", new { contactId = contact.Id, type = "call", outcome = "noAnswer", details = word })).Expect(201);
        var answer = (await owner.PostAsync($"activities/{call.Id}/responses", new { text = word })).Expect(201);
        if (access == "deleted") (await owner.DeleteAsync($"contacts/{contact.Id}")).Expect(204);
        var before = await RowsAsync(contact.Id);

        foreach (var path in new[] { $"contacts/{contact.Id}", $"contacts/{contact.Id}/status", $"contacts/{contact.Id}/status-history", $"contacts/{contact.Id}/timeline", $"activities/{call.Id}", $"activities/{call.Id}/responses", $"responses/{answer.Id}" })
            Assert.True((await anna.GetAsync(path)).Status == reading, path);
        var seen = reading == 200 ? 1 : 0;
        Assert.Equal(seen, (await anna.GetAsync($"contacts?q={word}"))["count"].GetInt32());
        Assert.Equal(seen, (await anna.GetAsync($"contacts?ids={contact.Id}"))["items"].GetArrayLength());
        Assert.Equal(seen, (await anna.GetAsync($"activities?contactId={contact.Id}"))["count"].GetInt32());
        var hits = (await anna.GetAsync($"search?q={word}")).Expect(200)["items"].EnumerateArray().Count(h => h.GetProperty("type").GetString() == "contact");
        Assert.Equal(Server.Services.GetServices<Kernel.Search.SearchSource>().Any(s => s.Permission == "contacts.view") ? seen : 0, hits);
        Assert.Equal(seen, (await anna.GetAsync($"tags?q={word}"))["items"].GetArrayLength());
        foreach (var page in new[] { $"/contacts/tags/suggest?q={word}", $"/contacts/tags/suggest?q={word[2..]}", "/contacts/filter" })
            Assert.True((await As(Cast.Anna).GetAsync(page)).Html.Contains($"\"{word}\"", StringComparison.Ordinal) == (seen == 1), page);
        if (reading == 404) Assert.Equal(word.ToLowerInvariant(), (await anna.PostAsync("tags", new { name = word.ToLowerInvariant() })).Expect(201)["name"].GetString());
        if (changing == 200) return;

        foreach (var reply in new[]
        {
            await anna.PatchAsync($"contacts/{contact.Id}", new { lastName = "Stolen" }), await anna.PutAsync($"contacts/{contact.Id}", new { lastName = "Stolen" }),
            await anna.PatchAsync($"contacts/{contact.Id}", new { responsibles = new[] { Cast.Anna.Id } }), await anna.PutAsync($"contacts/{contact.Id}/status", new { status = "client" }),
            await anna.DeleteAsync($"contacts/{contact.Id}"), await anna.PatchAsync($"activities/{call.Id}", new { outcome = "sold" }), await anna.PutAsync($"activities/{call.Id}", new { type = "sale" }),
            await anna.DeleteAsync($"activities/{call.Id}"), await anna.PostAsync($"activities/{call.Id}/responses", new { text = "x" }), await anna.PatchAsync($"responses/{answer.Id}", new { text = "x" }),
            await anna.DeleteAsync($"responses/{answer.Id}"), await anna.PostAsync($"responses/{answer.Id}/restoration"), await anna.PostAsync($"contacts/{contact.Id}/details-checked"), await anna.PostAsync($"contacts/{contact.Id}/related-clients"), await anna.PostAsync($"activities/{call.Id}/restoration"),
        })
            reply.ExpectProblem(changing);
        var recorded = await anna.PostAsync("activities", new { contactId = contact.Id, type = "sale" });
        Assert.Equal(reading == 404 ? 422 : 403, recorded.Status);
        if (access == "deleted") (await anna.PostAsync($"contacts/{contact.Id}/restoration")).ExpectProblem(404);
        Assert.Equal(before, await RowsAsync(contact.Id));
    }

    [Fact]
    public async Task A_foreign_company_cannot_be_linked_and_a_foreign_name_makes_an_own_one()
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var secret = (await ben.PostAsync("contacts", new { kind = "company", companyName = "Secret Ltd" })).Expect(201);
        (await anna.PostAsync("contacts", new { lastName = "x", companyId = secret.Id })).ExpectProblem(422, "companyId");
        Assert.NotEqual(secret.Id, (await anna.PostAsync("contacts", new { lastName = "x", companyName = "Secret Ltd" })).Expect(201)["companyId"].GetInt64());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("contacts.view")]
    [InlineData("activities.view", "activities.edit")]
    public async Task Every_operation_is_refused_without_its_right_and_only_then(params string[]? rights)
    {
        await using var db = Db();
        var token = await Server.Services.GetRequiredService<Liaison.Access.Tokens>().CreateAsync(db, Cast.Anna.Id, "few", rights);
        var mine = rights ?? [.. Server.Services.GetRequiredService<Kernel.ModuleList>().Permissions.Values.Where(p => p.ForUsers).Select(p => p.Key)];
        using var api = Api(Cast.Nobody);
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var (refused, bad) = (0, new List<string>());
        foreach (var endpoint in Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText?.StartsWith("/api/v1/", StringComparison.Ordinal) == true))
        {
            var path = endpoint.RoutePattern.RawText!["/api/v1/".Length..].Replace("{id:long}", "987654321", StringComparison.Ordinal).Replace("{target}", "contacts", StringComparison.Ordinal);
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            {
                using var request = new HttpRequestMessage(new(method), path);
                if (method is "POST" or "PUT" or "PATCH") request.Content = path == "imports/" && method == "POST" ? new MultipartFormDataContent() : new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
                using var response = await api.Http.SendAsync(request);
                var isRefused = !endpoint.Metadata.GetOrderedMetadata<Kernel.Access.PermissionAttribute>().All(p => mine.Contains(p.Key));
                if (isRefused) refused++;
                if (isRefused != (response.StatusCode == System.Net.HttpStatusCode.Forbidden)) bad.Add($"{method} {path} answered {(int)response.StatusCode}");
                else if (isRefused && JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("title").GetString() != "Your account does not have this right.") bad.Add($"{method} {path} does not say why");
            }
        }
        Assert.Equal("", string.Join('\n', bad));
        Assert.True(refused > 15, $"{refused} operations");
    }

    [Fact]
    public async Task Only_administrators_edit_the_lists()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        foreach (var list in new[] { "contact-types", "temperatures" })
        {
            (await anna.PostAsync(list, new { name = "Presse" })).ExpectProblem(403);
            var added = (await admin.PostAsync(list, new { name = "Presse locale" })).Expect(201);
            Assert.Equal("presseLocale", added["key"].GetString());
            (await admin.PostAsync(list, new { name = "Presse locale" })).ExpectProblem(422, "name");
            (await anna.PatchAsync($"{list}/{added.Id}", new { name = "x" })).ExpectProblem(403);
            (await anna.DeleteAsync($"{list}/{added.Id}")).ExpectProblem(403);
            Assert.Equal("Médias", (await admin.PatchAsync($"{list}/{added.Id}", new { name = "Médias" }, added.ETag)).Expect(200)["name"].GetString());
            (await admin.PatchAsync($"{list}/{added.Id}", new { name = "Late" }, added.ETag)).ExpectProblem(412);
            var field = list == "temperatures" ? "temperature" : "type";
            var contact = (await anna.PostAsync("contacts", $$"""{"lastName":"User","{{field}}":"presseLocale"}""")).Expect(201);
            (await admin.DeleteAsync($"{list}/{added.Id}")).ExpectProblem(409);
            (await anna.PatchAsync($"contacts/{contact.Id}", $$"""{"{{field}}":null}""")).Expect(200);
            (await admin.DeleteAsync($"{list}/{added.Id}")).Expect(204);
            (await admin.GetAsync($"{list}/{added.Id}")).ExpectProblem(404);
        }
    }

    [Fact]
    public async Task Tags_are_counted_renamed_and_deleted()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var tag = (await anna.PostAsync("tags", new { name = "Fair 26" })).Expect(201);
        (await anna.PostAsync("tags", new { name = "FAIR 26" })).ExpectProblem(422, "name");
        var contact = (await anna.PostAsync("contacts", new { lastName = "Tagged", tags = new[] { "fair 26" } })).Expect(201);
        Assert.Equal("Fair 26", contact["tags"][0].GetString());
        Assert.Equal(1, (await anna.GetAsync($"tags/{tag.Id}"))["contacts"].GetInt32());
        (await anna.PatchAsync($"tags/{tag.Id}", new { name = "x" })).ExpectProblem(403);
        (await admin.PatchAsync($"tags/{tag.Id}", new { name = "Fair 2026" }, tag.ETag)).Expect(200);
        Assert.Equal("Fair 2026", (await anna.GetAsync($"contacts/{contact.Id}"))["tags"][0].GetString());
        (await admin.DeleteAsync($"tags/{tag.Id}", tag.ETag)).ExpectProblem(412);
        (await admin.DeleteAsync($"tags/{tag.Id}")).Expect(204);
        Assert.Empty((await anna.GetAsync($"contacts/{contact.Id}"))["tags"].EnumerateArray());
    }

    // All that a refusal could have touched.
    private async Task<string> RowsAsync(long contactId)
    {
        await using var db = Db();
        var contact = await db.Set<Contact>().IgnoreQueryFilters().AsNoTracking().Include(c => c.Responsibles).Include(c => c.Tags).SingleAsync(c => c.Id == contactId);
        var activities = await db.Set<Liaison.Activities.Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => a.ContactId == contactId).OrderBy(a => a.Id).ToListAsync();
        var responses = await db.Set<Liaison.Activities.Response>().IgnoreQueryFilters().AsNoTracking().Where(r => r.ContactId == contactId).OrderBy(r => r.Id).ToListAsync();
        return JsonSerializer.Serialize(new { contact, activities, responses });
    }
}
