using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;

namespace Liaison.Browser;

/// <summary>The cases the product was asked for, as a person goes through them.</summary>
public sealed class UseCaseTests(LiaisonServer server) : BrowserTests(server)
{
    [Fact]
    public async Task Paul_Martin_needs_time_to_decide_and_asks_for_a_call()
    {
        await AddAsync("Paul", "Martin", ContactStatus.Prospect);
        await AddAsync("Paula", "Martinez", ContactStatus.Lead);
        await using var tab = await OpenAsync(Cast.Anna, "/contacts");
        var page = tab.Page;
        await page.Locator("main input[type=search]").FillAsync("Paul Martin");
        await page.Locator("main input[type=search]").PressAsync("Enter");
        await page.Locator("table.list a[data-open]:visible", new() { HasTextRegex = new("Paul.*Martin$|Martin.*Paul$") }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".head h1")).ToHaveTextAsync("Paul Martin");
        await RecordAsync(page, "email", "Informations supplémentaires sur notre service", 1);

        // A week later he has not answered: a follow-up. Then he asks for a call, which is made.
        Server.Clock.Advance(TimeSpan.FromDays(7));
        await tab.GoToAsync(page.Url);
        await RecordAsync(page, "email", "Relance", 2);
        await page.Locator("a[href$='/responses/new']:visible").First.ClickAsync();
        await page.Locator("form.response-form textarea").FillAsync("Pouvez-vous m’appeler ?");
        await page.Locator("form.response-form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("ol.timeline .reply")).ToContainTextAsync("Pouvez-vous m’appeler ?");
        await RecordAsync(page, "call", "Appel demandé : il veut une offre", 3);
        await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync("Prospect");
        var told = await page.Locator("ol.timeline > li[id^='activity-']").AllInnerTextsAsync();
        string[] order = ["Appel demandé", "Relance", "Informations supplémentaires"];
        Assert.All(order.Zip(told), p => Assert.Contains(p.First, p.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lead_is_added_talked_to_and_becomes_a_prospect_another_has_wrong_details_and_dies()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/contacts");
        var page = tab.Page;
        await AddByHandAsync(page, "Léa", "Nouvelle", "lea@nouvelle.example");
        await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync("Lead");
        await page.Locator("#composer label:has(input[value=call])").ClickAsync();
        await page.Locator("#composer label:has(input[name='Activity.Outcome'][value=reached])").ClickAsync();
        await page.Locator("#composer button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast").First).ToContainTextAsync("passe de Lead à Prospect");
        await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync("Prospect");

        await AddByHandAsync(page, "Faux", "Numéro", "faux@numero.example");
        await page.Locator("#composer label:has(input[value=call])").ClickAsync();
        await page.Locator("#composer label:has(input[name='Activity.Outcome'][value=wrongDetails])").ClickAsync();
        await page.Locator("#composer button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync("Lead mort");
        await tab.GoToAsync("/contacts?status=deadLead");
        await Assertions.Expect(page.Locator("table.list")).ToContainTextAsync("Faux");
    }

    [Fact]
    public async Task A_date_is_told_in_the_language_of_the_account_where_the_browser_writes_it_in_another()
    {
        await using var german = await OpenAsync(Cast.Anna, "/activities", new Look(Language: "de"));
        await german.Page.Locator("#f-from").EvaluateAsync("field => field.closest('details')?.setAttribute('open', '')");
        await german.Page.Locator("#f-from").FillAsync("2026-04-03");
        var words = german.Page.Locator("#f-from-words");
        await Assertions.Expect(words).ToHaveTextAsync("vendredi 3 avril 2026");
        await Assertions.Expect(german.Page.Locator("#f-from")).ToHaveAccessibleDescriptionAsync("vendredi 3 avril 2026");
        await using var french = await OpenAsync(Cast.Anna, "/activities");
        await french.Page.Locator("#f-from").EvaluateAsync("field => field.closest('details')?.setAttribute('open', '')");
        await french.Page.Locator("#f-from").FillAsync("2026-04-03");
        await Assertions.Expect(french.Page.Locator("#f-from-words")).ToHaveCountAsync(0);
    }

    private static async Task AddByHandAsync(IPage page, string first, string last, string email)
    {
        await page.Locator("details.create summary").ClickAsync();
        await page.Locator("details.create a[href='/contacts/new']").ClickAsync();
        await page.Locator("[name='Input.FirstName']").FillAsync(first);
        await page.Locator("[name='Input.LastName']").FillAsync(last);
        await page.Locator("[name='Input.Emails[0].Value']").FillAsync(email);
        await page.Locator("[name='Input.LastName']").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".head h1")).ToHaveTextAsync($"{first} {last}");
    }

    private static async Task RecordAsync(IPage page, string type, string text, int count)
    {
        await page.Locator($"#composer label:has(input[value={type}])").ClickAsync();
        await page.Locator("#composer textarea").FillAsync(text);
        await page.Locator("#composer button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("ol.timeline > li[id^='activity-']")).ToHaveCountAsync(count);
    }

    private async Task AddAsync(string first, string last, ContactStatus status)
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
    }
}
