using System.Text.RegularExpressions;

namespace Liaison.Browser;

/// <summary>The page of a contact: every fact and every entry is changed where it stands.</summary>
public sealed class ContactPageTests(LiaisonServer server) : BrowserTests(server)
{
    [Fact]
    public async Task Every_fact_opens_where_it_stands_is_left_by_Escape_and_saved_by_a_key_or_a_button()
    {
        var id = await Scene.ContactAsync(Server, "Fanny", "Faits");
        await using var tab = await OpenAsync(Cast.Anna, $"/contacts/{id}");
        var page = tab.Page;
        foreach (var fact in new[] { "identity", "emails", "phones", "websites", "socials", "addresses", "type", "temperature", "tags", "responsibles", "access", "industry", "currency", "description" })
        {
            var form = await EditAsync(page, fact);
            if (fact is "identity" or "phones" or "tags") await tab.AssertAccessibleAsync();
            // Where suggestions may stand open, Escape shuts them first.
            if (fact is "tags" or "responsibles" or "currency") await form.Locator("[data-cancel]").PressAsync("Enter");
            else await form.Locator(":focus").PressAsync("Escape");
            await Assertions.Expect(page.Locator($"#fact-{fact} form")).ToHaveCountAsync(0);
        }
        await (await EditAsync(page, "identity")).Locator("#Input_JobTitle").FillAsync("Directrice");
        await page.Locator("#fact-identity button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#fact-identity")).ToContainTextAsync("Directrice");
        await Assertions.Expect(page.Locator("#fact-identity .pen-link")).ToBeFocusedAsync();
        await (await EditAsync(page, "phones")).Locator("input.input").First.FillAsync("+33 6 12 34 56 78");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#fact-phones .pen-link")).ToBeFocusedAsync();
        await (await EditAsync(page, "temperature")).Locator("select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Assertions.Expect(page.Locator("#fact-temperature .pen-link")).ToBeVisibleAsync();
        await (await EditAsync(page, "emails")).Locator("input.input").First.FillAsync("pas une adresse");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#fact-emails input.input")).ToHaveValueAsync("pas une adresse");
        await Assertions.Expect(page.Locator("#fact-emails [aria-invalid=true]")).ToBeFocusedAsync();
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Actions_and_responses_are_changed_deleted_and_brought_back_and_the_journal_is_narrowed()
    {
        var id = await Scene.ContactAsync(Server, "Gilles", "Journal");
        await using var tab = await OpenAsync(Cast.Anna, $"/contacts/{id}");
        var (page, entries) = (tab.Page, tab.Page.Locator("ol.timeline > li[id^='activity-']"));
        await page.Locator("#composer textarea").FillAsync("Premier appel");
        // What leads to the composer keeps what stands in it.
        await page.Locator(".head a[href='#composer']").ClickAsync();
        await Assertions.Expect(page.Locator("#composer input[type=radio]:checked").First).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync("Premier appel");
        await page.Locator("#composer button.primary").ClickAsync();
        await Assertions.Expect(entries).ToHaveCountAsync(1);

        await page.Locator("a[href$='/responses/new']:visible").First.ClickAsync();
        await Assertions.Expect(page.Locator("form.response-form textarea")).ToBeFocusedAsync();
        // Scrolled as far as the focus wants it, the bar at the top covers a hair of a badge, which is then too small to be touched.
        await page.EvaluateAsync("scrollTo(0, 0)");
        await tab.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("form.response-form")).ToHaveCountAsync(0);
        await page.Locator("a[href$='/responses/new']:visible").First.ClickAsync();
        await page.Locator("form.response-form textarea").FillAsync("Oui, volontiers");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".reply")).ToContainTextAsync("Oui, volontiers");
        await Assertions.Expect(page.Locator("form.response-form")).ToHaveCountAsync(0);
        await ChooseAsync(page.Locator(".reply details.menu"), "Modifier");
        await page.Locator("form.response-form textarea").FillAsync("Non merci");
        await page.Locator("form.response-form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".reply")).ToContainTextAsync("Non merci");
        await ChooseAsync(page.Locator(".reply details.menu"), "Supprimer");
        await Assertions.Expect(page.Locator(".reply")).ToHaveCountAsync(0);
        await page.Locator(".toast form button").ClickAsync();
        await Assertions.Expect(page.Locator(".reply")).ToHaveCountAsync(1);

        await ChooseAsync(entries.First.Locator("> .at details.menu"), "Modifier");
        await page.WaitForURLAsync(new Regex("/edit"));
        await page.Locator("#composer textarea").FillAsync("Appel corrigé");
        await page.Locator("#composer button.primary").ClickAsync();
        await Assertions.Expect(entries.First).ToContainTextAsync("Appel corrigé");
        await ChooseAsync(entries.First.Locator("> .at details.menu"), "Supprimer");
        await Assertions.Expect(entries).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(entries).ToHaveCountAsync(1);

        var filter = page.Locator("#journal > header details.menu");
        await filter.Locator("summary").ClickAsync();
        await tab.AssertAccessibleAsync();
        await filter.Locator("a", new() { HasText = "Actions" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("kind=action"));
        await Assertions.Expect(entries).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_status_is_chosen_with_its_reason_and_a_contact_comes_back_from_the_trash()
    {
        var id = await Scene.ContactAsync(Server, "Hugo", "Retour");
        await using var tab = await OpenAsync(Cast.Anna, $"/contacts/{id}");
        var page = tab.Page;
        await ChooseAsync(page.Locator(".head details.menu"), "Changer le statut");
        await page.Locator("main .seg label", new() { HasText = "Client" }).ClickAsync();
        await page.Locator("main input.input").FillAsync("Vu au salon");
        await page.Locator("main input[type=checkbox]").CheckAsync();
        await tab.AssertAccessibleAsync();
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync("Client");
        await Assertions.Expect(page.Locator(".head")).ToContainTextAsync("Vu au salon");
        await tab.AssertAccessibleAsync();

        await ChooseAsync(page.Locator(".head details.menu"), "corbeille");
        await page.Locator(".toast form button").ClickAsync();
        await Assertions.Expect(page.Locator("#composer")).ToBeVisibleAsync();
        await ChooseAsync(page.Locator(".head details.menu"), "corbeille");
        await Assertions.Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await tab.GoToAsync("/contacts/trash");
        await page.Locator("tbody tr:has-text('Hugo Retour') .tick-cell input").CheckAsync();
        await tab.AssertAccessibleAsync();
        await page.Locator(".bulk button.btn", new() { HasText = "Restaurer" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await tab.GoToAsync($"/contacts/{id}");
        await Assertions.Expect(page.Locator("#composer")).ToBeVisibleAsync();
    }

    private static async Task<ILocator> EditAsync(IPage page, string fact)
    {
        await page.Locator($"#fact-{fact} a[href$='/facts/{fact}']").ClickAsync();
        var form = page.Locator($"#fact-{fact} form.quick");
        await Assertions.Expect(form.Locator(":focus")).ToHaveCountAsync(1);
        return form;
    }

    private static async Task ChooseAsync(ILocator menu, string what)
    {
        await menu.Locator("summary").ClickAsync();
        await menu.Locator(".menu-item", new() { HasText = what }).ClickAsync();
    }
}
