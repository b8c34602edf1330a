using System.Text.Json;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Tests.Harness;

namespace Liaison.Tests.Activities;

/// <summary>What happens to actions and responses afterwards is told in the contact's journal, with what it was before.</summary>
public sealed class JournalTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task Edits_deletions_and_restorations_are_told_field_by_field()
    {
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Suivi", "Complet");
        var call = (await api.PostAsync("activities", new { contactId = id, type = "call", outcome = "noAnswer", details = "First words" })).Expect(201);
        var answer = (await api.PostAsync($"activities/{call.Id}/responses", new { text = "Maybe" })).Expect(201);
        (await api.PatchAsync($"activities/{call.Id}", new { outcome = "refused", details = "First words" })).Expect(200);
        (await api.PatchAsync($"activities/{call.Id}", new { outcome = "refused" })).Expect(200); // nothing changes, nothing is told
        (await api.PatchAsync($"responses/{answer.Id}", new { text = "No" })).Expect(200);
        (await api.DeleteAsync($"responses/{answer.Id}")).Expect(200);
        (await api.PostAsync($"responses/{answer.Id}/restoration")).Expect(200);
        (await api.DeleteAsync($"activities/{call.Id}")).Expect(200);

        var told = (await api.GetAsync($"contacts/{id}/timeline?kind=edit")).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("data")).ToList();
        Assert.Equal(["activity.deleted", "response.restored", "response.deleted", "response.edited", "activity.edited"], told.Select(d => d.GetProperty("what").GetString()));
        Assert.Equal([("outcome", "noAnswer", "refused")], Changes(told[4]));
        Assert.Equal([("text", "Maybe", "No")], Changes(told[3]));
        Assert.Contains(("details", "First words", null), Changes(told[0]));
        Assert.Contains(("text", null, "No"), Changes(told[1]));

        var page = (await As(Cast.Anna).GetAsync($"/contacts/{id}/journal?kind=edit")).Expect(200);
        var edited = page.All("ol.timeline > li").Single(li => li.TextContent.Contains("Action modifiée", StringComparison.Ordinal));
        Assert.Equal(("Pas de réponse", "Refus"), (edited.QuerySelector("del")!.TextContent, edited.QuerySelector("ins")!.TextContent));
        // Of what is still there one gets to it, of what is gone there is no link.
        var restored = page.All("ol.timeline > li").Single(li => li.TextContent.Contains("Réponse rétablie", StringComparison.Ordinal));
        Assert.Equal($"/responses/{answer.Id}", restored.QuerySelector("a.link")!.GetAttribute("href"));
        Assert.Null(page.All("ol.timeline > li").Single(li => li.TextContent.Contains("Action supprimée", StringComparison.Ordinal)).QuerySelector("a.link"));
        (await As(Cast.Anna).GetAsync($"/responses/{answer.Id}")).Expect(404); // its action is deleted
        (await api.PostAsync($"activities/{call.Id}/restoration")).Expect(200);
        Assert.NotEmpty((await As(Cast.Anna).GetAsync($"/responses/{answer.Id}")).Expect(200).All($"#response-{answer.Id}"));
        Assert.NotEmpty((await As(Cast.Anna).GetAsync($"/activities/{call.Id}")).Expect(200).All($"li#activity-{call.Id}"));
        (await As(Cast.Ben).GetAsync($"/activities/{call.Id}")).Expect(404);
        Assert.Contains("Action supprimée", page.Text, StringComparison.Ordinal);
        Assert.Contains("First words", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_is_the_cause_by_its_own_id_and_its_end_is_told_as_such()
    {
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Cause", "Réponse");
        var call = (await api.PostAsync("activities", new { contactId = id, type = "call", outcome = "noAnswer", occurredAt = "2026-01-05T10:00:00Z" })).Expect(201);
        (await api.PostAsync("activities", new { contactId = id, type = "note" })).Expect(201);
        var answer = (await api.PostAsync($"activities/{call.Id}/responses", new { text = "Oui" })).Expect(201);
        var cause = (await api.GetAsync($"contacts/{id}/status")).Expect(200)["cause"];
        Assert.Equal(("response", answer.Id, call.Id), (cause.GetProperty("type").GetString(), cause.GetProperty("id").GetInt64(), cause.GetProperty("activityId").GetInt64()));

        // From the badge and from the history one gets to where it stands.
        var anna = As(Cast.Anna);
        Assert.Equal($"#response-{answer.Id}", (await anna.GetAsync($"/contacts/{id}")).Find(".why a[href*='#']").GetAttribute("href"));
        Assert.NotEmpty((await anna.GetAsync($"/contacts/{id}")).All($"#response-{answer.Id}"));
        var history = (await anna.GetAsync($"/contacts/{id}/status-history")).Expect(200);
        var link = history.Find("td a[href*='journal']").GetAttribute("href")!;
        Assert.EndsWith($"#response-entry-{answer.Id}", link, StringComparison.Ordinal);
        Assert.NotEmpty((await anna.GetAsync(link)).Expect(200).All($"li#response-entry-{answer.Id}"));

        (await api.DeleteAsync($"responses/{answer.Id}")).Expect(200);
        var trigger = (await api.GetAsync($"contacts/{id}/status-history")).Expect(200)["items"][0].GetProperty("trigger");
        Assert.Equal(("responseDeleted", answer.Id), (trigger.GetProperty("type").GetString(), trigger.GetProperty("id").GetInt64()));
        Assert.Contains("une réponse a été supprimée", (await anna.GetAsync($"/contacts/{id}/status-history")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cause_stored_with_the_action_alone_is_still_told()
    {
        var id = await ContactAsync("Ancienne", "Cause", ContactStatus.Prospect);
        await RecordAsync(As(Cast.Anna), id, "note");
        var note = (await ActivitiesAsync(id)).Single();
        await using (var db = Db())
        {
            var contact = (await db.Set<Contact>().FindAsync(id))!;
            contact.StatusCauseJson = new StatusCause("response", note.Id).ToString();
            await db.SaveChangesAsync();
        }
        var page = (await As(Cast.Anna).GetAsync($"/contacts/{id}")).Expect(200);
        Assert.Contains("le contact a répondu", page.Find(".why").TextContent, StringComparison.Ordinal);
        Assert.Equal($"#activity-{note.Id}", page.Find(".why a[href*='#']").GetAttribute("href"));
        using var api = Api(Cast.Anna);
        var cause = (await api.GetAsync($"contacts/{id}/status")).Expect(200)["cause"];
        Assert.Equal((JsonValueKind.Null, note.Id), (cause.GetProperty("id").ValueKind, cause.GetProperty("activityId").GetInt64()));
    }

    private static List<(string?, string?, string?)> Changes(JsonElement data) =>
        [.. data.GetProperty("changes").EnumerateArray().Select(c => (c.GetProperty("field").GetString(), Text(c.GetProperty("old")), Text(c.GetProperty("new"))))];

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.ToString();
}
