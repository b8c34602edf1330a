using Liaison.Contacts;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

/// <summary>Names with umlauts, rings and strokes are the same however they are written.</summary>
public sealed class SpellingsTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("Mühlhäuser", "muehlhaeuser")]
    [InlineData("Mühlhäuser", "MUHLHAUSER")]
    [InlineData("Mühlhäuser", "mühlh")]
    [InlineData("Mühlhäuser", "muehlh")]
    [InlineData("Muehlmann", "mühlmann")]
    [InlineData("Muehlmann", "Mühl")]
    [InlineData("Rössler", "roessler")]
    [InlineData("Roeßling", "rößling")]
    [InlineData("Roeßling", "roessling")]
    [InlineData("Sørensen-Ås", "soerensen aas")]
    [InlineData("Soerensby", "sørensby")]
    [InlineData("Kjær", "kjaer")]
    [InlineData("Kjaergård", "kjærgaard")]
    [InlineData("Strauß", "strauss")]
    [InlineData("Straussen", "straußen")]
    [InlineData("Saint\u2011Étienne", "saint-etienne")]
    [InlineData("Saint\u2013Chamond", "saint-cham")]
    [InlineData("Saint\u2012Ouen", "Saint-Ouen")]
    [InlineData("Saint-Aubin", "saint\u2011aubin")]
    [InlineData("D\u2019Aboville", "d'aboville")]
    [InlineData("D'Ormesson", "d\u2019ormesson")]
    [InlineData("D\u2032Artagnan", "d'artagnan")]
    [InlineData("Jean Martin", "jean-martin")]
    [InlineData("Karl-Heinz", "karl heinz")]
    [InlineData("Karlheinze", "karl\u2011heinze")]
    [InlineData("Anne-Sophie", "annesophie")]
    [InlineData("Anne Luce", "anneluce", false)]
    [InlineData("O'Neil", "oneil")]
    [InlineData("O\u2019Brien", "obrien")]
    [InlineData("OConnor", "o'connor")]
    [InlineData("O Reilly", "o'reilly")]
    [InlineData("Mc Donald", "mcdonald")]
    [InlineData("McArthur", "mc arthur")]
    [InlineData("de la Fontaine", "delafontaine")]
    [InlineData("Müller-Lüdenscheidt", "muellerluedenscheidt")]
    [InlineData("D'Özil", "doezil")]
    [InlineData("Joeliette", "jolie", false)]
    [InlineData("Jolietta", "joelietta", false)]
    [InlineData("Samuelis", "samulis", false)]
    public async Task A_contact_is_found_by_either_spelling_and_only_by_one_that_is_meant(string name, string query, bool found = true)
    {
        await using (var db = Db()) if (!db.Set<Contact>().IgnoreQueryFilters().Any(c => c.LastName == name)) await Server.ContactAsync(Cast.Anna, name);
        using var api = Api(Cast.Anna);
        var escaped = Uri.EscapeDataString(query);
        Assert.Equal(found, (await api.GetAsync($"contacts?limit=500&q={escaped}"))["items"].EnumerateArray().Any(c => c.GetProperty("lastName").GetString() == name));
        Assert.Equal(found, (await As(Cast.Anna).GetAsync($"/search/suggest?q={escaped}")).Expect(200).Html.Contains(System.Net.WebUtility.HtmlEncode(name), StringComparison.Ordinal)
            || (await api.GetAsync($"search?limit=500&q={escaped}"))["items"].EnumerateArray().Any(h => h.GetProperty("title").GetString()!.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Marie-Ange", "marieange", "Marie-Ange")]
    [InlineData("O'Kelly", "okelly", "O'Kelly")]
    [InlineData("Mac Gregor", "macgregor", "Mac Gregor")]
    [InlineData("Garcia de Leon", "deleon", "de Leon")]
    [InlineData("Bernard-Luc", "bernard-luc", "Bernard|Luc")]
    public async Task What_was_looked_for_is_marked_where_it_stands_in_parts(string name, string query, string marked)
    {
        var id = await Server.ContactAsync(Cast.Anna, name);
        var page = (await As(Cast.Anna).GetAsync($"/search?q={query}")).Expect(200);
        Assert.Equal(marked.Split('|'), page.Find($"a[href='/contacts/{id}']").QuerySelectorAll("mark").Select(m => m.TextContent));
    }

    [Theory]
    [InlineData("Jörg", "Möller", "Joerg", "Moeller")]
    [InlineData("Joerg", "Moellers", "Jörg", "Möllers")]
    [InlineData("Jörg", "Moellerli", "Joerg", "Möllerli")]
    [InlineData("Joel", "Möllerin", "Joel", "Moellerin")]
    [InlineData("Åse", "Bjørn", "Aase", "Bjoern")]
    [InlineData("Michael", "Weiß", "Michael", "Weiss")]
    [InlineData("Joel", "Bastian", "Jol", "Bastian", false)]
    [InlineData("Noa", "Duell", "Noa", "Dull", false)]
    public async Task Somebody_written_in_the_other_spelling_may_be_the_same(string first, string last, string typedFirst, string typedLast, bool alike = true)
    {
        await Server.ContactAsync(Cast.Anna, last, i => i.FirstName = first);
        var page = (await As(Cast.Anna).GetAsync($"/contacts/duplicates?firstName={Uri.EscapeDataString(typedFirst)}&lastName={Uri.EscapeDataString(typedLast)}")).Expect(200);
        Assert.Equal(alike, page.Text.Contains($"{first} {last}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Löwenbräu", "lowenbrau", "loewenbraeu")]
    [InlineData("Saint\u2011Malo", "saint\u2010malo", "saint-malo")]
    [InlineData("Saint\u2013Denis", "saint\u2013denis", "saint-denis")]
    [InlineData("O'Malley", "o'malley", "omalley")]
    [InlineData("von Bülach", "von bulach", "vonbulach")]
    public async Task Contacts_from_before_get_their_other_spelling_in_the_background(string name, string before, string query)
    {
        var id = await Server.ContactAsync(Cast.Anna, name);
        await using (var db = Db())
        {
            var version = await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == id).Select(c => c.Version).SingleAsync();
            await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.SearchText, "marie " + before).SetProperty(c => c.SortName, before + " marie"));
            db.Enqueue("contacts.spellings", new { });
            await db.SaveChangesAsync();
            await Server.RunJobsAsync();
            Assert.Equal(version, await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == id).Select(c => c.Version).SingleAsync());
        }
        Assert.Equal(name, (await Api(Cast.Anna).GetAsync("contacts?q=" + query))["items"].EnumerateArray().Single().GetProperty("lastName").GetString());
        await using var now = Db();
        Assert.Equal(SearchText.Fold(name + " Marie"), await now.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == id).Select(c => c.SortName).SingleAsync());
    }

    [Fact]
    public async Task Firms_from_before_are_known_by_their_initials_too()
    {
        var id = (await Api(Cast.Anna).PostAsync("contacts", new { kind = "company", companyName = "S.A.R.L. Vieux Port" })).Expect(201).Id;
        await using (var db = Db())
        {
            await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.NameKey, "s a r l vieux port|"));
            db.Enqueue("contacts.spellings", new { });
            await db.SaveChangesAsync();
        }
        await Server.RunJobsAsync();
        var found = (await Api(Cast.Anna).PostAsync("contacts/duplicates", new { kind = "company", companyName = "Vieux Port SARL" })).Expect(200);
        Assert.Equal(id, Assert.Single(found["items"].EnumerateArray()).GetProperty("id").GetInt64());
    }
}
