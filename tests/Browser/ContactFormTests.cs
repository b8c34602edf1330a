namespace Liaison.Browser;

/// <summary>The form of a contact: nothing that was typed is lost, whatever happens.</summary>
public sealed class ContactFormTests(LiaisonServer server) : BrowserTests(server)
{
    [Fact]
    public async Task Lines_come_and_go_mistakes_keep_everything_and_the_next_contact_begins_at_its_name()
    {
        await Scene.ContactAsync(Server, "Paul", "Jumeau");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts/new");
        var page = tab.Page;
        await Assertions.Expect(page.Locator("#Input_FirstName")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Zoé");
        await page.Locator("a.skip").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#Input_FirstName")).ToHaveValueAsync("Zoé");

        await page.Locator("details.more summary").ClickAsync();
        foreach (var list in new[] { "Emails", "Phones", "Addresses", "Websites", "Socials" })
        {
            await page.Locator($"[data-rows='Input.{list}'] [data-add]").ClickAsync();
            await Assertions.Expect(page.Locator($"[data-rows='Input.{list}'] .line")).ToHaveCountAsync(2);
        }
        await page.Locator("[data-rows='Input.Phones'] [data-remove]").Last.ClickAsync();
        await Assertions.Expect(page.Locator("[data-rows='Input.Phones'] .line")).ToHaveCountAsync(1);
        await tab.AssertAccessibleAsync();
        var mails = page.Locator("[data-rows='Input.Emails'] input.input");
        await mails.Nth(0).FillAsync("pas une adresse");
        await mails.Nth(1).FillAsync("zoe@exemple.fr");
        await page.Locator("[data-rows='Input.Emails'] .primary-mark").Nth(1).ClickAsync();
        await page.Locator("#Input_CompanyName").PressSequentiallyAsync("Maison Neuve");
        await page.Locator("#Input_Tags[role=combobox]").ClickAsync();
        await page.Keyboard.TypeAsync("salon,");
        await page.Locator(".form-end button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToBeFocusedAsync();
        await tab.AssertAccessibleAsync();
        await page.Locator(".errors a").ClickAsync();
        await Assertions.Expect(mails.Nth(0)).ToBeFocusedAsync();
        await Assertions.Expect(mails.Nth(0)).ToHaveValueAsync("pas une adresse");
        await Assertions.Expect(page.Locator("#Input_FirstName")).ToHaveValueAsync("Zoé");
        await Assertions.Expect(page.Locator("#Input_CompanyName")).ToHaveValueAsync("Maison Neuve");
        await Assertions.Expect(page.Locator(".pick", new() { HasText = "salon" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-rows='Input.Emails'] [data-primary]").Nth(1)).ToBeCheckedAsync();

        await mails.Nth(0).FillAsync("paul@jumeau.example");
        await Assertions.Expect(page.Locator("[data-duplicates-here]")).ToContainTextAsync("Paul Jumeau");
        await tab.AssertAccessibleAsync();
        await page.Locator(".form-end button[name=Then]").DblClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Zoé");
        await Assertions.Expect(page.Locator("#Input_FirstName")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#Input_FirstName")).ToHaveValueAsync("");
        // The form that came back twice behaves as a new one: one line is added, look-alikes are told once.
        await page.Locator("[data-rows='Input.Emails'] [data-add]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-rows='Input.Emails'] .line")).ToHaveCountAsync(2);
        await mails.Nth(0).FillAsync("paul@jumeau.example");
        await Assertions.Expect(page.Locator("[data-duplicates-here]")).ToContainTextAsync("Paul Jumeau");
        await Assertions.Expect(page.Locator("main .note.warn")).ToHaveCountAsync(1);
        await page.Locator(".toast a").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Maison Neuve");
    }

    [Fact]
    public async Task Switching_between_person_and_company_keeps_what_was_typed_also_as_a_draft()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/contacts/new");
        var page = tab.Page;
        await page.Locator("#Input_FirstName").FillAsync("Maison");
        await page.Locator("#Input_LastName").FillAsync("Tellier");
        await page.Locator("#Input_JobTitle").FillAsync("Gérante");
        await page.Locator("button[name=As][value=company]").ClickAsync();
        await Assertions.Expect(page.Locator("#Input_CompanyName")).ToHaveValueAsync("Maison Tellier");
        await page.Locator("button[name=As][value=person]").ClickAsync();
        await Assertions.Expect(page.Locator("#Input_LastName")).ToHaveValueAsync("Tellier");
        await Assertions.Expect(page.Locator("#Input_JobTitle")).ToHaveValueAsync("Gérante");
        await Assertions.Expect(page.Locator("[data-draft-kept]")).ToBeVisibleAsync();
        await tab.GoToAsync("/contacts/new");
        await page.Locator(".draft-offer [data-restore]").ClickAsync();
        await Assertions.Expect(page.Locator("#Input_FirstName")).ToHaveValueAsync("Maison");
    }

    [Fact]
    public async Task What_was_typed_is_offered_again_after_leaving_and_after_the_session_ended()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/contacts/new?kind=company");
        var page = tab.Page;
        await page.Locator("#Input_CompanyName").FillAsync("Brouillon et fils");
        await page.Locator("[data-rows='Input.Phones'] input.input").FillAsync("+33 1 23 45 67 89");
        await Assertions.Expect(page.Locator("[data-draft-kept]")).ToBeVisibleAsync();
        await page.Locator(".side a[href='/activities']").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Actions");
        await tab.GoToAsync("/contacts/new?kind=company");
        await tab.AssertAccessibleAsync();
        await page.Locator("[data-restore]").ClickAsync();
        await Assertions.Expect(page.Locator("#Input_CompanyName")).ToHaveValueAsync("Brouillon et fils");

        await page.Context.ClearCookiesAsync();
        await page.Locator(".form-end button.primary").ClickAsync();
        await page.Locator("input[autocomplete=username]").FillAsync(Cast.Anna.UserName);
        await page.Locator("input[type=password]").FillAsync(Cast.Anna.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-restore]").ClickAsync();
        await Assertions.Expect(page.Locator("#Input_CompanyName")).ToHaveValueAsync("Brouillon et fils");
        await Assertions.Expect(page.Locator("[data-rows='Input.Phones'] input.input")).ToHaveValueAsync("+33 1 23 45 67 89");
        await page.Locator(".form-end button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".head h1")).ToHaveTextAsync("Brouillon et fils");
    }
}
