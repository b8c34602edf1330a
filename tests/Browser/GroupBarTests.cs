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
    public async Task A_list_is_narrowed_to_a_responsible_and_widened_again_by_the_same_field()
    {
        await ContactAsync("Jeanne");
        await using var tab = await OpenAsync(Cast.Admin, "/contacts");
        var page = tab.Page;
        await page.Locator("summary:has-text('Filtrer')").ClickAsync();
        await page.Locator("input#f-who").FillAsync(Cast.Anna.Name[..3]);
        await page.Locator($".filter-panel li[role=option]:has-text('{Cast.Anna.Name}')").ClickAsync();
        await page.Locator(".filter-panel button.primary").ClickAsync();
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex($"responsible={Cast.Anna.Id}"));
        await page.Locator("summary:has-text('Filtrer')").ClickAsync();
        await page.Locator("input#f-who").FocusAsync();
        await page.Locator(".filter-panel .options:visible li").First.ClickAsync();
        await page.Locator(".filter-panel button.primary").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("responsible", StringComparison.Ordinal));
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
