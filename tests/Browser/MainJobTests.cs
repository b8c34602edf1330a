using System.Text;
using Liaison.Browser.Harness;
using Liaison.Exchange.Reading;

namespace Liaison.Browser;

/// <summary>What Liaison is for, done by a person in a browser: bring contacts, record what happens, watch the statuses follow, take everything out.</summary>
public sealed class MainJobTests(LiaisonServer server) : BrowserTests(server)
{
    // Eight contacts, twenty actions: type, outcome, and the status that must follow.
    private static readonly (string Type, string Outcome, string Status)[][] Stories =
    [
        [("call", "noAnswer", "Lead"), ("call", "wrongDetails", "Lead mort"), ("email", "none", "Prospect"), ("sale", "none", "Client")],
        [("email", "none", "Prospect"), ("quoteSent", "none", "Prospect"), ("sale", "none", "Client"), ("call", "refused", "Client")],
        [("call", "refused", "Prospect mort"), ("call", "reached", "Prospect"), ("call", "wrongDetails", "Prospect mort")],
        [("call", "wrongDetails", "Lead mort"), ("call", "noAnswer", "Lead mort")],
        [("meeting", "none", "Prospect"), ("call", "refused", "Prospect mort")],
        [("note", "none", "Lead"), ("call", "noAnswer", "Lead")],
        [("tradeShow", "none", "Prospect"), ("call", "sold", "Client")],
        [("call", "reached", "Prospect")],
    ];

    [Fact]
    public async Task Contacts_are_imported_move_through_all_five_states_and_are_exported_with_them()
    {
        await using var tab = await OpenAsync(Cast.Anna);
        var page = tab.Page;
        var (file, records) = await FileAsync();
        await ImportAsync(tab, file, records);
        await tab.GoToAsync("/contacts?kind=person");
        await Screens.ShootAsync(page, "journey-4-list");
        var contacts = await page.Locator("table.list a[data-open]").EvaluateAllAsync<string[]>("links => links.map(a => new URL(a.href).pathname)");
        contacts = [.. contacts.Distinct(StringComparer.Ordinal).Take(Stories.Length)];
        Assert.Equal(Stories.Length, contacts.Length);
        for (var i = 0; i < contacts.Length; i++) await LiveAsync(tab, contacts[i], Stories[i], shoots: i == 0);
        await ExportAsync(tab, contacts);
    }

