namespace Liaison.Browser;

/// <summary>Whoever works by keyboard goes on where they were.</summary>
public sealed class FocusTests(LiaisonServer server) : BrowserTests(server)
{
    [Fact]
    public async Task A_list_that_is_narrowed_sorted_or_left_keeps_the_place()
    {
        for (var i = 0; i < 60; i++) await Scene.ContactAsync(Server, $"Rang{i:00}", "Focale");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts?q=focale&city=lyon&status=lead&kind=person");
        var page = tab.Page;
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(50);
        await PressAsync(page, ".filters a[href]:not([href*='kind='])");
        await Assertions.Expect(page.Locator(".chip:has-text('Personne')")).ToHaveCountAsync(0);
        await IsInAsync(page, ".filters");
        await PressAsync(page, "thead a[href*='sort=']");
        await Assertions.Expect(page.Locator("thead th[aria-sort=descending]")).ToHaveCountAsync(1);
        await IsInAsync(page, "thead");
        await PressAsync(page, ".pager a[rel=next]");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(10);
        await IsInAsync(page, ".pager");
    }

    [Fact]
    public async Task A_line_taken_away_or_a_response_given_up_leaves_the_focus_beside_it()
    {
        var id = await Scene.ContactAsync(Server, "Ligne", "Ôtée");
        await using var tab = await OpenAsync(Cast.Anna, $"/contacts/{id}");
        var page = tab.Page;
        await PressAsync(page, "#fact-emails .pen-link");
        await PressAsync(page, "#fact-emails button[data-add]");
        await PressAsync(page, "#fact-emails button[data-remove] >> nth=1");
        await Assertions.Expect(page.Locator("[name='Input.Emails[0].Value']")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#fact-emails .pen-link")).ToBeFocusedAsync();
        await page.Locator("#composer textarea").FillAsync("Appel");
        await page.Keyboard.PressAsync("Control+Enter");
        await PressAsync(page, "ol.timeline a[href$='/responses/new']:visible");
        await PressAsync(page, "form.response-form [data-cancel]");
        await Assertions.Expect(page.Locator("form.response-form")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("ol.timeline li.activity :focus")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_palette_gives_the_focus_back_once_it_is_closed()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/contacts");
        var (page, field) = (tab.Page, tab.Page.Locator("form.search input[role=combobox]"));
        // Nothing had it: the field keeps it, and nothing is left in it.
        await page.Keyboard.PressAsync("Control+k");
        await FindAsync("introuvable");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(field).ToHaveValueAsync("");
        await Assertions.Expect(field).ToBeFocusedAsync();
        var from = page.Locator("main .tabs a").First;
        foreach (var key in new[] { "Control+k", "/" })
        {
            await from.FocusAsync();
            await page.Keyboard.PressAsync(key);
            await FindAsync("introuvable");
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(from).ToBeFocusedAsync();
            await Assertions.Expect(field).ToHaveValueAsync("");
            await Assertions.Expect(page.Locator("form.search .options")).ToBeHiddenAsync();
        }
        // So does a command that stays on the page, and a field left as it was.
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(from).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+k");
        await FindAsync("sombre");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(from).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+k");
        await FindAsync("raccourcis");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("dialog#keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(from).ToBeFocusedAsync();

        async Task FindAsync(string words)
        {
            await page.Keyboard.TypeAsync(words);
            await Assertions.Expect(page.Locator($"form.search .options [data-href='/search?q={words}']")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task A_response_that_says_nothing_is_refused_where_it_stands()
    {
        var id = await Scene.ContactAsync(Server, "Réponse", "Vide");
        await using var tab = await OpenAsync(Cast.Anna, $"/contacts/{id}");
        var (page, field) = (tab.Page, tab.Page.Locator("ol.timeline form.response-form textarea"));
        await page.Locator("#composer textarea").FillAsync("Appel");
        await page.Keyboard.PressAsync("Control+Enter");
        await PressAsync(page, "ol.timeline a[href$='/responses/new']:visible");
        await field.FillAsync("   ");
        await page.Locator("form.response-form [name='Answer.OccurredAt']").FillAsync("2026-01-02T03:04");
        await page.Locator("form.response-form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("form.response-form .field .error")).ToBeVisibleAsync();
        await Assertions.Expect(field).ToBeFocusedAsync();
        await Assertions.Expect(field).ToHaveValueAsync("   ");
        await Assertions.Expect(page.Locator("form.response-form [name='Answer.OccurredAt']")).ToHaveValueAsync("2026-01-02T03:04");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(Server.Address, $"/contacts/{id}").ToString());
        await tab.AssertAccessibleAsync();
        // Said at last it stands in the journal, and the focus on the way to the next one.
        await field.FillAsync("Oui, volontiers");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("ol.timeline .reply")).ToContainTextAsync("Oui, volontiers");
        await Assertions.Expect(page.Locator("form.response-form")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("ol.timeline li.activity .foot a")).ToBeFocusedAsync();
        // Emptied, it is refused in the same place.
        await page.Locator("ol.timeline .reply summary").ClickAsync();
        await page.Locator("ol.timeline .reply a[href$='/edit']").ClickAsync();
        await field.FillAsync("");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("ol.timeline form.response-form .field .error")).ToBeVisibleAsync();
        await Assertions.Expect(field).ToBeFocusedAsync();
        await field.FillAsync("Non merci");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("ol.timeline .reply")).ToContainTextAsync("Non merci");
        await Assertions.Expect(page.Locator("ol.timeline .reply summary")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Réponse");
    }

    [Fact]
    public async Task A_response_given_up_closes_where_it_stands()
    {
        var id = await Scene.ContactAsync(Server, "Réponse", "Abandonnée");
        await using var tab = await OpenAsync(Cast.Anna, $"/contacts/{id}");
        var (page, form) = (tab.Page, tab.Page.Locator("ol.timeline form.response-form"));
        await page.Locator("#composer textarea").FillAsync("Appel");
        await page.Keyboard.PressAsync("Control+Enter");
        await PressAsync(page, "ol.timeline a[href$='/responses/new']:visible");
        await form.Locator("textarea").FillAsync("Oui, volontiers");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("ol.timeline .reply")).ToContainTextAsync("Oui, volontiers");
        // What the rest of the page holds stays.
        await page.Locator("#composer textarea").FillAsync("Encore à dire");
        await page.EvaluateAsync("document.body.dataset.same = 'yes'");

        await PressAsync(page, "ol.timeline .foot a[href$='/responses/new']");
        await form.Locator("[data-cancel]").ClickAsync();
        await Assertions.Expect(form).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("ol.timeline li.activity .foot a")).ToBeFocusedAsync();

        await page.Locator("ol.timeline .reply summary").ClickAsync();
        await page.Locator("ol.timeline .reply a[href$='/edit']").ClickAsync();
        await PressAsync(page, "form.response-form [data-cancel]");
        await Assertions.Expect(page.Locator("ol.timeline .reply")).ToContainTextAsync("Oui, volontiers");
        await Assertions.Expect(page.Locator("ol.timeline .reply summary")).ToBeFocusedAsync();

        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-same", "yes");
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync("Encore à dire");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(Server.Address, $"/contacts/{id}").ToString());
    }

    private static async Task PressAsync(IPage page, string selector)
    {
        await Assertions.Expect(page.Locator(selector).First).ToBeVisibleAsync();
        await page.Locator(selector).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    // The page is drawn a moment after its address is there.
    private static Task IsInAsync(IPage page, string region) => Assertions.Expect(page.Locator($"main {region} :focus")).ToHaveCountAsync(1);
}
