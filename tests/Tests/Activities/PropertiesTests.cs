using Liaison.Tests.Harness;

namespace Liaison.Tests.Activities;

/// <summary>The status is what the record says, in whatever order the record came about.</summary>
public sealed class PropertiesTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task Of_the_same_moment_the_one_recorded_later_counts_last()
    {
        using var api = Api(Cast.Anna);
        const string Moment = "2026-02-03T10:00:00Z";
        foreach (var (first, second, expected) in new[] { ("refused", "reached", "prospect"), ("reached", "refused", "deadProspect"), ("wrongDetails", "none", "prospect"), ("none", "wrongDetails", "deadProspect") })
        {
            var id = await ContactAsync("Même", $"Instant {first} {second}", createdAt: new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            var one = await DoAsync(api, id, "call", first, Moment);
            await DoAsync(api, id, "call", second, Moment);
            Assert.Equal((first, second, expected), (first, second, await StatusAsync(api, id)));
            // Deleted and restored, it takes its old place again.
            (await api.DeleteAsync($"activities/{one}")).Expect(200);
            (await api.PostAsync($"activities/{one}/restoration")).Expect(200);
            Assert.Equal((first, second, expected), (first, second, await StatusAsync(api, id)));
        }
    }

    [Fact]
    public async Task What_is_dated_before_a_change_by_hand_does_not_count_and_what_is_moved_after_it_does()
    {
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Avant", "La Main");
        (await api.PutAsync($"contacts/{id}/status", new { status = "prospect", reason = "met" })).Expect(200);
        var sale = await DoAsync(api, id, "sale", "none", Server.Clock.Now.AddDays(-2).ToString("O"));
        Assert.Equal("prospect", await StatusAsync(api, id));
        Server.Clock.Advance(TimeSpan.FromHours(1));
        (await api.PatchAsync($"activities/{sale}", new { occurredAt = Server.Clock.Now })).Expect(200);
        Assert.Equal("client", await StatusAsync(api, id));
        (await api.PatchAsync($"activities/{sale}", new { occurredAt = Server.Clock.Now.AddDays(-9) })).Expect(200);
        Assert.Equal("prospect", await StatusAsync(api, id));
    }

    [Fact]
    public async Task Without_its_only_sale_a_client_is_what_the_rest_says_and_with_it_again_a_client()
    {
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Seule", "Vente");
        await DoAsync(api, id, "call", "refused", null);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var sale = await DoAsync(api, id, "sale", "none", null);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        await DoAsync(api, id, "call", "refused", null); // a client is not demoted
        Assert.Equal("client", await StatusAsync(api, id));
        (await api.DeleteAsync($"activities/{sale}")).Expect(200);
        Assert.Equal("deadProspect", await StatusAsync(api, id));
        (await api.PostAsync($"activities/{sale}/restoration")).Expect(200);
        Assert.Equal("client", await StatusAsync(api, id));
    }

    [Fact]
    public async Task A_deleted_response_no_longer_counts_and_neither_does_one_of_a_deleted_action()
    {
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Réponse", "Retirée");
        var call = await DoAsync(api, id, "call", "noAnswer", null);
        var answer = (await api.PostAsync($"activities/{call}/responses", new { text = "yes" })).Expect(201).Id;
        foreach (var (path, after) in new[] { ($"responses/{answer}", "lead"), ($"activities/{call}", "lead") })
        {
            Assert.Equal("prospect", await StatusAsync(api, id));
            (await api.DeleteAsync(path)).Expect(200);
            Assert.Equal(after, await StatusAsync(api, id));
            (await api.PostAsync(path + "/restoration")).Expect(200);
        }
        Assert.Equal("prospect", await StatusAsync(api, id));
    }

    [Theory]
    [InlineData("""{"locked":false}""")]
    [InlineData("""{"status":"lead","locked":false}""")]
    [InlineData("""{"status":"lead","locked":false,"reason":"free again"}""")]
    public async Task A_sale_recorded_while_locked_counts_once_unlocked(string body)
    {
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Vente", "Verrouillée");
        (await api.PutAsync($"contacts/{id}/status", new { locked = true })).Expect(200);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await api.PostAsync("activities", new { contactId = id, type = "sale" })).Expect(201)["effects"].EnumerateArray());
        var unlocked = (await api.PutAsync($"contacts/{id}/status", body)).Expect(200);
        Assert.Equal(("client", false), (unlocked["status"].GetString(), unlocked["locked"].GetBoolean()));
        Assert.Equal("client", unlocked["effects"][0].GetProperty("to").GetString());
        Assert.Equal(["moved lead client", "unlocked  ", "locked  "], await HistoryAsync(api, id));
    }

    [Fact]
    public async Task Rules_that_change_while_a_status_is_locked_count_once_it_is_unlocked()
    {
        using var api = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var type = (await admin.PostAsync("activity-types", new { key = "order", name = "Order", @class = "neutral" })).Expect(201);
        var id = await ContactAsync("Règle", "Verrouillée");
        (await api.PutAsync($"contacts/{id}/status", new { locked = true })).Expect(200);
        await DoAsync(api, id, "order", "none", null);
        (await admin.PatchAsync($"activity-types/{type.Id}", new { @class = "sale" })).Expect(200);
        await Server.RunJobsAsync();
        Assert.Equal("lead", await StatusAsync(api, id));
        (await api.PutAsync($"contacts/{id}/status", new { locked = false })).Expect(200);
        Assert.Equal("client", await StatusAsync(api, id));
    }

    [Fact]
    public async Task What_is_dated_a_little_ahead_took_place_now_and_does_not_outlast_a_change_by_hand()
    {
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Horloge", "En Avance");
        var ahead = Server.Clock.Now.AddMinutes(4);
        var sale = (await api.PostAsync("activities", new { contactId = id, type = "sale", occurredAt = ahead })).Expect(201);
        var answer = (await api.PostAsync($"activities/{sale.Id}/responses", new { text = "yes", occurredAt = ahead })).Expect(201);
        Assert.All([sale, answer], r => Assert.True(r["occurredAt"].GetDateTime() < ahead));
        (await api.PutAsync($"contacts/{id}/status", new { status = "lead", reason = "by mistake" })).Expect(200);
        (await api.PatchAsync($"activities/{sale.Id}", new { details = "cancelled" })).Expect(200);
        (await api.PatchAsync($"responses/{answer.Id}", new { text = "no" })).Expect(200);
        Assert.Equal("lead", await StatusAsync(api, id));
        Server.Clock.Advance(TimeSpan.FromSeconds(1));
        await DoAsync(api, id, "sale", "none", null);
        Assert.Equal("client", await StatusAsync(api, id));
    }

    [Fact]
    public async Task Unlocked_by_hand_a_contact_of_a_type_without_status_has_none()
    {
        using var api = Api(Cast.Anna);
        using var admin = Api(Cast.Admin);
        var type = (await admin.PostAsync("contact-types", new { name = "Sans statut", lifecycle = false })).Expect(201)["key"].GetString();
        var id = await ContactAsync("Fournit", "Verrouillée");
        (await api.PutAsync($"contacts/{id}/status", new { status = "client", locked = true })).Expect(200);
        (await api.PatchAsync($"contacts/{id}", new { type })).Expect(200);
        Assert.Equal("client", await StatusAsync(api, id));
        var unlocked = (await api.PutAsync($"contacts/{id}/status", new { status = "prospect", locked = false })).Expect(200);
        Assert.Equal(("none", "none"), (unlocked["status"].GetString(), await StatusAsync(api, id)));
        (await api.PutAsync($"contacts/{id}/status", new { status = "lead" })).ExpectProblem(409);
        var moved = Assert.Single((await api.PatchAsync($"contacts/{id}", new { type = (string?)null })).Expect(200)["effects"].EnumerateArray());
        Assert.Equal(("statusChanged", id, "none", "prospect"), (moved.GetProperty("kind").GetString(), moved.GetProperty("contactId").GetInt64(), moved.GetProperty("from").GetString(), moved.GetProperty("to").GetString()));
        Assert.Equal("prospect", await StatusAsync(api, id));
        Assert.Empty((await api.PatchAsync($"contacts/{id}", new { jobTitle = "Directrice" })).Expect(200)["effects"].EnumerateArray());
    }

    [Fact]
    public async Task Details_proved_wrong_by_an_edit_are_to_be_checked_again()
    {
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Fausses", "Coordonnées");
        await DoAsync(api, id, "sale", "none", null);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var call = await DoAsync(api, id, "call", "wrongDetails", null);
        Assert.True(await ToCheckAsync(api, id));
        Assert.False((await api.PostAsync($"contacts/{id}/details-checked")).Expect(200)["detailsToCheck"].GetBoolean());
        Assert.False(await ToCheckAsync(api, id));
        (await api.PatchAsync($"activities/{call}", new { outcome = "reached" })).Expect(200);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await api.PatchAsync($"activities/{call}", new { outcome = "wrongDetails" })).Expect(200);
        Assert.True(await ToCheckAsync(api, id));
    }

    [Fact]
    public async Task A_confirmed_status_is_no_move_and_nothing_wanted_is_refused()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Confirmed" })).Expect(201);
        var before = (await api.GetAsync($"contacts/{contact.Id}/status")).Body;
        (await api.PutAsync($"contacts/{contact.Id}/status", new { status = "lead" })).Expect(200);
        Assert.Equal(before, (await api.GetAsync($"contacts/{contact.Id}/status")).Body);
        (await api.PutAsync($"contacts/{contact.Id}/status", new { status = "lead", reason = "too early" })).Expect(200);
        (await api.PutAsync($"contacts/{contact.Id}/status", new { reason = "alone" })).ExpectProblem(422, "status");
        (await api.PutAsync($"contacts/{contact.Id}/status", "{}")).ExpectProblem(422, "status");
        Assert.Equal(["set  lead", "set  lead"], await HistoryAsync(api, contact.Id));
    }

    private static async Task<long> DoAsync(ApiClient api, long contactId, string type, string outcome, string? occurredAt) =>
        (await api.PostAsync("activities", occurredAt is null ? new { contactId, type, outcome } : (object)new { contactId, type, outcome, occurredAt })).Expect(201).Id;

    private static async Task<string?> StatusAsync(ApiClient api, long id) => (await api.GetAsync($"contacts/{id}/status")).Expect(200)["status"].GetString();

    private static async Task<bool> ToCheckAsync(ApiClient api, long id) => (await api.GetAsync($"contacts/{id}/status")).Expect(200)["detailsToCheck"].GetBoolean();

    private static async Task<List<string>> HistoryAsync(ApiClient api, long id) =>
        [.. (await api.GetAsync($"contacts/{id}/status-history")).Expect(200)["items"].EnumerateArray()
            .Select(m => $"{m.GetProperty("kind").GetString()} {m.GetProperty("from").GetString()} {m.GetProperty("to").GetString()}")];
}
