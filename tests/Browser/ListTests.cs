using System.Text.RegularExpressions;

namespace Liaison.Browser;

/// <summary>The list of contacts: narrowed, laid out and worked on by the mouse as people use it.</summary>
public sealed class ListTests(LiaisonServer server) : BrowserTests(server)
{
    [Theory]
    [InlineData(390, 2)]
    [InlineData(1280, 4)]
    public async Task The_fields_of_an_export_stand_in_columns(int width, int columns)
    {
        await using var tab = await OpenAsync(Cast.Anna, "/exports/contacts/fields", new Look(width));
        Assert.InRange(await tab.Page.EvaluateAsync<int>("new Set([...document.querySelectorAll('[data-ticks] label')].map(label => label.getBoundingClientRect().left)).size"), 1, columns);
    }

    [Fact]
    public async Task Filters_apply_together_leave_one_by_one_and_their_panel_shuts_by_itself()
    {
        await Scene.ContactAsync(Server, "Aline", "Filtre");
        await Scene.ContactAsync(Server, "Bruno", "Filtre", "Nantes");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts");
        var (page, panel) = (tab.Page, tab.Page.Locator(".filter-panel"));
        var opener = page.Locator(".open-panel > summary");
        await opener.ClickAsync();
        await panel.Locator("#f-kind").SelectOptionAsync("person");
        await panel.Locator("label:has(input[value=lead])").ClickAsync();
        await panel.Locator("#f-city").FillAsync("nantes");
        await tab.AssertAccessibleAsync();
        await panel.Locator("button.primary").ClickAsync();
        await page.WaitForURLAsync(new Regex("status=lead&kind=person&city=nantes$"));
        await Assertions.Expect(page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        await page.Locator(".filters .chip", new() { HasText = "nantes" }).Locator(".remove").ClickAsync();
        await page.WaitForURLAsync(new Regex("status=lead&kind=person$"));
        await Assertions.Expect(page.Locator("table.list")).ToContainTextAsync("Aline");

        await opener.ClickAsync();
        await page.Locator(".head h1").ClickAsync();
        await Assertions.Expect(panel).ToBeHiddenAsync();
        await opener.ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(panel).ToBeHiddenAsync();
        await opener.ClickAsync();
        await panel.Locator("#f-kind").SelectOptionAsync("company");
        await panel.Locator("button.primary").ClickAsync();
        await page.WaitForURLAsync(new Regex("kind=company"));
        await tab.AssertAccessibleAsync();
        await page.GoBackAsync();
        await page.WaitForURLAsync(new Regex("kind=person$"));
        await Assertions.Expect(panel).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_was_typed_before_the_scripts_had_arrived_is_looked_for()
    {
        await Scene.ContactAsync(Server, "Tôt", "Saisie");
        await using var tab = await OpenAsync(Cast.Anna, "/account");
        var page = tab.Page;
        var typed = new TaskCompletionSource();
        await page.RouteAsync("**/js/parts/filters.js*", async route =>
        {
            await typed.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/contacts", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await page.Locator("#list-q").PressSequentiallyAsync("saisie tot");
        typed.SetResult();
        await Assertions.Expect(page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=saisie"));
        await Assertions.Expect(page.Locator("#list-q")).ToHaveValueAsync("saisie tot");
    }

    [Fact]
    public async Task Search_follows_the_typing_columns_are_chosen_by_their_words_and_every_heading_sorts()
    {
        await Scene.ContactAsync(Server, "Chloé", "Colonne");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts");
        var page = tab.Page;
        await page.Locator("#list-q").PressSequentiallyAsync("chloe colo");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=chloe"));
        await Assertions.Expect(page.Locator("#list-q")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#list-q")).ToHaveValueAsync("chloe colo");
        await Assertions.Expect(page.Locator("table.list tbody tr")).ToHaveCountAsync(1);

        var menu = page.Locator(".filters details.menu");
        await menu.Locator("summary").ClickAsync();
        await menu.Locator("label", new() { HasText = "Ville" }).Locator("span").ClickAsync();
        await Assertions.Expect(menu.Locator("input[value=city]")).ToBeCheckedAsync();
        await tab.AssertAccessibleAsync();
        await menu.Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator("table.list")).ToContainTextAsync("Lyon");
        foreach (var heading in await page.Locator("th a").AllInnerTextsAsync())
        {
            await page.Locator("th a", new() { HasText = heading }).ClickAsync();
            await Assertions.Expect(page.Locator("th[aria-sort]", new() { HasText = heading })).ToBeVisibleAsync();
        }

        await menu.Locator("summary").ClickAsync();
        await menu.Locator("input:checked:not([disabled])").EvaluateAllAsync<object?>("boxes => boxes.forEach(box => box.click())");
        await menu.Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator("table.list th[scope=col]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Ticked_contacts_are_tagged_exported_thrown_away_and_all_of_it_comes_back_to_the_same_place()
    {
        for (var i = 1; i <= 4; i++) await Scene.ContactAsync(Server, "Groupe" + i, "Zêta");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts?q=groupe&sort=-name");
        var (page, bar) = (tab.Page, tab.Page.Locator(".bulk"));
        await page.Locator(".tick-cell input").Nth(1).ClickAsync();
        await Assertions.Expect(bar).ToBeVisibleAsync();
        await page.Locator(".tick-cell input").Nth(3).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(bar.Locator("[data-count]")).ToContainTextAsync("3");

        // The menu waits for the tag; a pick goes by its cross although the field has the focus, and nothing of it shuts the menu.
        await bar.Locator("summary").First.ClickAsync();
        await Assertions.Expect(page.Locator("#group-tags")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("salon,erreur,");
        await bar.Locator(".pick", new() { HasText = "erreur" }).Locator("button").ClickAsync();
        await Assertions.Expect(bar.Locator(".pick")).ToHaveCountAsync(1);
        await bar.Locator("label[for=group-tags]").ClickAsync();
        await tab.AssertAccessibleAsync();
        await bar.Locator("button[formaction$='/tag']").DblClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("3 contacts");
        await Assertions.Expect(page.Locator("table.list .tag", new() { HasText = "salon" })).ToHaveCountAsync(3);
        Assert.EndsWith("?q=groupe&sort=-name", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.Locator("table.list .tag")).ToHaveCountAsync(0);

        await page.Locator("[data-tick-all]").ClickAsync();
        await bar.Locator("summary").Last.ClickAsync();
        await tab.AssertAccessibleAsync();
        await bar.Locator("button[formaction$='/export']").ClickAsync();
        await page.WaitForURLAsync(new Regex("/exports/contacts/fields"));
        // A few fields are chosen without taking away all the others one by one.
        var group = page.Locator("[data-ticks]").First;
        await group.Locator("[data-off]").ClickAsync();
        await Assertions.Expect(group.Locator("input:checked")).ToHaveCountAsync(0);
        await group.Locator("[data-off]").ClickAsync();
        await Assertions.Expect(group.Locator("input:not(:checked)")).ToHaveCountAsync(0);
        // Without any the file would be empty: that is said, and the boxes can be ticked there.
        foreach (var button in await page.Locator("[data-off]").AllAsync()) await button.ClickAsync();
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToContainTextAsync("Cochez au moins un champ");
        await tab.AssertAccessibleAsync();
        await group.Locator("[data-off]").ClickAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator("main form button.primary").ClickAsync());
        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);

        await tab.GoToAsync("/contacts?q=groupe");
        await page.Locator("[data-tick-all]").ClickAsync();
        await bar.Locator("summary").Last.ClickAsync();
        await bar.Locator("button[formaction$='/delete']").ClickAsync();
        await Assertions.Expect(page.Locator("table.list")).ToHaveCountAsync(0);
        await page.Locator(".toast form button").ClickAsync();
        await Assertions.Expect(page.Locator("table.list tbody tr")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task On_a_phone_every_menu_and_sheet_is_whole_on_the_screen()
    {
        await Scene.ContactAsync(Server, "Petit", "Écran");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts", new Look(390));
        var page = tab.Page;
        await page.Locator(".tick-cell input").Nth(1).CheckAsync();
        foreach (var menu in await page.Locator(".bulk details, .tabbar details").AllAsync())
        {
            await menu.Locator("summary").ClickAsync();
            var box = (await menu.Locator("> :not(summary)").BoundingBoxAsync())!;
            Assert.True(box is { X: >= 0, Y: >= 0, Width: > 100 } && box.X + box.Width <= 390 && box.Y + box.Height <= 844, $"{await menu.InnerTextAsync()}: {box.X} {box.Y} {box.Width} {box.Height}");
            await tab.AssertAccessibleAsync(within: "details[open]");
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("Escape");
        }
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }
}
