using System.Text;
using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Browser;

/// <summary>The whole work of a day by keyboard, in a browser that runs no script.</summary>
public sealed class NoScriptTests(LiaisonServer server) : BrowserTests(server)
{
    private static readonly Look Plain = new(HasScript: false);

    [Fact]
    public async Task A_contact_is_made_changed_talked_to_thrown_away_and_fetched_back()
    {
        await using var tab = await OpenAsync(Cast.Nobody, "/contacts", Plain);
        var page = tab.Page;
        await TypeAsync(page, "main input[autocomplete=username]", Cast.Anna.UserName);
        await TypeAsync(page, "main input[type=password]", Cast.Anna.Password);
        await page.Keyboard.PressAsync("Enter");

        await PressAsync(page, ".side .create summary");
        await PressAsync(page, ".side .create a[href='/contacts/new']");
        await TypeAsync(page, "[name='Input.FirstName']", "Solange");
        await TypeAsync(page, "[name='Input.LastName']", "Sansscript");
        await PressAsync(page, "button[name=Add][value=Emails]");
        await TypeAsync(page, "[name='Input.Emails[0].Value']", "solange@sans.example");
        await TypeAsync(page, "[name='Input.Tags']", "\"Lyon, 2026\", VIP");
        await PressAsync(page, "main .form-end button.primary, main button.primary");
        await Assertions.Expect(page.Locator(".head h1")).ToHaveTextAsync("Solange Sansscript");
        await Assertions.Expect(page.Locator(".facts .tag")).ToHaveTextAsync(["Lyon, 2026", "VIP"]);

        await PressAsync(page, ".facts a[href$='/facts/tags']");
        await TypeAsync(page, "[name='Input.Tags']", "\"Lyon, 2026\"");
        await PressAsync(page, "form.quick button.primary");
        await Assertions.Expect(page.Locator(".facts .tag")).ToHaveTextAsync(["Lyon, 2026"]);

        await page.Locator("#composer input[name='Activity.Outcome'][value=reached]").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await TypeAsync(page, "#composer textarea", "Rappeler mardi");
        await PressAsync(page, "#composer button.primary");
        await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync("Prospect");
        await PressAsync(page, "ol.timeline a[href$='/responses/new']:visible");
        await TypeAsync(page, "form.response-form textarea", "Oui, mardi");
        await PressAsync(page, "form.response-form button.primary");
        await Assertions.Expect(page.Locator("ol.timeline .reply")).ToContainTextAsync("Oui, mardi");
        await PressAsync(page, "ol.timeline > li.activity > .at summary");
        await PressAsync(page, "ol.timeline > li.activity > .at a[href*='/edit']");
        await TypeAsync(page, "#composer textarea", "Rappeler mercredi");
        await PressAsync(page, "#composer button.primary");
        await Assertions.Expect(page.Locator("ol.timeline")).ToContainTextAsync("Rappeler mercredi");

        await PressAsync(page, ".head .actions details summary");
        await PressAsync(page, ".head .actions button.danger");
        await Assertions.Expect(page.Locator(".toast").First).ToBeVisibleAsync();
        await tab.GoToAsync("/search?q=corbeille");
        await PressAsync(page, "main a[href='/contacts/trash']");
        await PressAsync(page, "main tbody button");
        await Assertions.Expect(page.Locator(".toast").First).ToBeVisibleAsync();
        await tab.GoToAsync("/contacts?q=sansscript");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_list_is_narrowed_and_all_of_it_is_tagged_handed_over_and_exported()
    {
        for (var i = 0; i < 3; i++) await Scene.ContactAsync(Server, $"Tous{i}", "Ensemble", "Saint-Étienne");
        await using var tab = await OpenAsync(Cast.Anna, "/contacts", Plain);
        var page = tab.Page;
        await PressAsync(page, ".filters .open-panel summary");
        await PressAsync(page, ".filters .open-panel a");
        await TypeAsync(page, "#f-city", "saint etienne");
        await PressAsync(page, ".filter-panel button.primary");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);

        await TickAsync(page, ".bulk input[name=all]");
        await PressAsync(page, ".bulk details:has(#group-tags) summary");
        await TypeAsync(page, "#group-tags", "Salon");
        await PressAsync(page, ".bulk button[formaction='/contacts/groups/tag']");
        await PressAsync(page, "main form.card button.primary");
        await Assertions.Expect(page.Locator("tbody tr:has-text('Salon')")).ToHaveCountAsync(3);

        await TickAsync(page, "tbody .tick-cell input >> nth=0");
        await PressAsync(page, ".bulk details:has(#group-user) summary");
        await TypeAsync(page, "#group-user", Cast.Ben.Name);
        await PressAsync(page, ".bulk button[formaction='/contacts/groups/responsible'][value=false]");
        await Assertions.Expect(page.Locator(".toast", new() { HasText = "Responsable changé" })).ToBeVisibleAsync();
        await using var db = Server.Db();
        Assert.Equal(1, await db.Set<ContactResponsible>().CountAsync(r => r.UserId == Cast.Ben.Id && db.Set<Contact>().Any(c => c.Id == r.ContactId && c.LastName == "Ensemble")));

        await PressAsync(page, ".head a[href^='/exports/contacts/fields']");
        var download = await page.RunAndWaitForDownloadAsync(() => PressAsync(page, "main form button.primary"));
        Assert.Equal(4, (await File.ReadAllLinesAsync(await download.PathAsync())).Length);
    }

