namespace Liaison.Tests.Api;

/// <summary>What actions mean for the status, and the settings beside it, changed by a program.</summary>
public sealed class ActivityRulesApiTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task Rules_are_previewed_then_changed_and_the_statuses_follow()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        foreach (var reply in new[] { await anna.GetAsync("activity-rules"), await anna.PatchAsync("activity-rules", new { }), await anna.PostAsync("activity-rules/preview", new { }) }) reply.ExpectProblem(403);
        var contact = (await anna.PostAsync("contacts", new { lastName = "Refuser" })).Expect(201);
        (await anna.PostAsync("activities", new { contactId = contact.Id, type = "call", outcome = "refused" })).Expect(201);
        var before = (await admin.GetAsync("activity-rules")).Expect(200);
        Assert.Equal(("engagement", "sale", "neutral"), (Of(before, "types", "call"), Of(before, "types", "sale"), Of(before, "types", "note")));
        Assert.Equal(("refusal", "sale"), (Of(before, "outcomes", "refused"), Of(before, "outcomes", "sold")));

        var wanted = new { outcomes = new { refused = "none" } };
        var preview = (await admin.PostAsync("activity-rules/preview", wanted)).Expect(200);
        Assert.Equal(1, preview["count"].GetInt32());
        var row = preview["contacts"][0];
        Assert.Equal((contact.Id, "Refuser", "deadProspect", "lead"), (row.GetProperty("id").GetInt64(), row.GetProperty("name").GetString(), row.GetProperty("from").GetString(), row.GetProperty("to").GetString()));
        Assert.Equal("refusal", Of(await admin.GetAsync("activity-rules"), "outcomes", "refused"));

        var changed = (await admin.PatchAsync("activity-rules", wanted, before.ETag)).Expect(200);
        Assert.Equal(("none", true), (Of(changed, "outcomes", "refused"), changed["isRecomputing"].GetBoolean()));
        await Server.RunJobsAsync();
        Assert.Equal("lead", (await anna.GetAsync($"contacts/{contact.Id}"))["status"].GetString());
        Assert.False((await admin.GetAsync("activity-rules"))["isRecomputing"].GetBoolean());

        (await admin.PatchAsync("activity-rules", new { types = new { letter = "neutral" } }, before.ETag)).ExpectProblem(412);
        Assert.Equal("neutral", Of((await admin.PatchAsync("activity-rules", new { types = new { letter = "neutral" } })).Expect(200), "types", "letter"));
        (await admin.PatchAsync("activity-rules", new { types = new { letter = "engagement" }, outcomes = new { refused = "refusal" } })).Expect(200);
        Assert.Equal(before["types"].ToString() + before["outcomes"], (await admin.GetAsync("activity-rules"))["types"].ToString() + (await admin.GetAsync("activity-rules"))["outcomes"]);
        await Server.RunJobsAsync();
        Assert.Equal("deadProspect", (await anna.GetAsync($"contacts/{contact.Id}"))["status"].GetString());
    }

    [Theory]
    [InlineData("""{"types":{"dance":"sale"}}""", "types.dance")]
    [InlineData("""{"types":{"call":"party"}}""", "types.call")]
    [InlineData("""{"types":{"call":null}}""", "types.call")]
    [InlineData("""{"outcomes":{"lost":"none"}}""", "outcomes.lost")]
    [InlineData("""{"outcomes":{"sold":5}}""", "outcomes.sold")]
    [InlineData("""{"effects":{}}""", "effects")]
    public async Task A_wrong_rule_is_named(string body, string field)
    {
        using var admin = Api(Cast.Admin);
        var before = (await admin.GetAsync("activity-rules")).Body;
        (await admin.PatchAsync("activity-rules", body)).ExpectProblem(400, field);
        (await admin.PostAsync("activity-rules/preview", body)).ExpectProblem(400, field);
        Assert.Equal(before, (await admin.GetAsync("activity-rules")).Body);
    }

    [Fact]
    public async Task Settings_are_read_by_all_and_changed_by_administrators()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var before = (await anna.GetAsync("settings/activities")).Expect(200);
        Assert.Equal(3, before["suggestDeadAfter"].GetInt32());
        (await anna.PatchAsync("settings/activities", new { field1 = "Branch" })).ExpectProblem(403);
        var changed = (await admin.PatchAsync("settings/activities", new { field1 = " Branch ", suggestDeadAfter = 0 }, before.ETag)).Expect(200);
        Assert.Equal(("Branch", 0), (changed["field1"].GetString(), changed["suggestDeadAfter"].GetInt32()));
        (await admin.PatchAsync("settings/activities", new { field2 = "Late" }, before.ETag)).ExpectProblem(412);
        Assert.Equal("Branch", (await As(Cast.Admin).GetAsync("/settings/activity-types")).Form("form[action$='handler=settings']")["Settings.Field1"]);
        (await admin.PatchAsync("settings/activities", new { suggestDeadAfter = 101 })).ExpectProblem(422, "suggestDeadAfter");
        (await admin.PatchAsync("settings/activities", """{"suggestDeadAfter":null}""")).ExpectProblem(400, "suggestDeadAfter");
        (await admin.PatchAsync("settings/activities", new { field2 = new string('x', 61) })).ExpectProblem(422, "field2");
        Assert.Equal(before.Body, (await admin.PatchAsync("settings/activities", """{"field1":null,"suggestDeadAfter":3}""")).Expect(200).Body);
    }

    private static string? Of(ApiReply reply, string part, string name) => reply[part].GetProperty(name).GetString();
}
