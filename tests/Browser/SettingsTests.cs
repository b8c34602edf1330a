using System.Text.RegularExpressions;
using Liaison.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Browser;

/// <summary>Actions, settings and one's own account.</summary>
public sealed class SettingsTests(LiaisonServer server) : BrowserTests(server)
{
    [Theory]
    [InlineData("/settings/lists/contact-types")]
    [InlineData("/settings/lists/temperatures")]
    [InlineData("/settings/activity-types")]
    public async Task The_menu_of_a_row_is_seen_whole(string url)
    {
        await using var tab = await OpenAsync(Cast.Admin, url);
        var menu = tab.Page.Locator("table.list tbody details.menu").Last;
        await menu.Locator("summary").ClickAsync();
        Assert.True(await menu.EvaluateAsync<bool>("""
            menu => {
                const panel = menu.querySelector(".menu-panel");
                panel.scrollIntoView({ block: "nearest" });
                const { left, top, right, bottom } = panel.getBoundingClientRect();
                return [top + 6, bottom - 6].every(y => panel.contains(document.elementFromPoint((left + right) / 2, y)));
            }
            """), "the menu is cut off");
    }

    [Fact]
    public async Task Actions_are_narrowed_by_several_filters_at_once()
    {
        var id = await Scene.ContactAsync(Server, "Inès", "Actions");
        await using var tab = await OpenAsync(Cast.Anna, $"/contacts/{id}");
        var page = tab.Page;
        // The order of the types is for the administrator to choose.
        await page.Locator("#composer input[value=call]").CheckAsync();
        await page.Locator("#composer details.more summary").ClickAsync();
        await page.Locator("#Activity_Campaign").FillAsync("Printemps");
        await page.Locator("#composer button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("ol.timeline")).ToContainTextAsync("Printemps");
        await tab.GoToAsync("/activities");
        await page.Locator(".open-panel > summary").ClickAsync();
        await page.Locator("#f-type").SelectOptionAsync("call");
        await page.Locator("#f-campaign").PressSequentiallyAsync("prin");
        await page.Locator(".filter-panel li[role=option]", new() { HasText = "Printemps" }).ClickAsync();
        await page.Locator("#f-direction").SelectOptionAsync("outbound");
        await tab.AssertAccessibleAsync();
        await page.Locator(".filter-panel button.primary").ClickAsync();
        await page.WaitForURLAsync(new Regex("type=call&direction=outbound&campaign=Printemps$"));
        await Assertions.Expect(page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_was_asked_about_and_left_can_be_asked_again()
    {
        await using (var db = Server.Db())
        {
            await Server.Services.GetRequiredService<Tokens>().CreateAsync(db, Cast.Anna.Id, "Site web", cancel: TestContext.Current.CancellationToken);
        }
        await using var tab = await OpenAsync(Cast.Anna, "/account");
        var (page, revoke) = (tab.Page, tab.Page.Locator("form[action='/account/tokens'] button", new() { HasText = "Site web" }));
        await revoke.ClickAsync();
        await Assertions.Expect(page.Locator("#confirm")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(revoke).ToBeFocusedAsync();
        await revoke.ClickAsync();
        await page.Locator("#confirm [value=yes].danger").ClickAsync();
        await Assertions.Expect(revoke).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Tags_are_renamed_joined_and_deleted_types_are_added_and_moved()
    {
        var id = await Scene.ContactAsync(Server, "Jules", "Réglages");
        await using var tab = await OpenAsync(Cast.Admin, $"/contacts/{id}/facts/tags");
        var page = tab.Page;
        await page.Locator("#Input_Tags[role=combobox]").ClickAsync();
        await page.Keyboard.TypeAsync("salon,foire,");
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#fact-tags .tag")).ToHaveCountAsync(2);
        await tab.GoToAsync("/settings/tags");
        var names = page.Locator("main tbody input[name=name]");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('main tbody form button').getBoundingClientRect().left >= document.querySelector('main tbody form input[name=name]').getBoundingClientRect().right"), "“Rename” is not beside the name");
        await names.First.FillAsync("Foires");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Foires");
        await names.First.FillAsync("salon");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(names).ToHaveCountAsync(1);
        await page.Locator("main tbody button.danger").ClickAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('#confirm [data-message]').getBoundingClientRect().left > document.querySelector('#confirm').getBoundingClientRect().left + 8"), "the question touches the edge");
        await Assertions.Expect(page.Locator("#confirm [value=yes].danger")).ToHaveCountAsync(1);
        await tab.AssertAccessibleAsync();
        await page.Locator("#confirm [value=yes]").ClickAsync();
        await Assertions.Expect(names).ToHaveCountAsync(0);

        await tab.GoToAsync("/settings/activity-types/new");
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToBeFocusedAsync();
        await tab.AssertAccessibleAsync();
        foreach (var field in await page.Locator("main input.input:visible").AllAsync()) await field.FillAsync("Démonstration");
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("main table")).ToContainTextAsync("Démonstration");
        await page.Locator("main button", new() { HasText = "Descendre Appel" }).ClickAsync();
        await Assertions.Expect(page.Locator("main tbody tr").Nth(1)).ToContainTextAsync("Appel");
    }

    [Theory]
    [InlineData("contact-types", "Revendeur")]
    [InlineData("temperatures", "Bouillant")]
    public async Task Types_and_temperatures_are_added_moved_and_deleted_with_what_uses_them(string list, string name)
    {
        var id = await Scene.ContactAsync(Server, "Porteur", list);
        await using var tab = await OpenAsync(Cast.Admin, "/");
        var (page, home) = (tab.Page, "/settings/lists/" + list);
        // Found by its name in the palette.
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(list == "temperatures" ? "tempér" : "types de contact");
        await page.Locator("form.search .options", new() { HasText = list == "temperatures" ? "Températures" : "Types de contact" }).GetByText(list == "temperatures" ? "Températures" : "Types de contact").First.ClickAsync();
        await page.WaitForURLAsync(new Regex(home + "$"));
        await page.Locator("main .head a.primary").ClickAsync();
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToBeFocusedAsync();
        await page.Locator("#Input_Name").FillAsync(name);
        if (list == "temperatures") await page.Locator("#Input_Color").FillAsync("#b03060");
        else await page.Locator("#Input_Lifecycle").UncheckAsync();
        await ShowAsync(tab, list + "-edit");
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("main tbody tr").Last).ToContainTextAsync(name);
        await page.Locator("main button", new() { HasText = "Monter " + name }).ClickAsync();
        await Assertions.Expect(page.Locator("main tbody tr").Nth(await page.Locator("main tbody tr").CountAsync() - 2)).ToContainTextAsync(name);
        await ShowAsync(tab, list);

        await tab.GoToAsync($"/contacts/{id}/edit");
        await page.Locator(list == "temperatures" ? "#Input_Temperature" : "#Input_Type").SelectOptionAsync(new SelectOptionValue { Label = name });
        await page.Locator("main form button.primary:not(.sr)").Last.ClickAsync();
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync(name);
        await Assertions.Expect(page.Locator("html[aria-busy]")).ToHaveCountAsync(0);
        await ShowAsync(tab, list + "-contact");
        await tab.GoToAsync(home);
        await page.Locator("main tbody tr", new() { HasText = name }).Locator("a").First.ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(name);
        await page.Locator("main .head a.btn").ClickAsync();
        await Assertions.Expect(page.Locator("#By")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("html[aria-busy]")).ToHaveCountAsync(0);
        await ShowAsync(tab, list + "-delete");
        await page.Locator("#By").SelectOptionAsync("none");
        await page.Locator("main form button.danger").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("retiré de 1 contact");
    }

    // Accessible in light and dark, and not wider than a phone.
    private static async Task ShowAsync(Tab tab, string name)
    {
        foreach (var isDark in new[] { false, true })
        {
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });
            await tab.AssertAccessibleAsync();
        }
        await tab.Page.SetViewportSizeAsync(390, 844);
        Assert.False(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{name} scrolls sideways");
        await Screens.ShootAsync(tab.Page, "settings-" + name);
    }

    [Fact]
    public async Task An_account_changes_its_look_and_ends_all_its_sessions_when_it_is_sure()
    {
        await using var tab = await OpenAsync(Cast.Ben, "/account");
        var page = tab.Page;
        await page.Locator("#Input_Name").FillAsync("");
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToBeFocusedAsync();
        await page.Locator("#Input_Name").FillAsync(Cast.Ben.Name);
        await page.Locator("label:has(input[name='Input.Theme'][value=dark])").ClickAsync();
        await page.Locator("#Input_Zone[role=combobox]").ClickAsync();
        await page.Keyboard.TypeAsync("tokyo");
        await page.Locator("li[role=option]", new() { HasText = "Tokyo" }).ClickAsync();
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("html[data-theme=dark]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#Input_Zone")).ToHaveValueAsync(new Regex("Tokyo"));
        await tab.AssertAccessibleAsync();

        var end = page.Locator("form[action='/account/sessions'] button[data-confirm]");
        await end.ClickAsync();
        await tab.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#confirm")).ToBeHiddenAsync();
        await end.ClickAsync();
        await page.Locator("#confirm [value=yes]").ClickAsync();
        await page.WaitForURLAsync(new Regex("/sign-in"));
    }
}
