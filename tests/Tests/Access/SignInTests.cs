using Liaison.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Access;

public sealed class SignInTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task A_password_form_sent_empty_is_answered_in_the_language_of_the_page()
    {
        var page = await (await As(Cast.Anna).GetAsync("/account/password")).Form().Fill("Input.Current", "").Fill("Input.New", "").SubmitAsync();
        page.Expect(422);
        Assert.Contains("Ce n’est pas votre mot de passe actuel.", page.Text);
        Assert.Contains("Au moins 12 caractères.", page.Text);
        Assert.DoesNotContain("required.", page.Text);
    }

    [Fact]
    public async Task A_stranger_signs_in_and_arrives_where_they_wanted_to_go()
    {
        var browser = As(Cast.Nobody);
        var page = await browser.GetAsync("/account?from=mail");
        Assert.Equal("/sign-in?returnUrl=%2Faccount%3Ffrom%3Dmail", page.Url);
        var inside = await SignIn.FillAsync(page, Cast.Anna.Email, Cast.Anna.Password);
        Assert.Equal("/account?from=mail", inside.Expect(200).Url);
    }

    [Fact]
    public async Task The_user_name_in_any_case_is_as_good_as_the_email()
    {
        var inside = await SignIn.FillAsync(await As(Cast.Nobody).GetAsync("/sign-in?returnUrl=/account"), " ANNA ", Cast.Anna.Password);
        Assert.Equal("/account", inside.Expect(200).Url);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_name_and_a_closed_account_are_answered_alike()
    {
        await AddAsync("closed@liaison.example", "a fine long password", closed: true);
        var answers = new List<string>();
        foreach (var (name, password) in new[] { (Cast.Ben.Email, "no"), ("nobody@liaison.example", "no"), ("closed@liaison.example", "a fine long password") })
        {
            var page = (await SignIn.FillAsync(await As(Cast.Nobody).GetAsync("/sign-in"), name, password)).Expect(422);
            Assert.Equal(name, page.Form()["Input.Login"]);
            Assert.Equal("", page.Form()["Input.Password"]);
            Assert.Equal(["Input.Password"], page.All("[autofocus]").Select(field => field.GetAttribute("name")));
            answers.Add(page.Find("#problem").TextContent);
        }
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Changing_the_language_keeps_the_typed_name_and_the_way_back()
    {
        var page = await As(Cast.Nobody).With("Accept-Language", "fr").GetAsync("/sign-in?returnUrl=/account");
        Assert.Equal("fr", page.Document.DocumentElement.GetAttribute("lang"));
        page = await page.Form().Fill("Input.Login", "somebody").SubmitAsync("button[value=en]");
        Assert.Equal("en", page.Expect(200).Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("somebody", page.Form()["Input.Login"]);
        Assert.Equal("/account", page.Form()["ReturnUrl"]);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("%2F%2Fevil.example")]
    [InlineData(" //evil.example")]
    [InlineData("/sign-out")]
    [InlineData("@evil.example")]
    public async Task Nobody_is_sent_to_another_site(string url)
    {
        var browser = As(Cast.Nobody);
        var page = await browser.GetAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(url));
        var answer = await page.Form().Fill("Input.Login", Cast.Ben.Email).Fill("Input.Password", Cast.Ben.Password).SubmitAsync(follow: false);
        Assert.Equal("/", answer.Expect(303).Location);
        Assert.Equal("/", (await browser.PeekAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(url))).Expect(302).Location);
    }

    [Fact]
    public async Task A_given_password_must_be_changed_before_anything_else()
    {
        await AddAsync("new@liaison.example", "given-to-you-today", mustChange: true);
        var browser = As(Cast.Nobody);
        var page = await SignIn.FillAsync(await browser.GetAsync("/sign-in?returnUrl=/account"), "new@liaison.example", "given-to-you-today");
        Assert.Equal("/account/password", page.Expect(200).Url);
        Assert.Equal("/account/password", (await browser.PeekAsync("/account")).Expect(302).Location);

        var before = browser[Sessions.Cookie];
        page = await page.Form().Fill("Input.Current", "given-to-you-today").Fill("Input.New", "too short").SubmitAsync();
        Assert.NotEmpty(page.Expect(422).Find("#Input_New-error").TextContent);
        page = await page.Form().Fill("Input.Current", "another").Fill("Input.New", "a sentence of my own").SubmitAsync();
        Assert.NotEmpty(page.Expect(422).Find("#Input_Current-error").TextContent);
        var answer = await page.Form().Fill("Input.Current", "given-to-you-today").Fill("Input.New", "a sentence of my own").SubmitAsync(follow: false);
        Assert.Equal(303, answer.Status);
        Assert.NotEqual(before, browser[Sessions.Cookie]);
        Assert.Equal("/account", (await browser.GetAsync("/account")).Expect(200).Url);
        Assert.Equal(422, (await SignIn.FillAsync(await As(Cast.Nobody).GetAsync("/sign-in"), "new@liaison.example", "given-to-you-today")).Status);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Whoever_comes_with_a_given_password_keeps_the_language_of_the_sign_in_page(string language)
    {
        await AddAsync($"new-{language}@liaison.example", "given-to-you-today", mustChange: true);
        var browser = As(Cast.Nobody).With("Accept-Language", language);
        var page = await SignIn.FillAsync(await browser.GetAsync("/sign-in"), $"new-{language}@liaison.example", "given-to-you-today");
        Assert.Equal(("/account/password", language), (page.Expect(200).Url, page.Find("html").GetAttribute("lang")));
        page = await page.Form().Fill("Input.Current", "given-to-you-today").Fill("Input.New", "a sentence of my own").SubmitAsync();
        Assert.Equal(language, page.Expect(200).Find("html").GetAttribute("lang"));
    }

    [Fact]
    public async Task Signing_in_and_failing_stand_in_the_journal_without_the_password()
    {
        await SignIn.FillAsync(await As(Cast.Nobody).GetAsync("/sign-in"), Cast.Anna.Email, "my-secret-guess");
        await SignIn.FillAsync(await As(Cast.Nobody).GetAsync("/sign-in"), "pasted-secret", "my-secret-guess");
        await SignIn.FillAsync(await As(Cast.Nobody).GetAsync("/sign-in"), Cast.Anna.Email, Cast.Anna.Password);
        await using var db = Db();
        var entries = await db.Set<Kernel.Journal.JournalEntry>().Where(j => j.SubjectType == "user").ToListAsync();
        Assert.Contains(entries, e => e.Kind == "user.signInFailed" && e.SubjectId == Cast.Anna.Id);
        Assert.Contains(entries, e => e.Kind == "user.signInFailed" && e.SubjectId == 0);
        Assert.Contains(entries, e => e.Kind == "user.signedIn" && e.ActorId == Cast.Anna.Id);
        Assert.DoesNotContain(entries, e => e.Details?.Contains("secret", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_form_without_its_token_or_from_another_site_changes_nothing(string? site)
    {
        var browser = As(Cast.Anna);
        var page = await browser.GetAsync("/account");
        if (site is not null) browser.With("Sec-Fetch-Site", site);
        var values = new Dictionary<string, string>();
        if (site is not null) values["__RequestVerificationToken"] = page.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new FormUrlEncodedContent(values) }, follow: false);
        Assert.Equal(400, answer.Status);
        Assert.Equal(200, (await browser.GetAsync("/account")).Status);
        Assert.Empty((await browser.GetAsync("/account")).Redirects);
    }

    private async Task AddAsync(string email, string password, bool mustChange = false, bool closed = false)
    {
        await using var db = Db();
        var (user, _) = await NewUser.AddAsync(db, Server.Services.GetRequiredService<Passwords>(), email, email, Level.User);
        Server.Services.GetRequiredService<Passwords>().Set(user, password, mustChange);
        if (closed) user.ClosedAt = Server.Clock.Now;
        await db.SaveChangesAsync();
    }
}

/// <summary>Filling in the sign-in page.</summary>
internal static class SignIn
{
    public static Task<PageResult> FillAsync(PageResult page, string name, string password) =>
        page.Form().Fill("Input.Login", name).Fill("Input.Password", password).SubmitAsync();
}
