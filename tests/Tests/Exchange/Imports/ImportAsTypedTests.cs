using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>What an import writes is what the same records typed in would be: whose a company is wherever its row stands, what is no character, no action yet.</summary>
public sealed class ImportAsTypedTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData(0)]
    [InlineData(3100)]
    public async Task Its_own_row_says_who_is_responsible(int between)
    {
        using var api = Api(Cast.Anna);
        var name = $"Firm {between}";
        var rows = string.Concat(Enumerable.Range(0, between).Select(i => $"person,Between{between}x{i},,\n"));
        var import = await api.ImportAsync("own.csv", $"kind,lastName,companyName,responsible\nperson,First{between},{name},{Cast.Ben.Email}\n{rows}company,,{name},\n", ("duplicates", "create"));
        Assert.Equal((between + 2, 0, 0, 0), import.Counts());
        await using var db = Db();
        var id = import.Id;
        var company = await db.Set<Contact>().IgnoreQueryFilters().Include(c => c.Responsibles).SingleAsync(c => c.ImportId == id && c.CompanyName == name && c.Kind == ContactKind.Company);
        Assert.Equal([Cast.Anna.Id], company.Responsibles.Select(r => r.UserId));
        Assert.Equal(company.Id, (await db.Set<Contact>().IgnoreQueryFilters().SingleAsync(c => c.ImportId == id && c.LastName == $"First{between}")).CompanyId);
    }

    [Fact]
    public async Task A_company_that_a_row_gave_to_somebody_else_is_not_made_again()
    {
        using var api = Api(Cast.Anna);
        var rows = string.Concat(Enumerable.Range(0, 8200).Select(i => $"Theirs{i},{(i % 4100 == 0 ? "Firm of Ben" : "")},{Cast.Ben.Email}\n"));
        var import = await api.ImportAsync("theirs.csv", "lastName,companyName,responsible\n" + rows, ("duplicates", "skip"));
        Assert.Equal((8200, 0, 0, 0, 1), (import.Counts().Item1, import.Counts().Item2, import.Counts().Item3, import.Counts().Item4, import["companies"].GetInt64()));
        await using var db = Db();
        var id = import.Id;
        var company = await db.Set<Contact>().IgnoreQueryFilters().SingleAsync(c => c.ImportId == id && c.Kind == ContactKind.Company);
        Assert.Equal(2, await db.Set<Contact>().IgnoreQueryFilters().CountAsync(c => c.ImportId == id && c.CompanyId == company.Id));
    }

    [Fact]
    public async Task What_was_imported_had_no_action_and_is_paged_by_its_last_one()
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("still.csv", "lastName\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"Still{i}\n")), ("duplicates", "create"));
        await using var db = Db();
        var id = import.Id;
        Assert.Equal(5, await db.Set<Contact>().IgnoreQueryFilters().CountAsync(c => c.ImportId == id && c.LastActivityAt == Kernel.Time.Moments.Never));
        foreach (var sort in new[] { "lastAction", "-lastAction" })
        {
            var names = new List<string?>();
            for (string? next = ""; next is not null;)
            {
                var page = (await api.GetAsync($"contacts?import={id}&sort={sort}&limit=2{(next.Length == 0 ? "" : "&cursor=" + Uri.EscapeDataString(next))}")).Expect(200);
                names.AddRange(page["items"].EnumerateArray().Select(i => i.GetProperty("lastName").GetString()));
                next = page["nextCursor"].GetString();
            }
            Assert.Equal(["Still0", "Still1", "Still2", "Still3", "Still4"], names.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_no_character_stops_nothing()
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("none.csv", "Last name,Company,Tags\nA\uFFFEb,Firm\uFFFE,t\uFFFEag\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => $"None{i},,\n")) + "Late\uFFFE,,\n", ("duplicates", "skip"));
        Assert.Equal((1202, 0, 0, 0), import.Counts());
        (await api.PostAsync("contacts", new { kind = "person", firstName = "a\uFFFEb", lastName = "Nonce" })).Expect(201);
        (await api.GetAsync("contacts?q=a%EF%BF%BEb")).Expect(200);
        (await api.GetAsync("tags?q=t%EF%BF%BE")).Expect(200);
    }
}
