using System.Text.RegularExpressions;
using Liaison.Browser.Harness;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Browser;

/// <summary>The bar that appears over the list when rows are ticked.</summary>
public sealed class GroupBarTests(LiaisonServer server) : BrowserTests(server)
{
    [Fact]
    public async Task Ticked_contacts_get_a_responsible_found_by_typing()
    {
        var id = await ContactAsync("Louise");
        await using var tab = await OpenAsync(Cast.Admin, "/contacts?q=barre");
        var page = tab.Page;
        await page.Locator($"#contact-{id} .tick-cell input").CheckAsync();
        await page.Locator(".bulk summary:has-text('Responsable')").ClickAsync();
        await page.Locator("#group-user").FillAsync(Cast.Ben.Name[..3]);
        await page.Locator($".bulk li[role=option]:has-text('{Cast.Ben.Name}')").ClickAsync();
        await tab.AssertAccessibleAsync();
        await page.Locator(".bulk button[formaction='/contacts/groups/responsible'][value=false]").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await using var db = Server.Db();
        Assert.Equal([Cast.Admin.Id, Cast.Ben.Id], await db.Set<ContactResponsible>().Where(r => r.ContactId == id).Select(r => r.UserId).Order().ToListAsync());
    }

    [Fact]
    public async Task A_button_without_the_word_that_it_needs_asks_for_it_and_leaves_the_ticks()
    {
        var id = await ContactAsync("Simone");
        await using var tab = await OpenAsync(Cast.Admin, "/contacts?q=barre");
        var page = tab.Page;
        await page.Locator($"#contact-{id} .tick-cell input").CheckAsync();
        await page.Locator(".bulk summary:has-text('Étiqueter')").ClickAsync();
        // The field is asked for a word by its suggestions; they must not lie over the button.
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".bulk button[formaction='/contacts/groups/tag']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#group-tags[role=combobox]")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator($"#contact-{id} .tick-cell input")).ToBeCheckedAsync();
        await page.Keyboard.TypeAsync("salon,");
        await page.Locator(".bulk button[formaction='/contacts/groups/tag']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator($"#contact-{id} .tag")).ToHaveTextAsync("salon");
    }

    [Fact]
    public async Task A_list_is_narrowed_to_a_responsible_and_widened_again_by_the_same_field()
    {
        await ContactAsync("Jeanne");
        await using var tab = await OpenAsync(Cast.Admin, "/contacts");
        var page = tab.Page;
        await page.Locator("summary:has-text('Filtrer')").ClickAsync();
        await page.Locator("input#f-who").FillAsync(Cast.Anna.Name[..3]);
        await page.Locator($".filter-panel li[role=option]:has-text('{Cast.Anna.Name}')").ClickAsync();
        await page.Locator(".filter-panel button.primary").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"responsible={Cast.Anna.Id}"));
        await page.Locator("summary:has-text('Filtrer')").ClickAsync();
        await page.Locator("input#f-who").FocusAsync();
        await page.Locator(".filter-panel .options:visible li").First.ClickAsync();
        await page.Locator(".filter-panel button.primary").ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("responsible=[0-9]"));
    }

    [Fact]
    public async Task A_tag_with_a_comma_is_chosen_typed_and_taken_away_as_one()
    {
        var id = await ContactAsync("Colette");
        await using (var db = Server.Db())
        {
            db.Add(new Tag { Name = "Lyon, 2026", Key = "lyon, 2026" });
            await db.SaveChangesAsync();
        }
        await using var tab = await OpenAsync(Cast.Admin, "/contacts?q=colette");
        var page = tab.Page;
        await page.Locator($"#contact-{id} .tick-cell input").CheckAsync();
        await page.Locator(".bulk summary:has-text('Étiqueter')").ClickAsync();
        await page.Locator("input#group-tags").FillAsync("lyo");
        await page.Locator(".bulk li[role=option]:has-text('Lyon, 2026')").First.ClickAsync();
        await page.Locator("input#group-tags").PressSequentiallyAsync("\"Nice, 2027\",VIP,");
        await Assertions.Expect(page.Locator(".bulk .pick")).ToHaveTextAsync(["Lyon, 2026", "Nice, 2027", "VIP"]);
        await page.Locator(".bulk button[formaction='/contacts/groups/tag']").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await tab.GoToAsync($"/contacts/{id}/facts/tags");
        await Assertions.Expect(page.Locator("main .pick")).ToHaveTextAsync(["Lyon, 2026", "Nice, 2027", "VIP"]);
        await page.Locator("main .pick:has-text('Nice') button").ClickAsync();
        await page.Locator("main form.quick button.primary").ClickAsync();
        await page.WaitForURLAsync($"**/contacts/{id}");
        await Assertions.Expect(page.Locator("main .tag")).ToHaveTextAsync(["Lyon, 2026", "VIP"]);
    }

    [Fact]
    public async Task A_city_is_offered_while_it_is_typed()
    {
        await Scene.ContactAsync(Server, "Odile", "Stephanoise", "Saint-Étienne");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts");
        var page = tab.Page;
        await page.Locator("summary:has-text('Filtrer')").ClickAsync();
        await page.Locator(".combo input#f-city").FillAsync("saint e");
        await page.Locator(".filter-panel li[role=option]:has-text('Saint-Étienne')").ClickAsync();
        await page.Locator(".filter-panel button.primary").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("city=Saint", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    private async Task<long> ContactAsync(string first)
    {
        await using var db = Server.Db();
        var contact = new Contact
        {
            FirstName = first, LastName = "Barre", CreatedById = Cast.Admin.Id, StatusSince = Server.Clock.Now, StatusCauseJson = new StatusCause("created").ToString(),
            Responsibles = [new ContactResponsible { UserId = Cast.Admin.Id }],
        };
        contact.Derive();
        db.Add(contact);
        await db.SaveChangesAsync();
        return contact.Id;
    }
}
