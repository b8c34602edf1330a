namespace Liaison.Browser;

public sealed class SignInTests(LiaisonServer server) : BrowserTests(server)
{
    [Theory]
    [InlineData("fr", false, 1280)]
    [InlineData("fr", true, 390)]
    [InlineData("en", false, 390)]
    [InlineData("en", true, 1280)]
    public async Task The_sign_in_page_keeps_nobody_out(string language, bool isDark, int width)
    {
        await using var tab = await OpenAsync(Cast.Nobody, "/sign-in", new Look(width, isDark, language));
        Assert.Equal(language, await tab.Page.Locator("html").GetAttributeAsync("lang"));
        await tab.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_signs_in_with_and_without_script(bool hasScript)
    {
        await using var tab = await OpenAsync(Cast.Nobody, "/account", new Look(HasScript: hasScript));
        Assert.Contains("/sign-in", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.Locator("main input[autocomplete=username]").FillAsync(Cast.Anna.UserName);
        await tab.Page.Locator("main input[type=password]").FillAsync(Cast.Anna.Password);
        await tab.Page.Locator("main input[type=password]").PressAsync("Enter");
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new Uri(Server.Address, "/account").ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_refused_is_told_and_the_name_stays(bool hasScript)
    {
        await using var tab = await OpenAsync(Cast.Nobody, "/sign-in", new Look(HasScript: hasScript));
        await tab.Page.Locator("main input[autocomplete=username]").FillAsync("ana");
        await tab.Page.Locator("main input[type=password]").FillAsync("wrong");
        await tab.Page.Locator("main input[type=password]").PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("#problem")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator("main input[autocomplete=username]")).ToHaveValueAsync("ana");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_password_that_is_too_short_is_told_at_its_field(bool hasScript)
    {
        await using var tab = await OpenAsync(Cast.Anna, "/account/password", new Look(HasScript: hasScript));
        await tab.Page.Locator("main input[autocomplete=current-password]").FillAsync(Cast.Anna.Password);
        await tab.Page.Locator("main input[autocomplete=new-password]").FillAsync("short");
        await tab.Page.Locator("main input[autocomplete=new-password]").PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("main input[autocomplete=new-password][aria-invalid=true]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_sign_in_page_as_a_picture()
    {
        await using var tab = await OpenAsync(Cast.Nobody, "/sign-in");
        await Screens.ShootAsync(tab.Page, "sign-in");
        Assert.All(Look.All, look => Assert.True(File.Exists(Path.Combine(Screens.Folder, $"sign-in-{look}.png"))));
    }
}
