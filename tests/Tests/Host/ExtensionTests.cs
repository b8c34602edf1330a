namespace Liaison.Tests.Host;

/// <summary>A server with the sample extension in its extensions folder.</summary>
public sealed class ExtendedServer : LiaisonServer
{
    protected override string ExtensionsFolder => Path.Combine(AppContext.BaseDirectory, "extensions");
}

public sealed class ExtensionTests(ExtendedServer server) : HttpTests<ExtendedServer>(server)
{
    [Fact]
    public async Task A_module_that_the_program_does_not_know_has_its_page_menu_texts_and_table()
    {
        var page = (await As(Cast.Anna).GetAsync("/sample")).Expect(200);
        Assert.Equal("Tableau d’affichage", page.Find("h1").TextContent);
        Assert.Contains("Tableau d’affichage", page.Texts("nav a"));

        page = (await page.Form("#add").Fill("Text", "").SubmitAsync()).Expect(422);
        page = await page.Form("#add").Fill("Text", "Café à midi").SubmitAsync();

        Assert.Equal(["/sample"], page.Expect(200).Redirects);
        Assert.Equal(["Café à midi"], page.Texts("#notes li"));
    }

    [Fact]
    public async Task Its_page_is_closed_to_strangers() =>
        Assert.StartsWith("/sign-in", (await As(Cast.Nobody).PeekAsync("/sample")).Expect(302).Location, StringComparison.Ordinal);
}
