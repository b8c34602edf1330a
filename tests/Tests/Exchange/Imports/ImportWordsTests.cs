using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>Types, temperatures, tags and companies that a file names.</summary>
public sealed class ImportWordsTests(LiaisonServer server) : HttpTests(server)
{
    private static string Rows(string name, params string[] types) =>
        "First name,Last name,E-mail,Contact type\n" + string.Concat(types.Select((t, i) => $"A,{name}{i},{name}{i}@words.example,{t}\n"));

    [Fact]
    public async Task An_unknown_type_is_added_by_whoever_may_and_goes_with_the_undo()
    {
        using var api = Api(Cast.Admin);
        var file = Rows("added", "Client", "Supplier", "Reseller", "reseller");
        var dry = (await api.UploadAsync("types.csv", file)).Expect(201);
        (await api.PostAsync($"imports/{dry.Id}/dry-run")).ExpectSuccess();
        var told = await api.SettledAsync(dry.Id);
        Assert.Equal((4, 0, 0, 0), told.Counts());
        Assert.Contains("Reseller", told["notices"][0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["client", "competitor", "partner", "supplier"], await TypesAsync());
        Assert.Contains("Reseller", (await As(Cast.Admin).GetAsync($"/imports/{dry.Id}")).Find(".notices").TextContent, StringComparison.Ordinal);

        (await api.PostAsync($"imports/{dry.Id}/run")).ExpectSuccess();
        Assert.Equal((4, 0, 0, 0), (await api.SettledAsync(dry.Id)).Counts());
        Assert.Equal(["client", "competitor", "partner", "reseller", "supplier"], await TypesAsync());
        await using (var db = Db()) Assert.Equal(2, await db.Set<Contact>().CountAsync(c => c.TypeId == db.Set<ContactType>().Single(t => t.Name == "Reseller").Id));

        (await api.PostAsync($"imports/{dry.Id}/undo")).ExpectSuccess();
        await api.SettledAsync(dry.Id);
        Assert.Equal(["client", "competitor", "partner", "supplier"], await TypesAsync());
    }

    [Fact]
    public async Task Without_the_right_the_contact_comes_without_a_type_and_a_warning()
    {
        using var api = Api(Cast.Anna);
        // The odd words come behind what is looked at for the suggestion.
        var file = "Last name,E-mail,Contact type,Rating\n" + string.Concat(Enumerable.Range(0, 230).Select(i => $"Late{i},late{i}@words.example,{(i < 220 ? "Client" : "Revendeur")},{(i < 205 ? "Hot" : "A+")}\n"));
        var import = await api.ImportAsync("late.csv", file);
        Assert.Equal((230, 0, 0, 0), import.Counts());
        Assert.Equal(["Revendeur 10", "A+ 25"], import["notices"].EnumerateArray().Select(n => $"{n.GetProperty("value")} {n.GetProperty("rows")}").OrderDescending());
        await using var db = Db();
        Assert.Equal(220, await db.Set<Contact>().CountAsync(c => c.ImportId == import.Id && c.TypeId != null));
        Assert.False(await db.Set<Temperature>().AnyAsync(t => t.Name == "A+"));
    }

    [Fact]
    public async Task A_type_of_the_whole_file_fills_only_what_is_empty()
    {
        using var api = Api(Cast.Anna);
        await api.ImportAsync("typed.csv", Rows("whole", "Client", ""));
        var import = await api.ImportAsync("typed.csv", Rows("whole", "", ""), ("duplicates", "update"), ("type", "partner"));
        Assert.Equal((0, 1, 1, 0), import.Counts());
        await using var db = Db();
        Assert.Equal(["client", "partner"], await db.Set<Contact>().Where(c => c.LastName.StartsWith("whole")).OrderBy(c => c.LastName).Select(c => db.Set<ContactType>().Single(t => t.Id == c.TypeId).Key).ToListAsync());
    }

    [Fact]
    public async Task The_undo_takes_the_tags_that_the_import_made_and_no_other()
    {
        using var api = Api(Cast.Anna);
        await using (var db = Db()) { db.Add(new Tag { Name = "There before", Key = "there before" }); await db.SaveChangesAsync(); }
        var import = await api.ImportAsync("tags.csv", "Last name,E-mail,Tags\nTagged,tagged@words.example,\"There before, From a cell\"\n", ("tags", "From an option"));
        Assert.Equal(["From a cell", "From an option", "There before"], await TagsAsync());
        (await api.PostAsync($"imports/{import.Id}/undo")).ExpectSuccess();
        await api.SettledAsync(import.Id);
        Assert.Equal(["There before"], await TagsAsync());
    }

    [Fact]
    public async Task Companies_made_because_rows_name_them_are_counted_on_top()
    {
        using var api = Api(Cast.Anna);
        await api.PostAsync("contacts", new { kind = "company", companyName = "Known Ltd" });
        // One is known, one comes as a row of its own later, one is named twice.
        var file = "First name,Last name,Company,Person or company\nA,A,Known Ltd,person\nB,B,Later Ltd,person\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => $"F,Filler{i},,person\n")) + "C,C,Twice Ltd,person\nD,D,TWICE LTD,person\n,,Later Ltd,company\nE,E,Other Ltd,person\n";
        var dry = (await api.UploadAsync("firms.csv", file)).Expect(201);
        (await api.PostAsync($"imports/{dry.Id}/dry-run")).ExpectSuccess();
        Assert.Equal(2, (await api.SettledAsync(dry.Id))["companies"].GetInt64());
        (await api.PostAsync($"imports/{dry.Id}/run")).ExpectSuccess();
        var done = await api.SettledAsync(dry.Id);
        Assert.Equal((1206, 0, 0, 0), done.Counts());
        Assert.Equal(2, done["companies"].GetInt64());
        await using (var db = Db()) Assert.Equal(1206 + 2, await db.Set<Contact>().CountAsync(c => c.ImportId == dry.Id));
        var page = await As(Cast.Anna).GetAsync($"/imports/{dry.Id}");
        Assert.Contains("2 entreprises", page.Find($"a[href='/contacts?import={dry.Id}&kind=company']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_contact_that_is_hidden_only_whom_to_ask_is_told()
    {
        using var ben = Api(Cast.Ben);
        await ben.PostAsync("contacts", new { firstName = "Very", lastName = "Secret", emails = new[] { new { value = "secret@words.example" } } });
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("hidden.csv", "Last name,E-mail\nSeen,seen@words.example\nOther,Secret@words.example\n");
        Assert.Equal((2, 0, 0, 0), import.Counts());
        var rows = (await api.GetAsync($"imports/{import.Id}/rows"))["items"];
        Assert.Empty(rows[0].GetProperty("messages").EnumerateArray());
        var message = rows[1].GetProperty("messages").EnumerateArray().Single();
        Assert.Equal($"A contact with “Secret@words.example” exists that you cannot see; ask {Cast.Ben.Name}.", message.GetProperty("message").GetString());
        Assert.False(message.GetProperty("refuses").GetBoolean());
        Assert.Contains(Cast.Ben.Name, import["notices"].EnumerateArray().Single().GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty((await Api(Cast.Admin).ImportAsync("seen.csv", "Last name,E-mail\nX,secret@words.example\n"))["notices"].EnumerateArray());
    }

    private async Task<List<string>> TypesAsync()
    {
        await using var db = Db();
        return await db.Set<ContactType>().OrderBy(t => t.Key).Select(t => t.Key).ToListAsync();
    }

    private async Task<List<string>> TagsAsync()
    {
        await using var db = Db();
        return await db.Set<Tag>().OrderBy(t => t.Name).Select(t => t.Name).ToListAsync();
    }
}