    private static async Task ImportAsync(Tab tab, string file, int records)
    {
        var page = tab.Page;
        await tab.GoToAsync("/contacts");
        await page.Locator("main a[href^='/imports/new']").First.ClickAsync();
        // A file that is too large is not even sent.
        await page.Locator("drop-zone").EvaluateAsync("zone => zone.dataset.most = '10'");
        await page.Locator("input[type=file]").SetInputFilesAsync(file);
        await Assertions.Expect(page.Locator("drop-zone [data-chosen]")).ToContainTextAsync("1 Go");
        await page.Locator("drop-zone").EvaluateAsync("zone => zone.dataset.most = '1000000000'");
        await page.Locator("input[type=file]").SetInputFilesAsync(file);
        await Assertions.Expect(page.Locator("#import")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await tab.AssertAccessibleAsync();
        await Screens.ShootAsync(page, "journey-1-columns");
        await page.Locator("#import .form-end button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".figures")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        Assert.Equal(records, await FigureAsync(page, "created"));
        await tab.AssertAccessibleAsync();
        await Screens.ShootAsync(page, "journey-2-dry-run");
        await page.Locator("form[action$='/run'] button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("main .note.good")).ToBeVisibleAsync(new() { Timeout = 180_000 });
        Assert.Equal((records, 0), (await FigureAsync(page, "created"), await FigureAsync(page, "failed")));
        await Screens.ShootAsync(page, "journey-3-imported");
    }

    private static async Task LiveAsync(Tab tab, string contact, (string Type, string Outcome, string Status)[] story, bool shoots)
    {
        var page = tab.Page;
        await tab.GoToAsync(contact);
        await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync("Lead");
        for (var i = 0; i < story.Length; i++)
        {
            var (type, outcome, status) = story[i];
            var channel = page.Locator($"#composer label:has(input[name='Activity.Type'][value='{type}'])");
            if (!await channel.IsVisibleAsync()) await page.Locator("#composer .more-channels summary").ClickAsync();
            await channel.ClickAsync();
            if (outcome != "none") await page.Locator($"#composer label:has(input[name='Activity.Outcome'][value='{outcome}'])").ClickAsync();
            await page.Locator("#composer textarea").FillAsync($"{i + 1}. {type}, {outcome}");
            await page.Locator("#composer button.primary").ClickAsync();
            await Assertions.Expect(page.Locator("ol.timeline > li[id^='activity-']")).ToHaveCountAsync(i + 1);
            await Assertions.Expect(page.Locator(".head .badge").First).ToHaveTextAsync(status);
            if (!shoots || i != 2) continue;
            await tab.AssertAccessibleAsync();
            await Screens.ShootAsync(page, "journey-5-contact");
        }
        if (!shoots) return;
        await tab.GoToAsync(contact + "/status-history");
        await Screens.ShootAsync(page, "journey-6-history");
    }

    private static async Task ExportAsync(Tab tab, string[] contacts)
    {
        var page = tab.Page;
        await tab.GoToAsync("/exports/contacts/fields?ids=" + string.Join(',', contacts.Select(c => c[(c.LastIndexOf('/') + 1)..])));
        await tab.AssertAccessibleAsync();
        await Screens.ShootAsync(page, "journey-7-export");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("main form button.primary").ClickAsync());
        await using var stream = File.OpenRead((await download.PathAsync())!);
        var shape = ShapeDetection.Detect(stream);
        var header = CsvRows.Header(stream, shape).ToList();
        var rows = CsvRows.Read(stream, shape).ToDictionary(r => "/contacts/" + r.Cells[0], r => r.Cells, StringComparer.Ordinal);
        for (var i = 0; i < contacts.Length; i++)
        {
            var row = rows[contacts[i]];
            Assert.Equal(Stories[i][^1].Status, row[header.IndexOf("Statut")]);
            Assert.Equal($"{Stories[i].Length}. {Stories[i][^1].Type}, {Stories[i][^1].Outcome}", row[header.IndexOf("Dernière action (commentaire)")]);
        }
        Assert.Equal(5, rows.Values.Select(r => r[header.IndexOf("Statut")]).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<int> FigureAsync(IPage page, string result) =>
        int.Parse(new string([.. (await page.Locator($".figures a[href*='result={result}'] b").InnerTextAsync()).Where(char.IsAsciiDigit)]));

    // The largest real export that is at hand beside the project, else one made here in the same form.
    private static async Task<(string Path, int Records)> FileAsync()
    {
        var real = Path.Combine(Repository.Root, "..", "shared", "data", "contacts", "datablist-customers-10000.csv");
        if (File.Exists(real)) return (real, 10_000);
        string[] first = ["Marie", "Paul", "Linh", "Anaïs", "Ousmane", "Hélène", "Inès", "Étienne", "Jeanne", "Emre", "Manon", "Louis", "Camille", "Théo", "Sarah"];
        string[] last = ["Dupont", "Martin", "Nguyen", "Lefèvre", "Ba", "Moreau", "Garcia", "Roux", "Petit", "Kaya", "Olivier", "Bernard", "Aubert", "Caron"];
        string[] firms = ["Atelier Vermeil", "Papeterie du Port", "Boulangerie Lefèvre", "Ba Transports", "Garcia Conseil", "Menuiserie Roux", "Studio Olivier"];
        var text = new StringBuilder("Index,First Name,Last Name,Company,City,Country,Phone 1,Email,Website\r\n");
        for (var i = 0; i < 600; i++)
        {
            var firm = i % firms.Length + (i / 210 * firms.Length);
            var name = firms[i % firms.Length] + (firm < firms.Length ? "" : $" {firm / firms.Length + 1}");
            text.Append($"{i + 1},{first[i % first.Length]},{last[i % last.Length]}{(i < 210 ? "" : $"-{last[i / 210 + 3]}")},\"{name}\",Lyon,France,+33 6 12 34 {i / 100:00} {i % 100:00},p{i}@firm{firm}.example,https://firm{firm}.example\r\n");
        }
        var folder = Directory.CreateTempSubdirectory("liaison-journey-").FullName;
        var made = Path.Combine(folder, "salon-lyon.csv");
        await File.WriteAllTextAsync(made, text.ToString(), TestContext.Current.CancellationToken);
        return (made, 600);
    }
}
