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
    public async Task After_a_sale_the_company_is_proposed_and_marked_on_request()
    {
        var company = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = Liaison.Contacts.ContactKind.Company; i.CompanyName = "Atelier Vermeil"; });
        var person = await Server.ContactAsync(Cast.Anna, "Kundin", i => i.CompanyId = company);
        StatusChanged[] effects = [new(person, ContactStatus.Prospect, ContactStatus.Client, new StatusCause("manual"))];
        var toast = await AfterSaleAsync(effects);
        Assert.Equal($"/contacts/{person}/status?relatives=true", toast!.Url);
        Assert.Equal(ContactStatus.Lead, (await Server.StoredAsync(company)).Status);
        (await As(Cast.Anna).PostAsync(toast.Url!)).Expect(303);
        Assert.Equal(ContactStatus.Client, (await Server.StoredAsync(company)).Status);
        Assert.Null(await AfterSaleAsync(effects));
    }

    [Theory]
    [InlineData("never", ContactStatus.Lead)]
    [InlineData("always", ContactStatus.Client)]
    public async Task The_organisation_chooses_what_follows_a_sale(string choice, ContactStatus expected)
    {
        (await (await As(Cast.Admin).GetAsync("/settings/after-sale")).Form("main form.card").Choose("choice", choice).SubmitAsync()).Expect(200);
        var company = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = Liaison.Contacts.ContactKind.Company; i.CompanyName = "Maison " + choice; });
        var person = await Server.ContactAsync(Cast.Anna, "Wahl", i => i.CompanyId = company);
        await AfterSaleAsync([new(person, ContactStatus.Lead, ContactStatus.Client, new StatusCause("manual"))]);
        Assert.Equal(expected, (await Server.StoredAsync(company)).Status);
        (await (await As(Cast.Admin).GetAsync("/settings/after-sale")).Form("main form.card").Choose("choice", "ask").SubmitAsync()).Expect(200);
    }

    private Task<Kernel.Ui.Toast?> AfterSaleAsync(StatusChanged[] effects) => Server.InScopeAsync(Cast.Anna.Eyes(), s =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<RelatedContacts>(s).AfterSaleAsync(effects, CancellationToken.None));
}
