using Liaison.Contacts.Lifecycle;
using Liaison.Tests.Contacts;
using Liaison.Tests.Harness;

namespace Liaison.Tests.Activities;

/// <summary>When a status stays but rests on something else, or began at another time, its history says so.</summary>
public sealed class CorrectedReasonTests(LiaisonServer server) : ActivityHttp(server)
{
    [Theory]
    [InlineData("deleted", "email", "an e-mail was sent", "activityDeleted")]
    [InlineData("edited", "meeting", "a meeting took place", "activityEdited")]
    [InlineData("backdated", "call", "a call took place", "activityEdited")]
    [InlineData("earlier", "meeting", "a meeting took place", null)]
    public async Task The_newest_entry_of_the_history_is_what_the_badge_says(string how, string type, string because, string? trigger)
    {
        var id = await ContactAsync("Motif", how, createdAt: Server.Clock.Now.AddYears(-5));
        using var api = Api(Cast.Anna);
        var (callAt, mailAt, otherAt) = (Server.Clock.Now.AddYears(-2), Server.Clock.Now.AddYears(-1), Server.Clock.Now.AddYears(-3));
        var call = (await api.PostAsync("activities", new { contactId = id, type = "call", occurredAt = callAt })).Expect(201);
        var mail = (await api.PostAsync("activities", new { contactId = id, type = "email", occurredAt = mailAt })).Expect(201);
        Assert.Empty(mail["effects"].EnumerateArray());
        var done = how switch
        {
            "deleted" => await api.DeleteAsync($"activities/{call.Id}"),
            "edited" => await api.PatchAsync($"activities/{call.Id}", new { type }),
            "backdated" => await api.PatchAsync($"activities/{call.Id}", new { occurredAt = otherAt }),
            _ => await api.PostAsync("activities", new { contactId = id, type, occurredAt = otherAt }),
        };
        var effect = Assert.Single(done.ExpectSuccess()["effects"].EnumerateArray());
        Assert.Equal(("statusCorrected", id, "prospect", "prospect"), (effect.GetProperty("kind").GetString(), effect.GetProperty("contactId").GetInt64(), effect.GetProperty("from").GetString(), effect.GetProperty("to").GetString()));

        var status = (await api.GetAsync($"contacts/{id}/status")).Expect(200);
        var newest = (await api.GetAsync($"contacts/{id}/status-history")).Expect(200)["items"][0];
        Assert.Equal(("prospect", because), (status["status"].GetString(), status["because"].GetString()));
        foreach (var name in new[] { "because", "since", "cause" }) Assert.Equal(status[name].GetRawText(), newest.GetProperty(name).GetRawText());
        Assert.Equal(("corrected", "prospect", trigger), (newest.GetProperty("kind").GetString(), newest.GetProperty("to").GetString(), newest.GetProperty("trigger") is { ValueKind: not System.Text.Json.JsonValueKind.Null } t ? t.GetProperty("type").GetString() : null));
        Assert.Contains("Motif ou date corrig", (await As(Cast.Anna).GetAsync($"/contacts/{id}/status-history")).Find("tbody tr").TextContent, StringComparison.Ordinal);

        // The timeline tells what was done already; whoever asks for statuses gets it there too.
        Assert.DoesNotContain("statusCorrected", (await api.GetAsync($"contacts/{id}/timeline")).Expect(200).Body, StringComparison.Ordinal);
        Assert.Contains("statusCorrected", (await api.GetAsync($"contacts/{id}/timeline?kind=status")).Expect(200).Body, StringComparison.Ordinal);
        (await As(Cast.Anna).GetAsync($"/contacts/{id}/journal?kind=status")).Expect(200);
    }

    [Fact]
    public async Task What_leaves_the_reason_as_it_was_is_not_noted()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Tranquille");
        using var api = Api(Cast.Anna);
        var note = (await api.PostAsync("activities", new { contactId = id, type = "note" })).Expect(201);
        var call = (await api.PostAsync("activities", new { contactId = id, type = "call" })).Expect(201);
        foreach (var reply in new[] { await api.PatchAsync($"activities/{call.Id}", new { details = "Rien de neuf" }), await api.DeleteAsync($"activities/{note.Id}"), await api.PostAsync($"activities/{call.Id}/responses", new { text = "Oui" }) })
            Assert.Empty(reply.ExpectSuccess()["effects"].EnumerateArray());
        (await api.PutAsync($"contacts/{id}/status", new { locked = true })).Expect(200);
        Assert.Empty((await api.DeleteAsync($"activities/{call.Id}")).Expect(200)["effects"].EnumerateArray());
        Assert.Equal(["locked", "moved", "set"], (await api.GetAsync($"contacts/{id}/status-history")).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("kind").GetString()));
    }
}
