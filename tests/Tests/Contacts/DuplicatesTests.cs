using Liaison.Contacts;

namespace Liaison.Tests.Contacts;

/// <summary>What is told while somebody types a contact that may exist.</summary>
public sealed class DuplicatesTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("email=JEAN.Petit@Moulin.example", true)]
    [InlineData("email=jean.petit@moulin.example", true)]
    [InlineData("email=jeanpetit@moulin.example", false)]
    [InlineData("email=jean.petit%2Bnews@moulin.example", false)]
    [InlineData("phone=%2B33 6 98 76 54 32", true)]
    [InlineData("phone=0033698765432", true)]
    [InlineData("phone=06.98.76.54.32", true)]
    [InlineData("phone=%2B33 (0)6 98 76 54 32", true)]
    [InlineData("phone=06 98 76 54 33", false)]
    [InlineData("firstName=jean&lastName=PETIT&companyName=Moulin d’Or", true)]
    [InlineData("firstName=Petit&lastName=Jean&companyName=moulin d'or SARL", true)]
    [InlineData("firstName=Jéan&lastName=Pètit&companyName=Moulin d'Or Ltd", true)]
    [InlineData("firstName=Jean&lastName=Petit&companyName=Autre", false)]
    [InlineData("firstName=Jeanne&lastName=Petit&companyName=Moulin d'Or", false)]
    [InlineData("email=", false)]
    public async Task Look_alikes(string typed, bool expected)
    {
        var owner = Cast.Anna;
        await using (var db = Db())
        {
            if (!Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.IgnoreQueryFilters(db.Set<Contact>()).Any(c => c.PrimaryEmail == "jean.petit@moulin.example"))
                await Server.InScopeAsync(owner.Eyes(), async s => (await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<SaveContact>(s).RunAsync(null, new ContactInput
                {
                    FirstName = "Jean", LastName = "Petit", CompanyName = "Moulin d'Or", Emails = [new PointInput { Value = "jean.petit@moulin.example" }], Phones = [new PointInput { Value = "06 98 76 54 32" }],
                }, CancellationToken.None)).Contact!.Id);
        }
        var page = (await As(owner).GetAsync("/contacts/duplicates?" + typed.Replace(" ", "%20", StringComparison.Ordinal))).Expect(200);
        Assert.Equal(expected, page.Html.Contains("Jean Petit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_of_a_contact_shows_its_look_alikes_and_never_itself()
    {
        var first = await Server.ContactAsync(Cast.Anna, "Zwilling", i => i.Emails = [new PointInput { Value = "z@zwilling.example" }]);
        Assert.Empty((await As(Cast.Anna).GetAsync($"/contacts/{first}")).All("#duplicates-title"));
        var second = await Server.ContactAsync(Cast.Anna, "Zwilling2", i => i.Emails = [new PointInput { Value = "Z@Zwilling.example" }]);
        var panel = (await As(Cast.Anna).GetAsync($"/contacts/{second}")).Find("section[aria-labelledby='duplicates-title']");
        Assert.Single(panel.QuerySelectorAll($"a[href='/contacts/{first}']"));
        Assert.Empty(panel.QuerySelectorAll($"a[href='/contacts/{second}']"));
    }
}
