using Liaison.Browser.Harness;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;

namespace Liaison.Browser;

/// <summary>Recording what happens with a contact, as people do it all day.</summary>
public sealed class ActionTests(LiaisonServer server) : BrowserTests(server)
{
    [Fact]
    public async Task Marie_Dupont_is_found_written_to_by_keyboard_alone_and_becomes_a_client()
    {
        var id = await ContactAsync("Marie", "Dupont");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts?q=dupont");
        var page = tab.Page;
        await page.Locator("table.list a[data-open]").First.ClickAsync();
        await Assertions.Expect(page.Locator("#composer")).ToBeVisibleAsync();

        // From the channel on by keys: e-mail, then the text, then Ctrl+Enter.
        await page.Locator("#composer input[value=call]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator("#composer textarea").FocusAsync();
        await page.Keyboard.TypeAsync("Présentation de la gamme 2027");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Marie Dupont passe de Lead à Prospect");
        await tab.AssertAccessibleAsync();
        await Screens.ShootAsync(page, "action-prospect");

        await page.Locator("a[href$='/responses/new']:visible").First.ClickAsync();
        await page.Locator("form.response-form textarea").FillAsync("Merci, pouvez-vous me chiffrer 40 pièces ?");
        await Screens.ShootAsync(page, "action-response");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("ol.timeline .reply")).ToContainTextAsync("40 pièces");

        await page.Locator("#composer .more-channels summary").ClickAsync();
        await page.Locator("#composer label:has(input[value=quoteSent])").ClickAsync();
        await page.Locator("#composer details.more summary").ClickAsync();
        await page.Locator("#composer label:has(input[name='Activity.Rating'][value='4'])").ClickAsync();
        await Screens.ShootAsync(page, "action-composer");
        await page.Locator("#composer button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("ol.timeline")).ToContainTextAsync("Devis envoyé");

        await page.Locator("#composer label:has(input[value=sale])").ClickAsync();
        await Assertions.Expect(page.Locator("#composer .outcomes")).ToBeHiddenAsync();
        await page.Locator("#composer button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast").First).ToContainTextAsync("passe de Prospect à Client");
        Assert.EndsWith($"/contacts/{id}", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_recorded_is_no_draft_any_more()
    {
        var id = await ContactAsync("Jeanne", "Petit");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts");
        var page = tab.Page;
        await page.Clock.InstallAsync();
        await tab.GoToAsync($"/contacts/{id}");
        await page.Locator("#composer textarea").FillAsync("Rappelle demain");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("ol.timeline > li[id^='activity-']")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync("");
        await page.Clock.FastForwardAsync(2_000);
        await Assertions.Expect(page.Locator("#composer [data-draft-kept]")).ToBeHiddenAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>("Object.keys(localStorage).filter(key => key.startsWith('draft:'))"));
    }

    [Fact]
    public async Task The_pages_around_actions_are_for_everybody()
    {
        var id = await ContactAsync("Paul", "Martin", ContactStatus.Prospect);
        await using var tab = await OpenAsync(Cast.Admin, $"/contacts/{id}/activities/new");
        var page = tab.Page;
        await page.Locator("#composer textarea").FillAsync("Informations supplémentaires");
        await page.Locator("#composer button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("ol.timeline")).ToContainTextAsync("Informations supplémentaires");
        foreach (var (name, url) in new[] { ("new", $"/contacts/{id}/activities/new"), ("list", "/activities"), ("types", "/settings/activity-types"), ("type", "/settings/activity-types/new"), ("rules", "/settings/activity-rules"), ("edit", "/activities/1/edit"), ("rules-preview", "/settings/activity-rules?preview=true&effect_none=none") })
        {
            await tab.GoToAsync(url);
            await tab.AssertAccessibleAsync();
            await Screens.ShootAsync(page, "actions-" + name);
            await page.SetViewportSizeAsync(360, 640);
            Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{url} scrolls sideways");
        }
    }

    private async Task<long> ContactAsync(string first, string last, ContactStatus status = ContactStatus.Lead)
    {
        await using var db = Server.Db();
        var contact = new Contact
        {
            FirstName = first, LastName = last, Status = status, InitialStatus = status, CreatedById = Cast.Anna.Id, StatusSince = Server.Clock.Now, StatusCauseJson = new StatusCause("created").ToString(),
            Responsibles = [new ContactResponsible { UserId = Cast.Anna.Id }],
        };
        contact.Derive();
        db.Add(contact);
        await db.SaveChangesAsync();
        return contact.Id;
    }
}
