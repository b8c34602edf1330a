using Liaison.Activities;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Api;

/// <summary>The types of actions, edited by a program.</summary>
public sealed class ActivityTypesApiTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task A_type_is_created_used_changed_and_deleted_only_while_unused()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var made = (await admin.PostAsync("activity-types", new { name = "Démo en ligne", icon = "globe", @class = "engagement", advancesGroup = true })).Expect(201);
        Assert.Equal($"/api/v1/activity-types/{made.Id}", made.Location);
        Assert.Equal(("demoEnLigne", "Démo en ligne", "globe", "engagement", true, false),
            (made["key"].GetString(), made["name"].GetString(), made["icon"].GetString(), made["class"].GetString(), made["advancesGroup"].GetBoolean(), made["hidden"].GetBoolean()));
        var read = (await anna.GetAsync($"activity-types/{made.Id}")).Expect(200);
        Assert.Equal((made.Body, made.ETag), (read.Body, read.ETag));
        Assert.Equal(made.Id, (await anna.GetAsync("activity-types"))["items"].EnumerateArray().Last().GetProperty("id").GetInt64());
        Assert.Equal("demoEnLigne2", (await admin.PostAsync("activity-types", new { name = "Demo-en ligne.", @class = "neutral" })).Expect(201)["key"].GetString());

        var contact = (await anna.PostAsync("contacts", new { lastName = "Shown" })).Expect(201);
        var action = (await anna.PostAsync("activities", new { contactId = contact.Id, type = "demoEnLigne" })).Expect(201);
        var changed = (await admin.PatchAsync($"activity-types/{made.Id}", new { hidden = true, position = 0 }, made.ETag)).Expect(200);
        Assert.Contains("is hidden", (await admin.PostAsync("activities", new { contactId = contact.Id, type = "demoEnLigne" })).ExpectProblem(422, "type").Body, StringComparison.Ordinal);
        Assert.Equal(("Démo en ligne", true, 0), (changed["name"].GetString(), changed["hidden"].GetBoolean(), changed["position"].GetInt32()));
        (await anna.PostAsync("activities", new { contactId = contact.Id, type = "demoEnLigne" })).ExpectProblem(422, "type");
        (await anna.DeleteAsync($"activities/{action.Id}")).Expect(200);
        (await admin.DeleteAsync($"activity-types/{made.Id}")).ExpectProblem(409);
        var spare = (await admin.PostAsync("activity-types", new { key = "spare", name = "Spare", @class = "sale" })).Expect(201);
        (await admin.DeleteAsync($"activity-types/{spare.Id}", spare.ETag)).Expect(204);
        (await admin.GetAsync($"activity-types/{spare.Id}")).ExpectProblem(404);
        (await anna.PostAsync("activities", new { contactId = contact.Id, type = "spare" })).ExpectProblem(422, "type");
    }

    [Fact]
    public async Task Another_class_moves_the_statuses_in_the_background()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var type = (await admin.PostAsync("activity-types", new { name = "Webinaire", @class = "engagement" })).Expect(201);
        var contact = (await anna.PostAsync("contacts", new { lastName = "Auditrice" })).Expect(201);
        (await anna.PostAsync("activities", new { contactId = contact.Id, type = "webinaire" })).Expect(201);
        Assert.Equal("prospect", (await anna.GetAsync($"contacts/{contact.Id}"))["status"].GetString());
        Assert.Equal("neutral", (await admin.PatchAsync($"activity-types/{type.Id}", new { @class = "neutral" })).Expect(200)["class"].GetString());
        await Server.RunJobsAsync();
        Assert.Equal("lead", (await anna.GetAsync($"contacts/{contact.Id}"))["status"].GetString());
        (await admin.PatchAsync($"activity-types/{type.Id}", new { @class = "sale", name = "Vente en ligne" })).Expect(200);
        await Server.RunJobsAsync();
        Assert.Equal("client", (await anna.GetAsync($"contacts/{contact.Id}"))["status"].GetString());
        await using var db = Db();
        Assert.Equal(2, await db.Set<JournalEntry>().CountAsync(j => j.Kind == "activities.rulesChanged"));
    }

    [Fact]
    public async Task A_type_in_use_is_deleted_when_another_takes_its_place()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var type = (await admin.PostAsync("activity-types", new { name = "Foire", @class = "engagement" })).Expect(201);
        var sale = (await anna.GetAsync("activity-types"))["items"].EnumerateArray().Single(t => t.GetProperty("key").GetString() == "sale").GetProperty("id").GetInt64();
        var contact = (await anna.PostAsync("contacts", new { lastName = "Foraine" })).Expect(201);
        var kept = (await anna.PostAsync("activities", new { contactId = contact.Id, type = "foire" })).Expect(201);
        var deleted = (await anna.PostAsync("activities", new { contactId = contact.Id, type = "foire" })).Expect(201);
        (await anna.DeleteAsync($"activities/{deleted.Id}")).ExpectSuccess();
        foreach (var wrong in new[] { "999999", $"{type.Id}", "none", "sale" }) (await admin.DeleteAsync($"activity-types/{type.Id}?replaceWith={wrong}")).ExpectProblem(400, "replaceWith");
        (await admin.DeleteAsync($"activity-types/{type.Id}?replaceWith={sale}", "\"old\"")).ExpectProblem(412);
        (await anna.DeleteAsync($"activity-types/{type.Id}?replaceWith={sale}")).ExpectProblem(403);
        (await admin.DeleteAsync($"activity-types/{type.Id}")).ExpectProblem(409);
        (await admin.DeleteAsync($"activity-types/{type.Id}?replaceWith={sale}", type.ETag)).Expect(204);
        (await admin.GetAsync($"activity-types/{type.Id}")).ExpectProblem(404);
        var after = (await anna.GetAsync($"activities/{kept.Id}")).Expect(200);
        Assert.Equal("sale", after["type"].GetString());
        Assert.NotEqual(kept.ETag, after.ETag);
        Assert.Equal("sale", (await anna.PostAsync($"activities/{deleted.Id}/restoration")).Expect(200)["type"].GetString());
        await Server.RunJobsAsync();
        Assert.Equal("client", (await anna.GetAsync($"contacts/{contact.Id}"))["status"].GetString());
        await using var db = Db();
        Assert.Contains("\"by\":\"sale\"", (await db.Set<JournalEntry>().SingleAsync(j => j.Kind == "activities.typeDeleted" && j.Details!.Contains("foire"))).Details!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"class":"engagement"}""", 422, "name")]
    [InlineData("""{"name":"  ","class":"engagement"}""", 422, "name")]
    [InlineData("""{"name":"Only a name"}""", 422, "class")]
    [InlineData("""{"name":"a","class":"party"}""", 400, "class")]
    [InlineData("""{"name":"a","class":2}""", 400, "class")]
    [InlineData("""{"name":"a","class":"sale","icon":"<svg>"}""", 422, "icon")]
    [InlineData("""{"name":"a","class":"sale","key":"call"}""", 422, "key")]
    [InlineData("""{"name":"a","class":"sale","key":"CALL"}""", 422, "key")]
    [InlineData("""{"name":"a","class":"sale","key":"two words"}""", 422, "key")]
    [InlineData("""{"name":"a","class":"sale","position":-1}""", 422, "position")]
    [InlineData("""{"name":"a","class":"sale","hidden":"no"}""", 400, "hidden")]
    [InlineData("""{"name":"a","class":"sale","id":7}""", 400, "id")]
    public async Task A_wrong_field_is_named(string body, int status, string field)
    {
        using var admin = Api(Cast.Admin);
        var before = (await admin.GetAsync("activity-types")).Body;
        (await admin.PostAsync("activity-types", body)).ExpectProblem(status, field);
        Assert.Equal(before, (await admin.GetAsync("activity-types")).Body);
    }

    [Fact]
    public async Task Key_and_name_are_guarded_and_a_stale_change_is_refused()
    {
        using var anna = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var call = (await admin.GetAsync("activity-types"))["items"].EnumerateArray().Single(t => t.GetProperty("key").GetString() == "call").GetProperty("id").GetInt64();
        (await anna.PostAsync("activity-types", new { name = "x", @class = "sale" })).ExpectProblem(403);
        (await anna.PatchAsync($"activity-types/{call}", new { name = "x" })).ExpectProblem(403);
        (await anna.DeleteAsync($"activity-types/{call}")).ExpectProblem(403);
        (await admin.PatchAsync($"activity-types/{call}", new { key = "phone" })).ExpectProblem(422, "key");
        (await admin.PatchAsync("activity-types/987654321", new { name = "x" })).ExpectProblem(404);
        (await admin.DeleteAsync("activity-types/987654321")).ExpectProblem(404);

        var first = await admin.GetAsync($"activity-types/{call}");
        Assert.Equal("Ring", (await admin.PatchAsync($"activity-types/{call}", new { name = "Ring" }, first.ETag)).Expect(200)["name"].GetString());
        (await admin.PatchAsync($"activity-types/{call}", new { name = "Late" }, first.ETag)).ExpectProblem(412);
        (await admin.DeleteAsync($"activity-types/{call}", first.ETag)).ExpectProblem(412);
        Assert.Equal(first["name"].GetString(), (await admin.PatchAsync($"activity-types/{call}", """{"name":null}""")).Expect(200)["name"].GetString());
        var own = (await admin.PostAsync("activity-types", new { name = "Own", @class = "neutral" })).Expect(201);
        (await admin.PatchAsync($"activity-types/{own.Id}", """{"name":null}""")).ExpectProblem(422, "name");
    }

    [Fact]
    public async Task Of_two_changes_at_once_with_the_same_tag_one_is_refused()
    {
        using var admin = Api(Cast.Admin);
        var type = (await admin.PostAsync("activity-types", new { name = "Contested", @class = "engagement" })).Expect(201);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => admin.PatchAsync($"activity-types/{type.Id}", new { name = $"Contested {i}" }, type.ETag)));
        Assert.Equal([200, 412, 412, 412, 412, 412, 412, 412], replies.Select(r => r.Status).Order());
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => admin.PostAsync("activity-types", new { name = "Crowd" + new string('.', i), @class = "sale" })));
        Assert.All(made, r => r.Expect(201));
        await using var db = Db();
        Assert.Equal(8, await db.Set<ActivityType>().CountAsync(t => t.Key.StartsWith("crowd")));
    }
}