    [Fact]
    public async Task A_file_is_imported_and_settings_are_changed()
    {
        await using var tab = await OpenAsync(Cast.Admin, "/imports/new?target=contacts", Plain);
        var page = tab.Page;
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "sans.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("Nom;E-mail\nImporté;importe@sans.example\n") });
        await PressAsync(page, "main form button.primary");
        await PressAsync(page, "#import .form-end .primary");
        await DoneAsync("form[action$='/run'] button");
        await PressAsync(page, "form[action$='/run'] button");
        await DoneAsync("form[action$='/undo']");
        await Assertions.Expect(page.Locator(".figures b").First).ToHaveTextAsync("1");

        await tab.GoToAsync("/settings/activity-types");
        await PressAsync(page, "main a[href*='/settings/activity-types/new'], main a[href$='/new']");
        await Assertions.Expect(page.Locator("main form [name$='Name'], main form input[type=text]").First).ToBeVisibleAsync();
        await PressAsync(page, ".top details.menu summary");
        await PressAsync(page, ".top button[name=theme][value=dark]");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await PressAsync(page, ".top details.menu summary");
        await PressAsync(page, ".top form[action='/sign-out'] button");
        await page.WaitForURLAsync("**/sign-in");

        // While it works, the page offers to look again.
        Task DoneAsync(string sign) => Eventually.TrueAsync(async () =>
        {
            await Assertions.Expect(page.Locator($"{sign}, #progress a").First).ToBeVisibleAsync();
            await Server.RunJobsAsync();
            if (await page.Locator(sign).CountAsync() > 0) return true;
            await PressAsync(page, "#progress a");
            return false;
        }, "the work is done");
    }

    // As somebody does who has come there with Tab: what cannot take the focus cannot be used.
    private static async Task PressAsync(IPage page, string selector)
    {
        await FocusAsync(page, selector);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task TickAsync(IPage page, string selector)
    {
        await FocusAsync(page, selector);
        await page.Keyboard.PressAsync("Space");
    }

    private static async Task TypeAsync(IPage page, string selector, string text)
    {
        await FocusAsync(page, selector);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task FocusAsync(IPage page, string selector)
    {
        var control = page.Locator(selector).First;
        await Assertions.Expect(control).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await control.FocusAsync();
        await Assertions.Expect(control).ToBeFocusedAsync();
    }
}
