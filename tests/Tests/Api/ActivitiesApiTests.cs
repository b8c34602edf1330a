using System.Text.Json;

namespace Liaison.Tests.Api;

public sealed class ActivitiesApiTests(LiaisonServer server) : HttpTests(server)
{
    private static (string?, string?) Move(ApiReply reply)
    {
        var effects = reply["effects"].EnumerateArray().ToList();
        return effects.Count == 0 ? (null, null) : (effects[0].GetProperty("from").GetString(), effects[0].GetProperty("to").GetString());
    }

    [Fact]
    public async Task An_action_has_defaults_moves_the_status_and_becomes_the_last_action()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Paul" })).Expect(201);
        var call = (await api.PostAsync("activities", """{"contactId":ID,"type":"call","dropReminders":[],"nextReminder":null}""".Replace("ID", $"{contact.Id}", StringComparison.Ordinal))).Expect(201);
        Assert.Equal(("outbound", "none"), (call["direction"].GetString(), call["outcome"].GetString()));
        Assert.True(Server.Clock.Now - call["occurredAt"].GetDateTime() < TimeSpan.FromMinutes(5));
        Assert.Equal(("lead", "prospect"), Move(call));
        var answer = (await api.PostAsync($"activities/{call.Id}/responses", new { text = "call me back" })).Expect(201);
        Assert.Empty(answer["effects"].EnumerateArray());
        var after = (await api.GetAsync($"contacts/{contact.Id}")).Expect(200);
        Assert.Equal("prospect", after["status"].GetString());
        Assert.Equal((call.Id, "call", "call me back"), (after["lastAction"].GetProperty("id").GetInt64(), after["lastAction"].GetProperty("type").GetString(), after["lastAction"].GetProperty("response").GetString()));
        Assert.Equal(("prospect", "client"), Move(await api.PostAsync("activities", new { contactId = contact.Id, type = "sale" })));
    }

    [Fact]
    public async Task Changing_deleting_and_restoring_an_action_replays()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Replay" })).Expect(201);
        var mail = (await api.PostAsync("activities", new { contactId = contact.Id, type = "email", details = "hello", campaign = "Spring", field1 = "a", field2 = "b", rating = 4 })).Expect(201);
        var changed = (await api.PatchAsync($"activities/{mail.Id}", new { outcome = "wrongDetails" }, mail.ETag)).Expect(200);
        Assert.Equal(("prospect", "deadLead"), Move(changed));
        Assert.Equal(("hello", "Spring", "a", "b", 4), (changed["details"].GetString(), changed["campaign"].GetString(), changed["field1"].GetString(), changed["field2"].GetString(), changed["rating"].GetInt32()));
        (await api.PatchAsync($"activities/{mail.Id}", new { outcome = "none" }, mail.ETag)).ExpectProblem(412);
        Assert.Equal(("deadLead", "lead"), Move((await api.DeleteAsync($"activities/{mail.Id}")).ExpectSuccess()));
        (await api.GetAsync($"activities/{mail.Id}")).ExpectProblem(404);
        Assert.Equal(("lead", "deadLead"), Move((await api.PostAsync($"activities/{mail.Id}/restoration")).Expect(200)));
        var replaced = (await api.PutAsync($"activities/{mail.Id}", new { type = "meeting" })).Expect(200);
        Assert.Equal(("deadLead", "prospect"), Move(replaced));
        Assert.True(JsonElement.DeepEquals(mail["occurredAt"], replaced["occurredAt"]));
        Assert.Equal(JsonValueKind.Null, replaced["details"].ValueKind);
    }

    [Fact]
    public async Task A_response_alone_makes_a_prospect_and_can_be_changed_and_taken_back()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Answer" })).Expect(201);
        var call = (await api.PostAsync("activities", new { contactId = contact.Id, type = "call", outcome = "noAnswer" })).Expect(201);
        Assert.Equal((null, null), Move(call));
        var answer = (await api.PostAsync($"activities/{call.Id}/responses", new { text = "yes" })).Expect(201);
        Assert.Equal(("lead", "prospect"), Move(answer));
        var changed = (await api.PatchAsync($"responses/{answer.Id}", new { text = "yes!" }, answer.ETag)).Expect(200);
        Assert.Equal("yes!", changed["text"].GetString());
        (await api.PatchAsync($"responses/{answer.Id}", new { text = "no" }, answer.ETag)).ExpectProblem(412);
        (await api.PatchAsync($"responses/{answer.Id}", """{"text":null}""")).ExpectProblem(422, "text");
        Assert.Equal(("prospect", "lead"), Move((await api.DeleteAsync($"responses/{answer.Id}")).ExpectSuccess()));
        (await api.GetAsync($"responses/{answer.Id}")).ExpectProblem(404);
        (await api.PostAsync($"responses/{answer.Id}/restoration")).Expect(200);
        Assert.Single((await api.GetAsync($"activities/{call.Id}/responses")).Expect(200)["items"].EnumerateArray());
    }

    [Theory]
    [InlineData("""{"type":"dance"}""", 422, "type")]
    [InlineData("""{}""", 422, "type")]
    [InlineData("""{"type":"call","rating":6}""", 422, "rating")]
    [InlineData("""{"type":"call","rating":99999999999}""", 400, "rating")]
    [InlineData("""{"type":"call","occurredAt":"2026-01-01T10:00:00"}""", 400, "occurredAt")]
    [InlineData("""{"type":"call","occurredAt":"2999-01-01T10:00:00Z"}""", 422, "occurredAt")]
    [InlineData("""{"type":"call","occurredAt":"0001-01-01T00:00:00+14:00"}""", 400, "occurredAt")]
    [InlineData("""{"type":"call","direction":"sideways"}""", 400, "direction")]
    [InlineData("""{"type":"call","direction":2}""", 400, "direction")]
    [InlineData("""{"type":"note","outcome":"refused"}""", 422, "outcome")]
    [InlineData("""{"type":"call","dropReminders":[1]}""", 400, "dropReminders")]
    [InlineData("""{"type":"call","nextReminder":{"date":"2026-01-01"}}""", 400, "nextReminder")]
    [InlineData("""{"type":"call","version":1}""", 400, "version")]
    public async Task What_is_wrong_is_named(string body, int status, string field)
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Wrong" })).Expect(201);
        (await api.PostAsync("activities", body[..^1] + (body.Length > 2 ? "," : "") + $"\"contactId\":{contact.Id}}}")).ExpectProblem(status, field);
        Assert.Equal(0, (await api.GetAsync($"activities?contactId={contact.Id}"))["count"].GetInt32());
    }

    [Fact]
    public async Task When_it_took_place_cannot_be_cleared()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Dated" })).Expect(201);
        var call = (await api.PostAsync("activities", new { contactId = contact.Id, type = "call", occurredAt = "2026-01-05T10:00:00Z" })).Expect(201);
        var answer = (await api.PostAsync($"activities/{call.Id}/responses", new { text = "yes", occurredAt = "2026-01-06T10:00:00Z" })).Expect(201);
        foreach (var path in new[] { $"activities/{call.Id}", $"responses/{answer.Id}" })
        {
            var before = (await api.GetAsync(path)).Body;
            (await api.PatchAsync(path, """{"occurredAt":null}""")).ExpectProblem(422, "occurredAt");
            Assert.Equal(before, (await api.GetAsync(path)).Body);
        }
    }

    [Fact]
    public async Task An_outcome_that_the_type_no_longer_offers_stays_with_what_was_recorded()
    {
        using var api = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var contact = (await api.PostAsync("contacts", new { lastName = "Recorded" })).Expect(201);
        var type = (await admin.PostAsync("activity-types", new { name = "Fair", @class = "engagement" })).Expect(201);
        var fair = (await api.PostAsync("activities", new { contactId = contact.Id, type = "fair", outcome = "refused" })).Expect(201);
        (await admin.PatchAsync($"activity-types/{type.Id}", new { @class = "neutral" })).Expect(200);
        Assert.Equal("refused", (await api.PatchAsync($"activities/{fair.Id}", new { details = "typo fixed" })).Expect(200)["outcome"].GetString());
        (await api.PatchAsync($"activities/{fair.Id}", new { outcome = "sold" })).ExpectProblem(422, "outcome");
        (await api.PatchAsync($"activities/{fair.Id}", new { type = "note" })).ExpectProblem(422, "outcome");
        (await api.PostAsync("activities", new { contactId = contact.Id, type = "fair", outcome = "refused" })).ExpectProblem(422, "outcome");
        Assert.Equal("none", (await api.PatchAsync($"activities/{fair.Id}", new { outcome = "none" })).Expect(200)["outcome"].GetString());
    }

    [Fact]
    public async Task An_action_stays_with_its_contact()
    {
        using var api = Api(Cast.Anna);
        var one = (await api.PostAsync("contacts", new { lastName = "One" })).Expect(201);
        var two = (await api.PostAsync("contacts", new { lastName = "Two" })).Expect(201);
        var call = (await api.PostAsync("activities", new { contactId = one.Id, type = "call" })).Expect(201);
        (await api.PatchAsync($"activities/{call.Id}", new { contactId = two.Id })).ExpectProblem(400, "contactId");
        (await api.PostAsync("activities", new { contactId = 987654321, type = "call" })).ExpectProblem(422, "contactId");
    }

    [Fact]
    public async Task The_list_is_filtered_and_sorted()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Listed" })).Expect(201);
        foreach (var (type, day, outcome) in new[] { ("call", 1, "none"), ("email", 2, "none"), ("call", 3, "noAnswer") })
            (await api.PostAsync("activities", new { contactId = contact.Id, type, outcome, occurredAt = $"2026-03-0{day}T10:00:00+01:00", campaign = "C" + day, field1 = "F" + day, field2 = "G" })).Expect(201);
        async Task<string> Days(string query) => string.Join(' ',
            (await api.GetAsync($"activities?contactId={contact.Id}&{query}")).Expect(200)["items"].EnumerateArray().Select(a => a.GetProperty("occurredAt").GetDateTime().Day));
        Assert.Equal("3 2 1", await Days(""));
        Assert.Equal("1 2 3", await Days("sort=occurredAt"));
        Assert.Equal("1 3", await Days("type=call&sort=createdAt"));
        Assert.Equal("3", await Days("outcome=noAnswer"));
        Assert.Equal("2", await Days("campaign=C2"));
        Assert.Equal("2", await Days("from=2026-03-02&to=2026-03-02"));
        Assert.Equal("3", await Days("from=2026-03-02T12:00:00Z"));
        Assert.Equal("1 2 3", await Days("sort=campaign"));
        Assert.Equal("3 2 1", await Days("sort=-campaign"));
        Assert.Equal("2", await Days("field1=F2"));
        Assert.Equal("3 2 1", await Days("field2=G&author=me&responsible=me"));
        Assert.Equal("", await Days($"author={Cast.Ben.Id}"));
        Assert.Equal("", await Days($"responsible={Cast.Ben.Id}"));
        Assert.Equal("3 1", await Days("type=call,sale&outcome=none,noAnswer"));
        var first = (await api.GetAsync($"activities?contactId={contact.Id}&sort=campaign&limit=2")).Expect(200);
        var rest = (await api.GetAsync($"activities?contactId={contact.Id}&sort=campaign&limit=2&cursor={Uri.EscapeDataString(first["nextCursor"].GetString()!)}")).Expect(200);
        Assert.Equal("C3", rest["items"][0].GetProperty("campaign").GetString());
        foreach (var (query, field) in new[] { ("type=dance", "type"), ("rating=x", "rating"), ("rating=6", "rating"), ("sort=--campaign", "sort"), ("author=you", "author"), ("outcome=none,lost", "outcome"), ("from=yesterday", "from"), ("to=2026-03-02T12:00:00", "to"), ("sort=details", "sort"), ("colour=red", "colour"), ("contactId=1%27--", "contactId"), ("direction=1", "direction") })
            (await api.GetAsync("activities?" + query)).ExpectProblem(400, field);
    }
}
