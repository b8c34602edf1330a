using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liaison.Tests.Exchange;

public sealed class RoundTripTests(LiaisonServer server) : HttpTests(server)
{
    private const string Fields = "kind,type,firstName,lastName,companyName,jobTitle,emails,phones,addresses,websites,socials,industry,description,tags,responsible,access,currency,temperature,createdAt";

    [Theory]
    [InlineData("fr"), InlineData("en")]
    public async Task What_was_exported_and_imported_into_an_empty_base_is_exported_the_same(string language)
    {
        await FillAsync();
        await using var other = new LiaisonServer();
        await other.InitializeAsync();
        other.Clock.Advance(TimeSpan.FromDays(3));
        var everything = await Speaking(Server, language).GetByteArrayAsync("exports/contacts");
        var import = await other.Api(Cast.Admin).ImportAsync("export.csv", everything);
        Assert.Equal((12, 0, 0, 0), import.Counts());
        Assert.Equal(await Speaking(Server, language).GetStringAsync("exports/contacts?fields=" + Fields), await Speaking(other, language).GetStringAsync("exports/contacts?fields=" + Fields));
    }

    private async Task FillAsync()
    {
        await using (var db = Db()) if (db.Contacts().Any()) return;
        // Lists that an administrator has changed travel with the contacts.
        using var api = Api(Cast.Admin);
        (await api.PostAsync("contact-types", new { name = "Revendeur agréé" })).Expect(201);
        (await api.PostAsync("temperatures", new { name = "A+" })).Expect(201);
        foreach (var input in new ContactInput[]
        {
            new() { Kind = ContactKind.Company, CompanyName = "Müller & Söhne; GmbH", Industry = "Mécanique", Currency = "CHF", Access = ContactAccess.ReadWrite, Websites = [new() { Value = "https://mueller.example" }] },
            // Persons that differ only by what the file does not say must stay two.
            new() { FirstName = "Jean", LastName = "Martin", CompanyName = "Müller & Söhne; GmbH", Emails = [new() { Value = "jean@mueller.example" }] },
            new() { FirstName = "Jean", LastName = "Martin", CompanyName = "Müller & Söhne; GmbH", Emails = [new() { Value = "jean.martin@mueller.example" }] },
            new() { FirstName = "Élodie", LastName = "d’Œuvre", JobTitle = "=Directrice", Type = "client", Temperature = "hot", Tags = ["Salon 2026", "a, b", "c;d"], Access = ContactAccess.Read,
                Description = "Ligne 1\nLigne 2 ; « guillemets » \"et\" +virgule,", Emails = [new() { Value = "elodie@home.example", Category = "home" }, new() { Value = "elodie@work.example", Category = "work", Primary = true }, new() { Value = "e2@work.example", Category = "work" }],
                Phones = [new() { Value = "+33 6 12 34 56 78", Category = "mobile" }, new() { Value = "06.11.22.33.44", Category = "mobile" }, new() { Value = "(01) 23-45", Category = "fax" }],
                Socials = [new() { Value = "https://linkedin.com/in/elodie", Category = "linkedin" }, new() { Value = "@elodie", Category = "x" }],
                Addresses = [new() { Category = "home", Street = "1 rue A\nbât. B", Zip = "01000", City = "Bourg-en-Bresse", Country = "France" }, new() { Category = "billing", Street = "2 rue C", Zip = "69001", City = "Lyon", Primary = true }] },
            new() { LastName = "Seule", Type = "revendeurAgree", Temperature = "a",
                Addresses = [new() { Category = "office", Street = "1 rue A", City = "Paris" }, new() { Category = "office", Street = "2 rue B", City = "Lyon", Primary = true }] }, new() { FirstName = "Prénom" }, new() { Emails = [new() { Value = "sans.nom@example.com", Category = "work" }] },
            new() { CompanyName = "Müller & Söhne; GmbH", Emails = [new() { Value = "accueil@mueller.example", Category = "work" }] },
            // What means "nothing" in other files is a name here.
            new() { FirstName = "-", LastName = "NULL", CompanyName = "null", Industry = "--", JobTitle = "#N/A", Addresses = [new() { Category = "office", Street = "1 ::: 2", Zip = "'0123", City = "A ::: B", Country = "\\n" }] },
            new() { FirstName = "\\n", LastName = "X ::: Y", Industry = "#N/A", Tags = ["* a ::: b"], Phones = [new() { Value = "01 ::: 02", Category = "work" }, new() { Value = "tel:0612", Category = "fax", Primary = true }] },
            new() { FirstName = "Ben", LastName = "Responsable", Responsibles = [Cast.Anna.Id, Cast.Ben.Id] },
        })
        {
            var problems = await Server.InScopeAsync(new Viewer { UserId = Cast.Admin.Id, SeesAll = true, MayAll = true },
                async services => (await services.GetRequiredService<SaveContact>().RunAsync(null, input, TestContext.Current.CancellationToken)).Problems);
            Assert.Empty(problems.All);
        }
    }

    private static HttpClient Speaking(LiaisonServer server, string language)
    {
        var http = server.Api(Cast.Admin).Http;
        http.DefaultRequestHeaders.AcceptLanguage.Clear();
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return http;
    }
}
