using Liaison.Browser.Harness;
using Liaison.Tests.Exchange;

namespace Liaison.Browser;

/// <summary>Text that tries to be more than text is shown as it was typed, wherever it is shown: no script runs, no element comes of it.</summary>
public sealed class HostileTextTests(LiaisonServer server) : BrowserTests(server)
{
    // Each would set window.hostile, ask, load something, or leave an element with the class "hostile", if it were taken for more than text.
    private static readonly string[] Texts =
    [
        "<script>hostile=1</script>", "</script><script>hostile=1</script>", "<img src=x class=hostile onerror=hostile=1>", "<svg class=hostile onload=hostile=1>", "<svg/onload=alert`1` class='hostile'>",
        "\"><img class=hostile src=x onerror=alert(1)>", "' autofocus class='hostile' onfocus='hostile=1", "\" class=\"hostile\" onmouseover=\"hostile=1", "`onmouseover=alert(1) class=hostile", "javascript:alert(1)",
        "<a class=hostile href=\"javascript:hostile=1\">x</a>", "<iframe class=hostile srcdoc=\"<script>parent.hostile=1</script>\"></iframe>", "<object class=hostile data=data:text/html,x></object>", "<style>body{display:none}</style>",
        "<link class=hostile rel=stylesheet href=//evil.example/x>", "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<base href=//evil.example>", "<form class=hostile action=//evil.example><button>x", "<math><mi class=hostile xlink:href=\"data:x,hostile=1\">",
        "<!--<img class=hostile src=\"--><img src=x class=hostile onerror=hostile=1>", "<noscript><p title=\"</noscript><img class=hostile src=x onerror=hostile=1>\">", "&lt;img class=hostile src=x onerror=hostile=1&gt;", "&#60;script&#62;hostile=1&#60;/script&#62;", "{{constructor.constructor('hostile=1')()}}",
        "${hostile=1}", "@(1+1)", "<%= 7*7 %>", "<turbo-stream action=replace target=main class=hostile><template>x</template></turbo-stream>", "<turbo-frame id=main src=//evil.example class=hostile>", "\\u003cimg class=hostile src=x onerror=hostile=1\\u003e",
        "\u202Egnp.exe", "ﬀ＜script＞hostile=1＜/script＞", "]]><img class=hostile src=x onerror=hostile=1>", "</textarea><img class=hostile src=x onerror=hostile=1>", "</title><img class=hostile src=x onerror=hostile=1>", "</option></select><img class=hostile src=x onerror=hostile=1>",
    ];

    [Fact]
    public async Task Typed_into_forms_it_stays_text_on_every_page()
    {
        await using var tab = await OpenAsync(Cast.Admin);
        var page = tab.Page;
        // Some of each page's fields by hand, all texts by and by.
        for (var i = 0; i < Texts.Length; i += 6)
        {
            var some = Enumerable.Range(i, 6).Select(n => Texts[n % Texts.Length]).ToArray();
            var contact = await CreateAsync(some);
            await tab.GoToAsync(contact);
            foreach (var text in some.Take(4)) await AssertShownAsync(page, text);
            await page.Locator("#composer textarea").FillAsync(some[4]);
            await page.Locator("#composer details.more summary").ClickAsync();
            await page.Locator("#Activity_Campaign").FillAsync(some[5]);
            await page.Locator("#composer button.primary").ClickAsync();
            await Assertions.Expect(page.Locator("ol.timeline > li[id^='activity-']")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator("ol.timeline")).ToContainTextAsync(some[4]);
            await page.Locator("a[href$='/responses/new']:visible").First.ClickAsync();
            await page.Locator("form.response-form textarea").FillAsync(some[0]);
            await page.Keyboard.PressAsync("Control+Enter");
            await Assertions.Expect(page.Locator("ol.timeline .reply")).ToContainTextAsync(some[0]);
            await AssertHarmlessAsync(page);
            foreach (var other in new[] { "/edit", "/status-history", "/journal", "/delete" }) await LookAsync(tab, contact + other);
        }
        foreach (var address in new[] { "/", "/contacts", "/contacts?view=columns", "/activities", "/settings/tags", "/search?q=" + Uri.EscapeDataString("hostile"), "/contacts?q=" + Uri.EscapeDataString(Texts[2]), "/nowhere/" + Uri.EscapeDataString(Texts[0]), "/exports/contacts/fields" })
            await LookAsync(tab, address);
        Assert.All(tab.TakeComplaints(), complaint => Assert.Contains("/nowhere/", complaint, StringComparison.Ordinal));
        await SearchAsync(tab);
    }

