using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;

namespace Liaison.Browser;

/// <summary>A morning without a mouse.</summary>
public sealed class KeyboardTests(LiaisonServer server) : BrowserTests(server)
{
    [Fact]
    public async Task Signing_in_searching_recording_a_call_and_undoing_it_need_no_mouse()
    {
        await AddAsync();
        await using var tab = await OpenAsync(Cast.Nobody, "/");
        var (page, keys) = (tab.Page, tab.Page.Keyboard);
        // The first field of the sign-in page waits for the name.
        await keys.TypeAsync(Cast.Anna.UserName);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Cast.Anna.Password);
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("form.search input[role=combobox]")).ToBeVisibleAsync();

        await keys.PressAsync("Control+k");
        await keys.TypeAsync("camille ozd");
        await Assertions.Expect(page.Locator("form.search .options [aria-selected=true]")).ToContainTextAsync("Özdemir Camille");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".head h1")).ToHaveTextAsync("Camille Özdemir");

        // A call is what is chosen to begin with; the arrows go to its outcome, Ctrl+Enter records it.
        await TabToAsync(page, "#composer input[name='Activity.Type']");
        Assert.Equal("call", await page.EvaluateAsync<string>("document.activeElement.value"));
        await TabToAsync(page, "#composer input[name='Activity.Outcome']");
        for (var presses = 0; await page.EvaluateAsync<string>("document.activeElement.value") != "reached"; presses++)
        {
            Assert.True(presses < 8, "the arrows do not come to “reached”");
            await keys.PressAsync("ArrowRight");
        }
        await TabToAsync(page, "#composer textarea");
        await keys.TypeAsync("Rappeler mardi");
        await keys.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("ol.timeline")).ToContainTextAsync("Rappeler mardi");
        await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync("Prospect");

        await keys.PressAsync("Control+z");
        await Assertions.Expect(page.Locator("ol.timeline > li[id^='activity-']")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync("Lead");
    }

    [Fact]
    public async Task What_the_palette_does_not_find_is_looked_for_everywhere()
    {
        await using var tab = await OpenAsync(Cast.Ben, "/contacts");
        await tab.Page.Keyboard.PressAsync("Control+k");
        await tab.Page.Keyboard.TypeAsync("introuvable");
        await Assertions.Expect(tab.Page.Locator("form.search .options [aria-selected=true]")).ToContainTextAsync("introuvable");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new Uri(Server.Address, "/search?q=introuvable").ToString());
    }

    [Fact]
    public async Task The_palette_switches_the_appearance_shows_the_keys_and_signs_out()
    {
        await using var tab = await OpenAsync(Cast.Ben, "/contacts");
        var (page, keys) = (tab.Page, tab.Page.Keyboard);
        await CommandAsync("sombre");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await CommandAsync("raccourcis");
        await Assertions.Expect(page.Locator("dialog#keys")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await CommandAsync("déconnexion");
        await page.WaitForURLAsync("**/sign-in");

        async Task CommandAsync(string words)
        {
            await keys.PressAsync("Control+k");
            await keys.TypeAsync(words);
            await Assertions.Expect(page.Locator($"form.search .options [data-href='/search?q={Uri.EscapeDataString(words)}']")).ToBeVisibleAsync();
            await keys.PressAsync("Enter");
        }
    }

    [Fact]
    public async Task Where_the_keyboard_is_can_always_be_seen()
    {
        await AddAsync();
        await using var tab = await OpenAsync(Cast.Anna, "/contacts");
        var unseen = new List<string>();
        var first = "";
        for (var i = 0; i < 60; i++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            var at = await tab.Page.EvaluateAsync<string[]>("""
                () => {
                    const at = document.activeElement, style = getComputedStyle(at), around = getComputedStyle(at.closest("label, form, .combo") ?? at), box = at.getBoundingClientRect();
                    const shows = s => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none";
                    return [at.outerHTML.slice(0, 120), String(at === document.body || shows(style) || shows(around)), String(box.width > 0 && box.bottom > 0 && box.top < innerHeight)];
                }
                """);
            if (i == 0) first = at[0];
            else if (at[0] == first) break;
            if (at[1] != "true" || at[2] != "true") unseen.Add(string.Join(' ', at));
        }
        Assert.Equal("", string.Join('\n', unseen));
    }

    [Fact]
    public async Task On_a_phone_the_bar_at_the_bottom_does_not_cover_what_has_the_focus()
    {
        await AddAsync();
        await using var tab = await OpenAsync(Cast.Anna, "/exports/contacts/fields", new Look(390));
        var covered = new List<string>();
        for (var presses = 0; !await tab.Page.EvaluateAsync<bool>("document.activeElement.matches('main form button.primary')"); presses++)
        {
            Assert.True(presses < 80, "Tab does not come to the button");
            await tab.Page.Keyboard.PressAsync("Tab");
            if (await tab.Page.EvaluateAsync<string?>("() => { const at = document.activeElement; return at.getBoundingClientRect().bottom > document.querySelector('.tabbar').getBoundingClientRect().top ? at.outerHTML.slice(0, 120) : null; }") is { } one) covered.Add(one);
        }
        Assert.Equal("", string.Join('\n', covered));
    }

    [Fact]
    public async Task On_a_phone_an_action_is_two_keys_away_and_comes_before_the_facts()
    {
        var id = await Scene.ContactAsync(Server, "Nora", "Raccourci");
        await using var tab = await OpenAsync(Cast.Anna, $"/contacts/{id}", new Look(390));
        var page = tab.Page;
        // Tab goes through the page as it is seen: what comes next, the action, the journal, the facts.
        await TabToAsync(page, "#composer *, .facts *");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('#composer') !== null"));

        await page.ReloadAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#composer input[name='Activity.Type']:focus")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_message_does_not_cover_what_has_the_focus(int width)
    {
        var id = await Scene.ContactAsync(Server, "Léo", "Couvert");
        await using var tab = await OpenAsync(Cast.Anna, $"/contacts/{id}", new Look(width));
        var page = tab.Page;
        await page.SetViewportSizeAsync(width, width < 600 ? 800 : 540);
        await page.Locator("#composer textarea").FillAsync("Appel");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync("");
        await page.WaitForFunctionAsync("() => document.activeElement.getBoundingClientRect().bottom <= document.querySelector('.toast').getBoundingClientRect().top");
        foreach (var _ in new int[3])
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement.getBoundingClientRect().bottom <= document.querySelector('.toast').getBoundingClientRect().top"));
        }
    }

    [Fact]
    public async Task A_message_does_not_cover_the_buttons_that_make_the_next_contact()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/contacts/new");
        var (page, next) = (tab.Page, tab.Page.Locator(".form-end.stick button").Nth(1));
        await page.Locator("[name='Input.LastName']").FillAsync("Suivant");
        await next.ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToBeVisibleAsync();
        var (button, message) = (await next.BoundingBoxAsync(), await page.Locator(".toast").BoundingBoxAsync());
        Assert.True(message!.Y + message.Height <= button!.Y);
    }

    [Fact]
    public async Task Tab_goes_from_one_column_of_a_file_to_the_next()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/imports/new");
        var page = tab.Page;
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "colonnes.csv", MimeType = "text/csv", Buffer = "Nom;Ville;Pays\nDurand;Lyon;France\n"u8.ToArray() });
        await page.Locator("#t0[role=combobox]").FocusAsync();
        foreach (var next in new[] { "t1", "t2" })
        {
            await Assertions.Expect(page.Locator("combo-box .options:not([hidden])")).ToHaveCountAsync(1);
            await page.Keyboard.PressAsync("Tab");
            await Assertions.Expect(page.Locator($"#{next}")).ToBeFocusedAsync();
        }
        // The arrows begin at what the column is for, not at the first of all fields.
        var (chosen, current) = (page.Locator("select[name=t2] option:checked"), page.Locator("combo-box .options:not([hidden]) [aria-selected=true]"));
        await Assertions.Expect(current).ToHaveTextAsync(await chosen.InnerTextAsync());
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(current).Not.ToHaveTextAsync(await chosen.InnerTextAsync());
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(current).ToHaveTextAsync(await chosen.InnerTextAsync());
    }

    // Goes on with Tab until the focus is there, as somebody would who sees it.
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; !await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector); presses++)
        {
            Assert.True(presses < 60, $"Tab does not come to {selector}");
            await page.Keyboard.PressAsync("Tab");
        }
    }

    private async Task AddAsync()
    {
        await using var db = Server.Db();
        var contact = new Contact
        {
            FirstName = "Camille", LastName = "Özdemir", CreatedById = Cast.Anna.Id, StatusSince = Server.Clock.Now, StatusCauseJson = new StatusCause("created").ToString(),
            Responsibles = [new ContactResponsible { UserId = Cast.Anna.Id }],
        };
        contact.Derive();
        db.Add(contact);
        await db.SaveChangesAsync();
    }
}
