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
    [InlineData("csv", "fr"), InlineData("csv", "en"), InlineData("xlsx", "fr"), InlineData("xlsx", "en")]
    public async Task What_was_exported_and_imported_into_an_empty_base_is_exported_the_same(string format, string language)
    {
        await FillAsync();
        await using var other = new LiaisonServer();
        await other.InitializeAsync();
        other.Clock.Advance(TimeSpan.FromDays(3));
        var everything = await Speaking(Server, language).GetByteArrayAsync("exports/contacts?format=" + format);
        var import = await other.Api(Cast.Admin).ImportAsync("export." + format, everything);
        Assert.Equal((12, 0, 0, 0), import.Counts());
        Assert.Equal(await Speaking(Server, language).GetStringAsync("exports/contacts?fields=" + Fields), await Speaking(other, language).GetStringAsync("exports/contacts?fields=" + Fields));
    }

    [Theory]
    [InlineData("csv", "fr"), InlineData("csv", "en"), InlineData("xlsx", "fr"), InlineData("xlsx", "en"), InlineData("vcf", "fr"), InlineData("vcf3", "en")]
    public async Task Odd_values_come_back_as_they_were(string format, string language)
    {
        await using var one = new LiaisonServer();
        await using var other = new LiaisonServer();
        await one.InitializeAsync();
        await other.InitializeAsync();
        await SaveAsync(one, Odd);
        other.Clock.Advance(TimeSpan.FromDays(3));
        var everything = await Speaking(one, language).GetByteArrayAsync("exports/contacts?format=" + format);
        var import = await other.Api(Cast.Admin).ImportAsync("export." + format[..3], everything);
        Assert.Equal((import["rows"].GetInt64(), 0, 0, 0), import.Counts());
        Assert.Equal(Lines(await Speaking(one, language).GetStringAsync("exports/contacts?fields=" + Fields)), Lines(await Speaking(other, language).GetStringAsync("exports/contacts?fields=" + Fields)));
    }

    private static List<string> Lines(string file) => [.. file.Split("\r\n").Order(StringComparer.Ordinal)];

    private static readonly ContactInput[] Odd =
    [
        .. new[] { "=1+1", "+ plus", "-minus", "@at", "\u2019t Hooft", "'quote", "''two", "\"said\"", "a\tb", "A ::: B", "x, y; z|w", "🎉 Fête", "שלום עולם", "مرحبا", "=cmd|' /C calc'!A0", "＝wide", "NULL", "n/a", "-", "0612", "1.2E+11", "03/04/2021", "[list]", "{a,b}", "Accounts::::X", "e\u0301 combined", "a\u00A0b", "C:\\temp\\new", "100 %", "x (y)", "<b>&amp;</b>", "Dr. Who Jr.", "van der Berg" }
            .Select((name, i) => new ContactInput { FirstName = i % 2 == 0 ? name : "Ann", LastName = i % 2 == 0 ? "Odd" : name, JobTitle = name, Industry = name, Tags = [name.Length > 100 ? "t" : name.Replace(",", "", StringComparison.Ordinal), "b,c", "d;e", "say \"x\""], Description = $"{name}\nzwei\n\n{name}",
                Addresses = [new() { Category = "home", Street = name + "\n" + name, City = name, Zip = "00100", State = name, Country = name }, new() { Category = "other", Street = "FR" , Country = "FR", Primary = true }], Emails = [new() { Value = $"odd{i}@x.example", Category = "home" }] }),
        // Alike in everything: the file says that they are two.
        new() { FirstName = "Jean", LastName = "Twin", Emails = [new() { Value = "twin@x.example", Category = "work" }] },
        new() { FirstName = "Jean", LastName = "Twin", Emails = [new() { Value = "twin@x.example", Category = "work" }] },
        new() { CompanyName = "Twin Acme", Kind = ContactKind.Company },
        new() { CompanyName = "Twin Acme", Kind = ContactKind.Company },
        new() { CompanyName = "Same SARL", Emails = [new() { Value = "one@same.example", Category = "work" }] },
        new() { CompanyName = "Same SARL", Emails = [new() { Value = "two@same.example", Category = "work" }] },
        new() { CompanyName = "=Sum & Co", Kind = ContactKind.Company, Phones = [new() { Value = "+33 6 12", Category = "work" }, new() { Value = "+33612345678", Category = "fax" }, new() { Value = "-", Category = "home" }, new() { Value = "=1", Category = "other", Primary = true }] },
        new() { FirstName = "Ann", LastName = "Company", CompanyName = "=Sum & Co", Websites = [new() { Value = "https://x.example/?a=1&b=\"2\"", Category = "home" }, new() { Value = "x.example", Category = "work", Primary = true }], Socials = [new() { Value = "@ann", Category = "x" }, new() { Value = "live:ann", Category = "skype" }, new() { Value = "https://www.linkedin.com/in/ann", Category = "linkedin", Primary = true }] },
        new() { FirstName = new string('é', 200), LastName = string.Concat(Enumerable.Repeat("🎉", 100)), JobTitle = new string('x', 200), CompanyName = new string('C', 300), Description = string.Concat(Enumerable.Repeat("long \"text\"; with, all\tof it\n", 1100)).Trim() },
    ];

    private async Task FillAsync()
    {
        await using (var db = Db()) if (db.Contacts().Any()) return;
        // Lists that an administrator has changed travel with the contacts.
        using var api = Api(Cast.Admin);
        (await api.PostAsync("contact-types", new { name = "Revendeur agréé" })).Expect(201);
        (await api.PostAsync("temperatures", new { name = "A+" })).Expect(201);
        await SaveAsync(Server,
        [
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
        ]);
    }

    private static async Task SaveAsync(LiaisonServer server, ContactInput[] inputs)
    {
        foreach (var input in inputs)
        {
            var problems = await server.InScopeAsync(new Viewer { UserId = Cast.Admin.Id, SeesAll = true, MayAll = true },
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
