using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
    [InlineData("phone=33698765432", true)]
    [InlineData("phone=33 6 98 76 54 32", true)]
    [InlineData("phone=%2B330698765432", true)]
    [InlineData("phone=0033 (0) 6 98 76 54 32", true)]
    [InlineData("phone=00330698765432", true)]
    [InlineData("phone=06 98 76 54 33", false)]
    [InlineData("phone=33698765433", false)]
    [InlineData("phone=%2B32 6 98 76 54 33", false)]
    [InlineData("firstName=jean&lastName=PETIT&companyName=Moulin d’Or", true)]
    [InlineData("firstName=Petit&lastName=Jean&companyName=moulin d'or SARL", true)]
    [InlineData("firstName=Jéan&lastName=Pètit&companyName=Moulin d'Or Ltd", true)]
    [InlineData("firstName=Jean&lastName=Petit&companyName=S.A.R.L. Moulin d'Or", true)]
    [InlineData("firstName=Jean&lastName=Petit&companyName=Moulin d'Or S.p.A", true)]
    [InlineData("firstName=Jean&lastName=Petit&companyName=Moulin d'Or N.R.F.", false)]
    [InlineData("firstName=Jean&lastName=Petit&companyName=Autre", false)]
    [InlineData("firstName=Jeanne&lastName=Petit&companyName=Moulin d'Or", false)]
    [InlineData("email=", false)]
    public async Task Look_alikes(string typed, bool expected)
    {
        var owner = Cast.Anna;
        await using (var db = Db())
        {
            if (!db.Set<Contact>().IgnoreQueryFilters().Any(c => c.PrimaryEmail == "jean.petit@moulin.example"))
                await Server.InScopeAsync(owner.Eyes(), async s => (await s.GetRequiredService<SaveContact>().RunAsync(null, new ContactInput
                {
                    FirstName = "Jean", LastName = "Petit", CompanyName = "Moulin d'Or", Emails = [new PointInput { Value = "jean.petit@moulin.example" }], Phones = [new PointInput { Value = "06 98 76 54 32" }],
                }, CancellationToken.None)).Contact!.Id);
        }
        var page = (await As(owner).GetAsync("/contacts/duplicates?" + typed.Replace(" ", "%20", StringComparison.Ordinal))).Expect(200);
        Assert.Equal(expected, page.Html.Contains("Jean Petit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("33611223344", "+33 6 11 22 33 44")]
    [InlineData("0033 6 11 22 33 45", "06.11.22.33.45")]
    [InlineData("+33 (0)6 11 22 33 46", "33611223346")]
    [InlineData("+86 138 1234 5678", "13812345678")]
    [InlineData("+55 31 98765-4321", "(31) 98765-4321")]
    [InlineData("441632960961", "01632 960961")]
    [InlineData("212612345679", "06 12 34 56 79")]
    public async Task A_number_is_found_in_each_of_its_notations(string stored, string other)
    {
        var id = await Server.ContactAsync(Cast.Anna, "Numéro", i => i.Phones = [new PointInput { Value = stored }]);
        using var api = Api(Cast.Anna);
        foreach (var notation in new[] { stored, other })
        {
            Assert.Contains(id, (await api.GetAsync("contacts?q=" + Uri.EscapeDataString(notation))).Expect(200)["items"].EnumerateArray().Select(c => c.GetProperty("id").GetInt64()));
            Assert.Contains(id, (await api.PostAsync("contacts/duplicates", new { phones = new[] { new { value = notation } } })).Expect(200)["items"].EnumerateArray().Select(c => c.GetProperty("id").GetInt64()));
        }
    }

    [Fact]
    public async Task Numbers_stored_before_are_compared_as_those_stored_now()
    {
        // Value, and what it was compared by before.
        (string Value, string Before)[] rows =
        [
            ("33611223355", "33611223355"), ("33 6 11 22 33 56", "33611223356"), ("+33 6 11 22 33 57", "611223357"), ("0341 12345678", "34112345678"), ("+86 138 1234 5679", "13812345679"),
            ("31 98765-4322", "31987654322"), ("212612345670", "212612345670"), ("+55 31 98765-4323", "31987654323"), ("0033611223358", "611223358"), ("4401632960962", "4401632960962"),
        ];
        var id = await Server.ContactAsync(Cast.Anna, "Alt", i => i.Phones = [.. rows.Select(r => new PointInput { Value = r.Value })]);
        await using var db = Db();
        foreach (var (value, before) in rows)
            await db.InTransactionAsync(() => db.Set<ContactPoint>().Where(p => p.ContactId == id && p.Value == value).ExecuteUpdateAsync(s => s.SetProperty(p => p.Normal, before)), TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = '202611260040_PhonesWithoutPlus'""", TestContext.Current.CancellationToken);
        await Server.Services.GetRequiredService<Kernel.Data.Migrations.Migrator>().RunAsync(TestContext.Current.CancellationToken);
        foreach (var point in await db.Set<ContactPoint>().AsNoTracking().Where(p => p.ContactId == id).ToListAsync(TestContext.Current.CancellationToken))
            Assert.Equal((point.Value, ContactPoint.NormalOf(PointKind.Phone, point.Value)), (point.Value, point.Normal));
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

    [Fact]
    public async Task A_stored_contact_has_the_look_alikes_that_it_had_while_it_was_typed()
    {
        PointInput[] Phone(string number) => [new() { Value = number }];
        PointInput[] Email(string address) => [new() { Value = address }];
        ContactInput[] all =
        [
            new() { FirstName = "Jürgen", LastName = "Müller", CompanyName = "Gleich AG", Emails = [.. Email("JM@gleich.example")], Phones = [.. Phone("06 55 44 33 22")] },
            new() { FirstName = "Juergen", LastName = "Mueller", CompanyName = "Gleich" },
            new() { FirstName = "Mueller", LastName = "Jurgen", CompanyName = "gleich GmbH", Emails = [.. Email("other@gleich.example"), .. Email("jm@gleich.example")] },
            new() { FirstName = "Ohne", LastName = "Namen", Phones = [.. Phone("+33 6 55 44 33 22"), .. Phone("1234")] },
            new() { FirstName = "Kurze", LastName = "Nummer", Phones = [.. Phone("1234")] },
            .. Enumerable.Range(1, 7).Select(n => new ContactInput { FirstName = $"Zentrale{n}", LastName = "Apparat", CompanyName = "Vermittlung", Phones = [.. Phone("01 77 66 55 44")], Emails = [.. Email(n > 5 ? "zentrale@vermittlung.example" : $"z{n}@vermittlung.example")] }),
            new() { Kind = ContactKind.Company, CompanyName = "Gleich SARL" },
            new() { FirstName = "X", LastName = "Y" },
            new() { FirstName = "Y", LastName = "X" },
        ];
        var ids = new List<long>();
        foreach (var input in all)
            ids.Add(await Server.InScopeAsync(Cast.Anna.Eyes(), async s => (await s.GetRequiredService<SaveContact>().RunAsync(null, input, CancellationToken.None)).Contact!.Id));
        using var api = Api(Cast.Anna);
        var found = 0;
        foreach (var id in ids)
        {
            var stored = (await api.GetAsync($"contacts/{id}")).Expect(200).Json;
            var typed = (await api.PostAsync($"contacts/duplicates?except={id}", new
            {
                kind = stored.GetProperty("kind"), firstName = stored.GetProperty("firstName"), lastName = stored.GetProperty("lastName"), companyName = stored.GetProperty("companyName"),
                emails = stored.GetProperty("emails"), phones = stored.GetProperty("phones"),
            })).Expect(200)["items"].EnumerateArray().Select(c => $"/contacts/{c.GetProperty("id").GetInt64()}").ToList();
            var shown = (await As(Cast.Anna).GetAsync($"/contacts/{id}")).All("section[aria-labelledby='duplicates-title'] a[href^='/contacts/']").Select(a => a.GetAttribute("href")!).Distinct();
            Assert.Equal((id, string.Join(' ', typed)), (id, string.Join(' ', shown)));
            found += typed.Count;
        }
        Assert.InRange(found, 7 * 5, 100);
    }
}
