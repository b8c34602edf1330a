using System.Net.Http.Headers;
using System.Text;
using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Api;

/// <summary>Whatever is sent, the answer is a problem that names the field, in the caller's language, and nothing is written.</summary>
public sealed class BadRequestsTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("""{"lastName":"a","colour":"red"}""", 400, "colour")]
    [InlineData("""{"LastName":"a"}""", 400, "LastName")]
    [InlineData("""{"lastName":"a","emails":[{"value":"a@b.example","verified":true}]}""", 400, "emails[0].verified")]
    [InlineData("""{"lastName":"a","emails":[null]}""", 400, "emails[0]")]
    [InlineData("""{"lastName":"a","emails":[{"value":null}]}""", 400, "emails[0].value")]
    [InlineData("""{"lastName":"a","emails":"a@b.example"}""", 400, "emails")]
    [InlineData("""{"lastName":["a"]}""", 400, "lastName")]
    [InlineData("""{"lastName":{"x":1}}""", 400, "lastName")]
    [InlineData("""{"lastName":12}""", 400, "lastName")]
    [InlineData("""{"lastName":"a","kind":1}""", 400, "kind")]
    [InlineData("""{"lastName":"a","kind":null}""", 400, "kind")]
    [InlineData("""{"lastName":"a","kind":"robot"}""", 400, "kind")]
    [InlineData("""{"lastName":"a","companyId":"7"}""", 400, "companyId")]
    [InlineData("""{"lastName":"a","companyId":1e400}""", 400, "companyId")]
    [InlineData("""{"lastName":"a","companyId":99999999999999999999}""", 400, "companyId")]
    [InlineData("""{"lastName":"a","responsibles":[1.5]}""", 400, "responsibles[0]")]
    [InlineData("""{"lastName":"a","tags":[{}]}""", 400, "tags[0]")]
    [InlineData("""{"lastName":"a\u0000b"}""", 400, "lastName")]
    [InlineData("""{"lastName":"\ud800"}""", 400, "lastName")]
    [InlineData("""{"lastName":"a","addresses":[{"city":"\udc00"}]}""", 400, "addresses[0].city")]
    [InlineData("""{"lastName":{"x":"\ud800"}}""", 400, "lastName")]
    [InlineData("""{"lastName":[{"x":"\ud800"}]}""", 400, "lastName[0]")]
    [InlineData("""{"lastName":"a","responsibles":[{"x":"\ud800"}]}""", 400, "responsibles[0]")]
    [InlineData("""{"lastName":"a","companyId":["\ud800"]}""", 400, "companyId[0]")]
    [InlineData("""{"lastName":"a","custom":{"size":"L"}}""", 400, "custom")]
    [InlineData("""{"lastName":"a","custom":"no"}""", 400, "custom")]
    [InlineData("""{}""", 422, "lastName")]
    [InlineData("""{"kind":"company"}""", 422, "companyName")]
    [InlineData("""{"lastName":"a","type":"queen"}""", 422, "type")]
    [InlineData("""{"lastName":"a","temperature":"lava"}""", 422, "temperature")]
    [InlineData("""{"lastName":"a","companyId":987654321}""", 422, "companyId")]
    [InlineData("""{"lastName":"a","responsibles":[987654321]}""", 422, "responsibles")]
    [InlineData("""{"lastName":"a","currency":"ZZZ"}""", 422, "currency")]
    [InlineData("""{"lastName":"a","emails":[{"value":"a@b.example"},{"value":"no mail"}]}""", 422, "emails[1].value")]
    [InlineData("""{"lastName":"a","phones":[{"value":"1","category":"pigeon"}]}""", 422, "phones[0].category")]
    [InlineData("""{"lastName":"a","websites":[{"value":"javascript:alert(1)"}]}""", 422, "websites[0].value")]
    public async Task A_wrong_field_is_named(string body, int status, string field)
    {
        using var api = Api(Cast.Anna);
        var before = await CountAsync();
        (await api.PostAsync("contacts", body)).ExpectProblem(status, field);
        Assert.Equal(before, await CountAsync());
        if (status != 400) return;
        var contact = (await api.PostAsync("contacts", new { lastName = "Kept" })).Expect(201);
        (await api.PatchAsync($"contacts/{contact.Id}", body)).ExpectProblem(400, field);
        (await api.PutAsync($"contacts/{contact.Id}", body)).ExpectProblem(400, field);
        Assert.Equal("\"1\"", (await api.GetAsync($"contacts/{contact.Id}")).ETag);
    }

    [Theory]
    [InlineData("""{"types":{"call":"\ud800"}}""", "types.call")]
    [InlineData("""{"outcomes":{"sold":{"x":"\ud800"}}}""", "outcomes.sold")]
    [InlineData("""{"outcomes":[{"x":"\ud800"}]}""", "outcomes[0]")]
    [InlineData("""{"types":{"\ud800":"sale"}}""", "")]
    public async Task A_wrong_rule_is_named(string body, string field)
    {
        using var admin = Api(Cast.Admin);
        var before = (await admin.GetAsync("activity-rules")).Body;
        foreach (var reply in new[] { await admin.PatchAsync("activity-rules", body), await admin.PostAsync("activity-rules/preview", body) })
            if (field.Length > 0) reply.ExpectProblem(400, field);
            else reply.ExpectProblem(400);
        Assert.Equal(before, (await admin.GetAsync("activity-rules")).Body);
    }

    [Theory]
    [InlineData("""{"lastName":"a","lastName":"b"}""", "lastName")]
    [InlineData("""{"lastName":"a","emails":[{"value":"a@b.example"},{"value":"c@d.example","category":"work","value":"e@f.example"}]}""", "emails[1].value")]
    public async Task A_field_that_is_given_twice_is_named(string body, string field)
    {
        using var api = Api(Cast.Anna);
        var before = await CountAsync();
        Assert.Contains($"“{field}” is given twice", (await api.PostAsync("contacts", body)).ExpectProblem(400, field).Body, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"lastName":"a",}""")]
    [InlineData("""{"last\ud800Name":"a"}""")]
    [InlineData("NaN")]
    public async Task What_is_no_object_is_refused(string body)
    {
        using var api = Api(Cast.Anna);
        (await api.PostAsync("contacts", body)).ExpectProblem(400);
    }

    [Fact]
    public async Task Deep_nesting_broken_bytes_other_types_and_too_much_are_refused()
    {
        using var api = Api(Cast.Anna);
        (await api.PostAsync("contacts", new string('[', 5000))).ExpectProblem(400);
        (await api.PostAsync("contacts", "{\"lastName\":" + new string('[', 20) + new string(']', 20) + "}")).ExpectProblem(400, "lastName");
        var broken = new ByteArrayContent([.. "{\"lastName\":\""u8, 0xFF, 0xC0, 0x80, .. "\"}"u8]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        (await api.PostAsync("contacts", broken)).ExpectProblem(400, "lastName");
        var kept = (await api.PostAsync("contacts", new { lastName = "Kept" })).Expect(201);
        using var named = new HttpRequestMessage(HttpMethod.Patch, $"contacts/{kept.Id}") { Content = new ByteArrayContent([.. "{\""u8, 0xFF, .. "\":1}"u8]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        using var refused = await api.Http.SendAsync(named);
        Assert.Equal(400, (int)refused.StatusCode);
        (await api.PostAsync("contacts", new StringContent("lastName=a", Encoding.UTF8, "application/x-www-form-urlencoded"))).ExpectProblem(415);
        (await api.PostAsync("contacts", new StringContent("{\"lastName\":\"a\"}", Encoding.UTF8, "text/plain"))).ExpectProblem(415);
        (await api.PostAsync("contacts", "{\"description\":\"" + new string('a', 6_000_000) + "\"}")).ExpectProblem(413);
        (await api.PostAsync("contacts", "{\"lastName\":\"" + new string('a', 201) + "\"}")).ExpectProblem(422, "lastName");
    }

    [Fact]
    public async Task Methods_are_told_apart_from_addresses()
    {
        using var api = Api(Cast.Anna);
        var wrong = (await api.DeleteAsync("contacts")).ExpectProblem(405);
        (await api.GetAsync("nothing-here")).ExpectProblem(404);
        (await api.GetAsync("contacts/abc")).ExpectProblem(404);
        (await api.PostAsync("contacts/1", new { })).ExpectProblem(405);
        using var options = await api.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, "contacts"));
        Assert.Equal(204, (int)options.StatusCode);
        Assert.Contains("POST", options.Content.Headers.Allow);
        var contact = (await api.PostAsync("contacts", new { lastName = "Head" })).Expect(201);
        using var head = await api.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"contacts/{contact.Id}"));
        Assert.Equal((200, "\"1\""), ((int)head.StatusCode, head.Headers.ETag?.Tag));
        Assert.Equal(405, wrong.Status);
    }

    [Theory]
    [InlineData("PUT", 405)]
    [InlineData("DELETE", 405)]
    [InlineData("TRACE", 405)]
    [InlineData("PURGE", 405)]
    [InlineData("OPTIONS", 204)]
    public async Task A_page_is_read_or_sent_and_nothing_else(string method, int status)
    {
        var reply = (await As(Cast.Anna).SendAsync(new HttpRequestMessage(new HttpMethod(method), "/contacts"))).Expect(status);
        if (status == 405) Assert.Contains("<h1", reply.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u200b")]
    [InlineData(" \u00a0\u2060\ufeff ")]
    [InlineData("\u202e\u200f")]
    public async Task A_name_that_nobody_can_see_is_none(string name)
    {
        using var api = Api(Cast.Anna);
        (await api.PostAsync("contacts", new { lastName = name })).ExpectProblem(422, "lastName");
        var contact = (await api.PostAsync("contacts", new { lastName = name + "Vue" + name, description = name })).Expect(201);
        Assert.Equal(("Vue", null), (contact["lastName"].GetString(), contact["description"].GetString()));
    }

    [Fact]
    public async Task What_turns_the_direction_of_a_text_is_taken_out_of_a_line()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Moc\u202Etset", firstName = "\u2066Ann\u2069e", phones = new[] { new { value = "\u202A06\u202C 12 34 56 78" } } })).Expect(201);
        Assert.Equal(("Moctset", "Anne", "06 12 34 56 78"), (contact["lastName"].GetString(), contact["firstName"].GetString(), contact["phones"][0].GetProperty("value").GetString()));
    }

    [Fact]
    public async Task Problems_speak_the_language_of_the_caller()
    {
        using var api = Api(Cast.Anna);
        api.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        api.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de, fr;q=0.8, en;q=0.5");
        foreach (var reply in new[] { await api.GetAsync("contacts/987654321"), await api.DeleteAsync("contacts"), await api.GetAsync("nothing-here") })
            Assert.DoesNotContain("api.", reply["title"].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Cet enregistrement", (await api.GetAsync("contacts/987654321"))["title"].GetString(), StringComparison.Ordinal);
        using var nobody = Api(Cast.Nobody);
        var refused = (await nobody.GetAsync("contacts")).ExpectProblem(401);
        Assert.Equal("Bearer realm=\"Liaison\"", refused.Headers["WWW-Authenticate"]);
    }

    [Theory]
    [InlineData("foo=1", "foo")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("kind=person&kind=company", "kind")]
    [InlineData("status=queen", "status")]
    [InlineData("status=1", "status")]
    [InlineData("type=queen", "type")]
    [InlineData("temperature=lava", "temperature")]
    [InlineData("responsible=x", "responsible")]
    [InlineData("createdAfter=2026-13-01", "createdAfter")]
    [InlineData("inactive=-1", "inactive")]
    [InlineData("reminder=maybe", "reminder")]
    [InlineData("ids=1,x", "ids")]
    [InlineData("q=%00", "q")]
    [InlineData("sort=password", "sort")]
    [InlineData("sort=--name", "sort")]
    [InlineData("cursor=abc", "cursor")]
    public async Task A_wrong_parameter_is_named(string query, string field)
    {
        using var api = Api(Cast.Anna);
        (await api.GetAsync("contacts?" + query)).ExpectProblem(400, field);
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("name; DROP TABLE contact")]
    [InlineData("(SELECT pg_sleep(10))")]
    [InlineData("1 UNION SELECT password_hash FROM user_account")]
    [InlineData("\\'; --")]
    [InlineData("%' AND '1'='1")]
    [InlineData("$$; SELECT 1 $$")]
    public async Task Sql_in_parameters_is_text_or_refused(string payload)
    {
        using var api = Api(Cast.Anna);
        var text = Uri.EscapeDataString(payload);
        foreach (var (path, strict) in new[] { ("contacts", new[] { "sort", "cursor", "status", "kind", "type", "temperature", "responsible", "createdAfter", "inactive", "reminder", "company", "import", "ids", "limit" }),
            ("activities", ["sort", "cursor", "type", "direction", "outcome", "rating", "contactId", "from", "to", "limit"]), ("tags", ["cursor", "limit"]) })
        {
            foreach (var name in strict) (await api.GetAsync($"{path}?{name}={text}")).ExpectProblem(400, name);
        }
        foreach (var path in new[] { "contacts?q=", "contacts?tag=", "contacts?city=", "activities?campaign=", "tags?q=", "search?q=" })
            Assert.Empty((await api.GetAsync(path + text)).Expect(200)["items"].EnumerateArray());
        var stored = (await api.PostAsync("contacts", new { lastName = payload, tags = new[] { payload } })).Expect(201);
        Assert.Equal(payload, stored["lastName"].GetString());
        (await api.DeleteAsync($"contacts/{stored.Id}")).Expect(204);
    }

    private async Task<int> CountAsync()
    {
        await using var db = Db();
        return await db.Set<Contact>().IgnoreQueryFilters().CountAsync();
    }

    [Theory]
    [InlineData("contacts")]
    [InlineData("activities")]
    [InlineData("search")]
    [InlineData("tags")]
    [InlineData("trash")]
    [InlineData("users")]
    public async Task A_page_pasted_into_a_search_is_searched_for(string list)
    {
        foreach (var length in new[] { 2, 5 })
            (await Api(Cast.Admin).GetAsync($"{list}?q={string.Join('+', Enumerable.Range(0, 1200).Select(i => $"x{i:x4}"[..length]).Distinct())}")).Expect(200);
    }
}
