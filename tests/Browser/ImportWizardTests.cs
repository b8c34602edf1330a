using System.IO.Compression;
using System.Text;

namespace Liaison.Browser;

/// <summary>Bringing contacts from a file: what cannot be read says why, and every step can be taken again.</summary>
public sealed class ImportWizardTests(LiaisonServer server) : BrowserTests(server)
{
    [Fact]
    public async Task A_trial_run_that_is_over_shows_at_once_what_it_found()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/imports/new");
        var page = tab.Page;
        // The second wait of whoever looks again never ends; the first look is held back until the run is over.
        await page.AddInitScriptAsync("const wait = window.setTimeout; window.setTimeout = (act, time, ...more) => wait(act, time === 625 ? 1e8 : time, ...more);");
        await page.RouteAsync("**/imports/*", async route =>
        {
            if (route.Request.Headers.ContainsKey("turbo-frame")) await Task.Delay(TimeSpan.FromSeconds(3));
            await route.ContinueAsync();
        });
        await tab.GoToAsync("/imports/new");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "fin.csv", MimeType = "text/csv", Buffer = "Nom;Ville\nDurand;Lyon\n"u8.ToArray() });
        await page.Locator("#import .form-end button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".figures")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_is_dropped_read_again_looked_through_tried_imported_and_taken_back()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/imports/new");
        var page = tab.Page;
        // What was refused is not sent again by itself.
        var sent = 0;
        page.Request += (_, request) => { if (request.Method == "POST") Interlocked.Increment(ref sent); };
        foreach (var (name, content) in new[] { ("vide.csv", ""), ("photo.png", "\u0089PNG\r\n\u001a\n"), ("lignes.csv", "\n\n\n") })
        {
            sent = 0;
            await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.Latin1.GetBytes(content) });
            await Assertions.Expect(page.Locator(".errors")).ToBeVisibleAsync();
            await tab.AssertAccessibleAsync();
            await Assertions.Expect(page.Locator("html[aria-busy]")).ToHaveCountAsync(0);
            Assert.Equal(1, sent);
            await tab.GoToAsync("/imports/new");
        }
        // Held over the place until it shows that it takes it.
        await page.WaitForFunctionAsync("() => { const zone = document.querySelector('drop-zone'); zone.dispatchEvent(new DragEvent('dragover', { bubbles: true })); return zone.querySelector('.over'); }");
        await page.Locator("drop-zone").EvaluateAsync("""
            zone => {
                const files = new DataTransfer();
                files.items.add(new File(["Prénom;Nom;E-mail\nÉlodie;Marchand;elodie@exemple.fr\nPaul;;pas-une-adresse\nJean;Petit;jean@exemple.fr\n"], "liste.csv"));
                zone.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
            }
            """);
        await page.Locator("select[name=Delimiter]").SelectOptionAsync(",");
        await page.Locator("button[formaction$='/reading']").ClickAsync();
        await Assertions.Expect(page.Locator("select[name^=t]")).ToHaveCountAsync(1);
        await page.Locator("select[name=Delimiter]").SelectOptionAsync(";");
        await page.Locator("button[formaction$='/reading']").ClickAsync();
        await Assertions.Expect(page.Locator("select[name^=t]")).ToHaveCountAsync(3);

        // Leafing leaves the rest of the page, and the focus, where they are.
        await page.Locator("#import combo-box:has([name=Tags]) input[role=combobox]").ClickAsync();
        await page.Keyboard.TypeAsync("salon,");
        var (preview, next) = (page.Locator("#preview"), page.Locator("#preview button").Nth(1));
        await next.ClickAsync();
        await Assertions.Expect(preview).ToContainTextAsync("2 sur 3");
        await Assertions.Expect(next).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(preview).ToContainTextAsync("3 sur 3");
        await Assertions.Expect(preview.Locator("button").First).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#import .pick")).ToHaveTextAsync("salon");
        await tab.AssertAccessibleAsync();

        // What can be taken back is not asked in red.
        await page.Locator("#import .form-end button[formaction$='/run']").ClickAsync();
        await Assertions.Expect(page.Locator("#confirm [value=yes]:not(.danger)")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#import .form-end button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".figures")).ToBeVisibleAsync();
        // Long as the list may be, the button is in sight.
        await Assertions.Expect(page.Locator("form[action$='/run'] button.primary")).ToBeInViewportAsync();
        foreach (var (result, rows) in new[] { ("failed", 1), ("created", 2) })
        {
            await page.Locator($".figures a[href*='result={result}']").ClickAsync();
            await Assertions.Expect(page.Locator("main tbody tr")).ToHaveCountAsync(rows);
        }
        await page.Locator("form[action$='/run'] button.primary").DblClickAsync();
        await Assertions.Expect(page.Locator("main .note.good")).ToBeVisibleAsync();
        var refused = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href$='/errors']").ClickAsync());
        Assert.Contains("pas-une-adresse", await File.ReadAllTextAsync((await refused.PathAsync())!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await page.Locator("main .note a").ClickAsync();
        await Assertions.Expect(page.Locator("table.list .tag", new() { HasText = "salon" })).ToHaveCountAsync(2);
        await page.GoBackAsync();
        await page.Locator("form[action$='/undo'] button").ClickAsync();
        await Assertions.Expect(page.Locator("#confirm [value=yes].danger")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await page.Locator("#confirm [value=yes]").ClickAsync();
        await Assertions.Expect(page.Locator(".head .badge")).ToHaveTextAsync("Annulé");
    }

    [Fact]
    public async Task A_workbook_is_dropped_another_of_its_sheets_chosen_and_imported()
    {
        using var book = new MemoryStream();
        using (var zip = new ZipArchive(book, ZipArchiveMode.Create, leaveOpen: true))
        {
            const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            string Sheet(string name) => $"<worksheet><sheetData><row><c t='str'><v>Nom</v></c><c t='str'><v>E-mail</v></c></row><row><c t='str'><v>{name}</v></c><c t='str'><v>{name}@classeur.example</v></c></row></sheetData></worksheet>";
            foreach (var (part, xml) in new[]
            {
                ("xl/workbook.xml", $"<workbook xmlns:r='{Office}'><sheets><sheet name='Clients' r:id='a'/><sheet name='Prospects' r:id='b'/></sheets></workbook>"),
                ("xl/_rels/workbook.xml.rels", $"<Relationships><Relationship Id='a' Type='{Office}/worksheet' Target='a.xml'/><Relationship Id='b' Type='{Office}/worksheet' Target='b.xml'/></Relationships>"),
                ("xl/a.xml", Sheet("Legrand")), ("xl/b.xml", Sheet("Lepetit")),
            })
            {
                using var writer = new StreamWriter(zip.CreateEntry(part).Open());
                await writer.WriteAsync(xml);
            }
        }
        await using var tab = await OpenAsync(Cast.Anna, "/imports/new");
        var page = tab.Page;
        await page.Locator("drop-zone").EvaluateAsync("""
            (zone, bytes) => {
                const files = new DataTransfer();
                files.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], "classeur.xlsx"));
                zone.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
            }
            """, Convert.ToBase64String(book.ToArray()));
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("Legrand");
        await tab.AssertAccessibleAsync();
        await page.Locator("select[name=Sheet]").SelectOptionAsync("Prospects");
        await page.Locator("button[formaction$='/reading']").ClickAsync();
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("Lepetit");
        await page.Locator("#import .form-end button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".figures")).ToBeVisibleAsync();
        await page.Locator("form[action$='/run'] button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("main .note.good")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main tbody tr")).ToContainTextAsync("Lepetit");
    }

    [Fact]
    public async Task On_a_phone_the_next_step_is_in_sight_however_many_columns_there_are()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/imports/new", new Look(390));
        var page = tab.Page;
        var file = string.Join(';', Enumerable.Range(1, 30).Select(n => $"Colonne {n}")) + "\n" + string.Join(';', Enumerable.Range(1, 30)) + "\n";
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "large.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        var next = page.Locator("#import .form-end button.primary");
        await Assertions.Expect(next).ToBeVisibleAsync();
        Assert.True(await IsOnTopAsync(next), "the button is covered or out of sight");
        Assert.InRange((await page.Locator(".steps").BoundingBoxAsync())!.Height, 1, 30);
        // Nor does the bar hide the field that has the focus.
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var hidden = await page.EvaluateAsync<string?>("""
                () => {
                    const at = document.activeElement, bar = document.querySelector("#import .form-end");
                    if (!at.matches("#import *") || bar.contains(at)) return null;
                    return at.getBoundingClientRect().top >= bar.getBoundingClientRect().top ? at.outerHTML.slice(0, 100) : null;
                }
                """);
            Assert.Null(hidden);
        }
        await next.ClickAsync();
        await Assertions.Expect(page.Locator(".figures")).ToBeVisibleAsync();
        Assert.True(await IsOnTopAsync(page.Locator(".form-end [href*='step=columns']")), "the way back is covered or out of sight");
    }

    private static Task<bool> IsOnTopAsync(ILocator button) => button.EvaluateAsync<bool>("""
        button => {
            const box = button.getBoundingClientRect();
            return button.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
        }
        """);
}