    [Fact]
    public async Task Imported_it_stays_text_in_the_wizard_and_after_it()
    {
        await using var tab = await OpenAsync(Cast.Ben);
        var page = tab.Page;
        string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var rows = Texts.Select((t, i) => string.Join(',', Quoted(t), Quoted(Texts[(i + 1) % Texts.Length]), Quoted(i % 5 == 0 ? t : $"hostile{i}@import.example"), Quoted(Texts[(i + 2) % Texts.Length]), Quoted(t)));
        var content = string.Join("\r\n", rows.Prepend($"First name,Last name,E-mail,Company,{Quoted(Texts[2])}"));
        var file = Path.Combine(Directory.CreateTempSubdirectory("liaison-hostile-").FullName, "<img src=x class=hostile onerror=hostile=1>.csv");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        await tab.GoToAsync("/imports/new");
        await page.Locator("input[type=file]").SetInputFilesAsync(file);
        await Assertions.Expect(page.Locator("#import")).ToBeVisibleAsync();
        await AssertShownAsync(page, Texts[2]);
        await AssertHarmlessAsync(page);
        await page.Locator("#import .form-end button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".figures")).ToBeVisibleAsync();
        await AssertShownAsync(page, Texts[0]);
        await AssertHarmlessAsync(page);
        await page.Locator("form[action$='/run'] button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("main .note.good")).ToBeVisibleAsync();
        var import = page.Url;
        foreach (var address in new[] { import + "?result=failed", import + "?result=created", "/imports", "/contacts", "/contacts?kind=company", "/" }) await LookAsync(tab, address);
        await SearchAsync(tab);
    }

    private async Task<string> CreateAsync(string[] some)
    {
        var form = (await Server.As(Cast.Admin).GetAsync("/contacts/new")).Expect(200).Form("main form.card");
        form.Fill("Input.FirstName", some[0]).Fill("Input.LastName", some[1]).Fill("Input.JobTitle", some[2]).Fill("Input.CompanyName", some[3]).Fill("Input.Industry", some[4]).Fill("Input.Description", some[5])
            .Fill("Input.Addresses[0].Street", some[0]).Fill("Input.Addresses[0].City", some[1]).Fill("Input.Phones[0].Value", some[2]).Fill("Input.Tags", some[3].Replace(',', ' '));
        return (await form.SubmitAsync()).Expect(200).Url.Split('?')[0];
    }

    private static async Task LookAsync(Tab tab, string address)
    {
        await tab.GoToAsync(address);
        await AssertHarmlessAsync(tab.Page);
    }

    // The suggestions of the search at the top of each page.
    private static async Task SearchAsync(Tab tab)
    {
        await tab.GoToAsync("/");
        foreach (var words in new[] { "<img src=x class=hostile", "hostile", "\"><" })
        {
            await tab.Page.Locator("form.search input").FillAsync(words);
            await Assertions.Expect(tab.Page.Locator("form.search .options [role=option]").Last).ToContainTextAsync(words);
            await AssertHarmlessAsync(tab.Page);
        }
    }

    // What nobody sees at the ends of a name is cut off.
    private static async Task AssertShownAsync(IPage page, string text) => Assert.Contains(text.Trim('\u202E', ' '), await page.EvaluateAsync<string>("document.body.innerText + [...document.querySelectorAll('input, textarea')].map(i => i.value).join('\\n')"), StringComparison.OrdinalIgnoreCase);

    private static async Task AssertHarmlessAsync(IPage page)
    {
        var found = await page.EvaluateAsync<string>("""
            () => [window.hostile && "a script ran", ...[...document.querySelectorAll(".hostile, script:not([src]):not([type]), iframe, object, base, link[href*=evil], meta[http-equiv=refresh], form[action*=evil], body style, [onerror], [onload], [onfocus], [onmouseover], a[href^='javascript:' i]")].map(e => e.outerHTML)].filter(Boolean).join("\n")
            """);
        Assert.True(found.Length == 0, $"{page.Url}: {found}");
    }
}
