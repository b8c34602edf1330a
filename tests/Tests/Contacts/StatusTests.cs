using Liaison.Contacts.Lifecycle;

namespace Liaison.Tests.Contacts;

/// <summary>The status on pages: why, since when, by hand, locked, its history.</summary>
public sealed class StatusTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task The_page_says_why_and_since_when()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Warum");
        var page = (await As(Cast.Anna).GetAsync($"/contacts/{id}")).Expect(200);
        Assert.Equal("Lead", page.Find(".head .badge").TextContent);
        Assert.Contains("le contact a été créé", page.Find(".why").TextContent, StringComparison.Ordinal);
        Assert.Contains("Lead depuis aujourd’hui", page.Find(".why").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_by_hand_has_its_reason_and_is_in_the_history()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Hand");
        var form = (await As(Cast.Anna).GetAsync($"/contacts/{id}/status")).Form("main form.card");
        var page = (await form.Choose("status", "client").Fill("reason", "Contrat signé au salon").Tick("locked").SubmitAsync()).Expect(200);
        Assert.Equal("Client", page.Find(".head .badge").TextContent);
        Assert.Contains("Contrat signé au salon", page.Find(".why").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.All(".head [href$='/status'] svg[aria-label]"));
        var history = (await As(Cast.Anna).GetAsync($"/contacts/{id}/status-history")).Expect(200);
        Assert.Equal(["Lead", "Client"], history.Texts("tbody tr:first-child .badge"));
        Assert.Contains("Contrat signé au salon", history.Text, StringComparison.Ordinal);
        Assert.Contains(Cast.Anna.Name, history.Texts("tbody tr:first-child td")[4], StringComparison.Ordinal);
        Assert.True((await Server.StoredAsync(id)).StatusLocked);
        var open = await (await As(Cast.Anna).GetAsync($"/contacts/{id}/status")).Form("main form.card").SubmitAsync("button[name=unlock]");
        Assert.False((await Server.StoredAsync(id)).StatusLocked);
        Assert.Equal("Client", open.Find(".head .badge").TextContent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("king")]
    public async Task An_unknown_status_is_refused(string status)
    {
        var id = await Server.ContactAsync(Cast.Anna, "Falsch" + status);
        (await As(Cast.Anna).PostAsync($"/contacts/{id}/status", ("status", status))).Expect(422);
        Assert.Equal(ContactStatus.Lead, (await Server.StoredAsync(id)).Status);
    }

    [Fact]
    public async Task Checked_details_are_no_longer_flagged()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Pruef");
        await using (var db = Db())
        {
            var contact = await db.Set<Liaison.Contacts.Contact>().FindAsync(id);
            contact!.DetailsToCheck = true;
            await db.SaveChangesAsync();
        }
        var page = await As(Cast.Anna).GetAsync($"/contacts/{id}");
        var after = await page.Form("form[action$='/details-checked']").SubmitAsync();
        Assert.Empty(after.All("form[action$='/details-checked']"));
        Assert.Contains("Coordonnées vérifiées", after.Find("#journal").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_moved_while_the_form_was_open_is_shown_and_not_lost()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Zugleich");
        var anna = As(Cast.Anna);
        var form = (await anna.GetAsync($"/contacts/{id}/status")).Form("main form.card").Fill("reason", "En attente").Tick("locked");
        using var api = Api(Cast.Anna);
        (await api.PostAsync("activities", new { contactId = id, type = "sale" })).Expect(201);

        var page = (await form.SubmitAsync()).Expect(409);
        var stored = await Server.StoredAsync(id);
        Assert.Equal((ContactStatus.Client, false), (stored.Status, stored.StatusLocked));
        Assert.Contains("Client", page.Find("main .note.warn").TextContent, StringComparison.Ordinal);
        Assert.Contains("Lead", page.Find("main .note.warn").TextContent, StringComparison.Ordinal);
        var again = page.Form("main form.card");
        Assert.Equal(("lead", "En attente"), (again["status"], again["reason"]));
        (await again.SubmitAsync()).Expect(200);
        stored = await Server.StoredAsync(id);
        Assert.Equal((ContactStatus.Lead, true), (stored.Status, stored.StatusLocked));
    }

    [Fact]
    public async Task A_setting_that_somebody_else_chose_meanwhile_is_not_taken_back()
    {
        var admin = As(Cast.Admin);
        var stale = (await admin.GetAsync("/settings/after-sale")).Form("main form.card");
        (await (await admin.GetAsync("/settings/after-sale")).Form("main form.card").Choose("choice", "never").SubmitAsync()).Expect(200);
        var page = (await stale.Choose("choice", "always").SubmitAsync()).Expect(409);
        Assert.Equal("never", (await admin.GetAsync("/settings/after-sale")).Form("main form.card")["choice"]);
        (await page.Form("main form.card").SubmitAsync()).Expect(200);
        Assert.Equal("always", (await admin.GetAsync("/settings/after-sale")).Form("main form.card")["choice"]);
        (await (await admin.GetAsync("/settings/after-sale")).Form("main form.card").Choose("choice", "ask").SubmitAsync()).Expect(200);
    }
}
