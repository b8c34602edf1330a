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
        await Assertions.Expect(tab.Page.Locator("main input[type=password]")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_new_password_can_be_read_while_it_is_typed(int width)
    {
        await using var tab = await OpenAsync(Cast.Anna, "/account/password", new Look(width));
        var (field, box) = (tab.Page.Locator("#Input_New"), tab.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Afficher le mot de passe" }));
        await tab.Page.Locator("#Input_Current").FillAsync("wrong");
        await field.FillAsync("a sentence of my own");
        await Assertions.Expect(field).ToHaveAttributeAsync("type", "password");
        await field.PressAsync("Tab");
        await Assertions.Expect(box).ToBeFocusedAsync();
        await box.PressAsync("Space");
        await Assertions.Expect(field).ToHaveAttributeAsync("type", "text");
        await Assertions.Expect(field).ToHaveValueAsync("a sentence of my own");
        await tab.AssertAccessibleAsync();
        await field.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("#Input_Current[aria-invalid=true]")).ToBeVisibleAsync();
        await Assertions.Expect(field).ToHaveAttributeAsync("type", "password");
        await Assertions.Expect(box).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Without_script_there_is_no_switch_that_does_nothing()
    {
        await using var tab = await OpenAsync(Cast.Anna, "/account/password", new Look(HasScript: false));
        await Assertions.Expect(tab.Page.Locator("[data-reveal]")).ToBeHiddenAsync();
        await Assertions.Expect(tab.Page.Locator("#Input_New")).ToBeVisibleAsync();
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
