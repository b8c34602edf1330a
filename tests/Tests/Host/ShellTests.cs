using System.IO.Compression;
using Liaison.Kernel.Ui;

namespace Liaison.Tests.Host;

public sealed class ShellTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/contacts")]
    [InlineData("/contacts?q=personne&city=lyon")]
    [InlineData("/activities")]
    [InlineData("/imports")]
    public async Task A_page_without_contacts_has_one_primary_action(string url)
    {
        var page = (await As(Cast.Anna).GetAsync(url)).Expect(200);
        Assert.NotEmpty(page.All("main .empty a.btn"));
        Assert.Single(page.All("main a.btn.primary"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/contacts")]
    public async Task Nothing_is_offered_twice_before_the_first_contact(string url)
    {
        var offered = (await As(Cast.Anna).GetAsync(url)).Expect(200).All("main a.btn").Select(a => a.GetAttribute("href")!.Split('?')[0] + a.TextContent.Trim()).ToList();
        Assert.Single(offered, o => o.StartsWith("/imports/new", StringComparison.Ordinal));
        Assert.Equal(offered.Distinct(), offered);
    }

    [Fact]
    public async Task The_home_page_leads_everywhere_the_person_may_go()
    {
        var home = (await As(Cast.Anna).GetAsync("/")).Expect(200);
        Assert.Contains("Accueil", home.Texts(".side .nav a[aria-current=page]"));
        Assert.Contains("/contacts", home.All(".side .nav a").Select(a => a.GetAttribute("href")));
        Assert.Contains("/contacts/new", home.All(".side .create a").Select(a => a.GetAttribute("href")));
    }

    [Theory]
    [InlineData("/imports", "/contacts")]
    [InlineData("/imports/new", "/contacts")]
    [InlineData("/exports/contacts/fields", "/contacts")]
    [InlineData("/settings/activity-types", "/settings")]
    public async Task The_navigation_marks_what_a_page_belongs_to(string address, string entry) =>
        Assert.Equal([entry], (await As(Cast.Admin).GetAsync(address)).Expect(200).All(".side .nav a[aria-current=page]").Select(a => a.GetAttribute("href")));

    [Fact]
    public async Task A_missing_page_says_what_to_do_inside_the_navigation()
    {
        var page = (await As(Cast.Anna).GetAsync("/there-is-nothing-here")).Expect(404);
        Assert.Contains("Il n’y a rien à cette adresse", page.Text, StringComparison.Ordinal);
        Assert.NotEmpty(page.All(".side .nav a"));
        Assert.Matches("référence \\S+", page.Text);
        Assert.NotEmpty(page.All("main a[href='/contacts/trash']"));
    }

    [Fact]
    public async Task The_api_never_answers_with_a_page()
    {
        var page = await As(Cast.Anna).GetAsync("/api/v1/there-is-nothing-here");
        Assert.InRange(page.Status, 400, 499);
        Assert.StartsWith("application/problem+json", page.ContentType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Theme_and_language_are_kept()
    {
        var admin = As(Cast.Admin);
        var home = await admin.GetAsync("/");
        await home.Form(".top form:has(button[name=theme])").SubmitAsync("button[value=dark]");
        Assert.Equal("dark", (await admin.GetAsync("/")).Find("html").GetAttribute("data-theme"));
        await home.Form(".top form:has(button[name=language])").SubmitAsync("button[value=en]");
        Assert.Equal("en", (await As(Cast.Admin).GetAsync("/")).Find("html").GetAttribute("lang"));
    }

    [Fact]
    public async Task The_menu_of_a_phone_is_the_one_of_the_person_the_page_and_the_language()
    {
        foreach (var person in new[] { Cast.Admin, Cast.Anna, Cast.Ben, Cast.Admin })
        {
            foreach (var address in new[] { "/", "/contacts", "/contacts?status=lead", "/account" }) AssertSame(await As(person).GetAsync(address));
        }
        await (await As(Cast.Ben).GetAsync("/")).Form(".top form:has(button[name=language])").SubmitAsync("button[value=en]");
        var home = await As(Cast.Ben).GetAsync("/");
        Assert.Contains("Home", home.Texts(".tabbar > a"));
        AssertSame(home);

        static void AssertSame(PageResult page)
        {
            const string phone = ".tabbar > details:last-of-type .sheet a";
            Assert.NotEmpty(page.Texts(phone));
            Assert.Equal(page.Texts(".side .nav a"), page.Texts(phone));
            Assert.Equal(page.Texts(".side .nav a[aria-current=page]"), page.Texts(phone + "[aria-current=page]"));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/search?q=contacts")]
    [InlineData("/account")]
    [InlineData("/there-is-nothing-here")]
    public async Task Pages_keep_to_the_strict_policy(string address)
    {
        var page = await As(Cast.Ben).GetAsync(address);
        Assert.Empty(page.All("style, [style], script:not([src]), [onclick], [onchange], [onsubmit], [href^='javascript:']"));
    }

    [Fact]
    public async Task Pages_and_commands_are_found_by_any_part_of_their_name()
    {
        var page = (await As(Cast.Anna).GetAsync("/search?q=ACCUE")).Expect(200);
        Assert.Contains("Accueil", page.Texts("main a"));
        Assert.Equal("Accue", page.Find("main mark").TextContent);
        var options = (await As(Cast.Anna).GetAsync("/search/suggest?q=accue")).Expect(200);
        Assert.Contains("/", options.All("[role=option]").Select(o => o.GetAttribute("data-href")));
    }

    [Theory]
    [InlineData("nouveau", "/contacts/new")]
    [InlineData("nouvelle personne", "/contacts/new")]
    [InlineData("new person", "/contacts/new")]
    [InlineData("société", "/contacts/new?kind=company")]
    [InlineData("add company", "/contacts/new?kind=company")]
    [InlineData("sombre", "/preferences theme=dark")]
    [InlineData("dark", "/preferences theme=dark")]
    [InlineData("clair", "/preferences theme=light")]
    [InlineData("light theme", "/preferences theme=light")]
    [InlineData("thème", "/preferences theme=auto")]
    [InlineData("déconnexion", "/sign-out =")]
    [InlineData("se déconnecter", "/sign-out =")]
    [InlineData("logout", "/sign-out =")]
    [InlineData("sign out", "/sign-out =")]
    [InlineData("langue", "/preferences language=en")]
    [InlineData("english", "/preferences language=en")]
    [InlineData("french", "/preferences language=fr")]
    [InlineData("mot de passe", "/account/password")]
    [InlineData("change password", "/account/password")]
    [InlineData("réglages", "/settings")]
    [InlineData("settings", "/settings")]
    [InlineData("corbeille", "/contacts/trash")]
    [InlineData("recycle bin", "/contacts/trash")]
    [InlineData("exporter", "/exports/contacts/fields")]
    [InlineData("csv export", "/exports/contacts/fields")]
    [InlineData("importer", "/imports/new?target=contacts")]
    [InlineData("upload", "/imports/new?target=contacts")]
    [InlineData("aide", "#keys")]
    [InlineData("raccourcis", "#keys")]
    [InlineData("shortcuts", "#keys")]
    public async Task A_command_is_found_by_the_words_people_have_for_it_in_both_languages(string words, string command)
    {
        foreach (var language in new[] { "fr", "en" })
        {
            var options = (await As(Cast.Admin).With("Accept-Language", language).GetAsync("/search/suggest?q=" + Uri.EscapeDataString(words))).Expect(200);
            Assert.Contains(command, options.All("[role=option]").Select(o => o.GetAttribute("data-href") + (o.GetAttribute("data-send") is { Length: > 0 } send ? " " + send : "")));
        }
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_page_of_the_settings_is_explained_before_it_is_opened_and_leads_back(string language)
    {
        var admin = As(Cast.Admin).With("Accept-Language", language);
        var entries = (await admin.GetAsync("/settings")).Expect(200).All("main nav a");
        Assert.All(entries, entry => Assert.NotEqual("", entry.QuerySelector(".quiet")!.TextContent.Trim()));
        foreach (var entry in entries) Assert.NotNull((await admin.GetAsync(entry.GetAttribute("href")!)).Expect(200).Find(".crumbs a[href='/settings']"));
    }

    [Fact]
    public async Task Commands_act_from_the_page_of_results_without_script()
    {
        var ben = As(Cast.Ben);
        var page = await (await ben.GetAsync("/search?q=sombre")).Form("main form[action='/preferences']").SubmitAsync();
        Assert.Equal("dark", page.Find("html").GetAttribute("data-theme"));
        Assert.Empty((await ben.GetAsync("/search?q=r%C3%A9glages")).All("main a[href='/settings']"));
        Assert.NotEmpty((await (await ben.GetAsync("/search?q=logout")).Form("main form[action='/sign-out']").SubmitAsync()).All("#sign-in"));
    }

    [Fact]
    public async Task A_first_visit_stays_under_90_kilobytes()
    {
        var home = (await As(Cast.Ben).GetAsync("/")).Expect(200);
        using var html = new MemoryStream();
        using (var gzip = new GZipStream(html, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(home.Body);
        var parts = Directory.EnumerateFiles(Assets.Folder, "*.br", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Assert.InRange(html.Length + parts, 1, 90_000);
        Assert.InRange(html.Length, 1, 20_000);
    }
}
