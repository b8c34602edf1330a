using Liaison.Kernel.Texts;
using System.Text;
using Liaison.Access;
using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Access;
using Liaison.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liaison.Tests.Exchange;

public sealed class ExportTests(LiaisonServer server) : HttpTests(server)
{
    private static readonly string[] Dangerous = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\tx", "'=already", "''quoted", "＝1", "a;b", "say \"hi\"", "line\nbreak", "+33 6 12 34 56 78", "-12.5"];

    [Fact]
    public async Task French_files_have_semicolons_a_byte_order_mark_status_and_last_action()
    {
        var contact = await SaveAsync(Cast.Anna, new() { LastName = "Exportée", FirstName = "Élodie", Emails = [new() { Value = "elodie@export.example" }], Tags = ["Salon 2026", "a, b"] });
        await RecordAsync(Cast.Anna, new() { ContactId = contact.Id, Type = "email", Details = "Présentation", Campaign = "Salon" });
        using var reply = await French(Cast.Anna).GetAsync($"exports/contacts?ids={contact.Id}");
        var bytes = await reply.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith("attachment", reply.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        var row = Single(bytes);
        Assert.Equal("Prospect", row["Statut"]);
        Assert.Equal("un e-mail a été envoyé", row["Cause du statut"]);
        Assert.Equal("E-mail", row["Dernière action (type)"]);
        Assert.Equal("Présentation", row["Dernière action (commentaire)"]);
        Assert.Equal("Salon", row["Dernière action (campagne)"]);
        Assert.Equal(["Salon 2026", "a, b"], WordList.SplitCell(row["Étiquettes"]).Order(StringComparer.Ordinal));
        Assert.Equal(Cast.Anna.Email, row["Responsables"]);
    }

    [Theory]
    [InlineData("format=csv", 422), InlineData("format=xlsx", 422), InlineData("format=vcf", 302), InlineData("format=csv&fields=id", 302)]
    public async Task A_table_without_a_column_is_asked_about_and_the_choice_is_kept(string choice, int status)
    {
        var contact = await SaveAsync(Cast.Anna, new() { LastName = "Sans colonne" });
        using var browser = As(Cast.Anna);
        var page = await browser.PeekAsync($"/exports/contacts/fields?ids={contact.Id}&chosen=true&{choice}");
        Assert.Equal(status, page.Status);
        if (status == 302)
        {
            Assert.Equal($"/exports/contacts?ids={contact.Id}&{choice}", page.Location);
            return;
        }
        Assert.Contains("Cochez au moins un champ", page.Find(".errors a[href='#id']").TextContent, StringComparison.Ordinal);
        Assert.Equal(choice["format=".Length..], page.Find("[name=format][checked]").GetAttribute("value"));
        Assert.Empty(page.All("[name=fields][checked]"));
        Assert.Equal($"{contact.Id}", page.Find("[name=ids]").GetAttribute("value"));
    }

    [Fact]
    public async Task Cells_that_a_spreadsheet_would_run_are_harmless_and_come_back_unchanged()
    {
        foreach (var text in Dangerous)
        {
            var contact = await SaveAsync(Cast.Anna, new() { LastName = "Formule", Description = text });
            var stored = contact.Description;
            var bytes = await French(Cast.Anna).GetByteArrayAsync($"exports/contacts?ids={contact.Id}&fields=lastName,description");
            var cell = Cells(bytes)[1][1];
            Assert.False(cell.Length > 0 && "=@\t\r\n＝＋－＠".Contains(cell[0], StringComparison.Ordinal), $"{text} was written as {cell}");
            Assert.Equal(stored, CsvText.Unescape(cell));
        }
    }

    // A French Excel opens the English file and takes each semicolon for a separator, quotes or not; line breaks end the row.
    [Theory]
    [InlineData("en", ';', "x;=1+1"), InlineData("en", ';', "x;\"=1+1&\";"), InlineData("en", ';', "x\n=1+1"), InlineData("fr", ',', "x,@SUM(A1)"), InlineData("fr", ',', "x,''-2+3,-5"), InlineData("en", '\t', "x\t\t+1+1")]
    public async Task A_separator_of_another_language_gives_nothing_to_run(string language, char separator, string text)
    {
        var contact = await SaveAsync(Cast.Anna, new() { LastName = "Formule", Description = text });
        var bytes = await Api(Cast.Anna).In(language).Http.GetByteArrayAsync($"exports/contacts?ids={contact.Id}&fields=lastName,description");
        var parts = Encoding.UTF8.GetString(bytes).Split('\n', separator).Select(p => p.Trim('"', '\r', '\uFEFF'));
        Assert.All(parts, p => Assert.False(p.Length > 0 && "=+-@".Contains(p[0], StringComparison.Ordinal) && p != "-5", $"{text} gave {p}"));
        using var stream = new MemoryStream(bytes);
        Assert.Equal(text, CsvText.Unescape(CsvRows.Read(stream, ShapeDetection.Detect(stream)).Single().Cells[1]));
    }

    [Fact]
    public async Task Everything_that_matches_and_is_visible_is_written_and_nothing_else()
    {
        var tag = "export-" + Guid.NewGuid().ToString("N")[..8];
        var mine = await SaveAsync(Cast.Anna, new() { LastName = "Mienne", Tags = [tag] });
        await SaveAsync(Cast.Ben, new() { LastName = "Cachée", Tags = [tag] });
        var shared = await SaveAsync(Cast.Ben, new() { LastName = "Partagée", Tags = [tag], Access = ContactAccess.Read });
        var company = await SaveAsync(Cast.Anna, new() { Kind = ContactKind.Company, CompanyName = "Firme", Tags = [tag] });
        var ids = Cells(await French(Cast.Anna).GetByteArrayAsync($"exports/contacts?tag={tag}&fields=id")).Skip(1).Select(r => long.Parse(r[0])).ToList();
        Assert.Equal([company.Id, mine.Id, shared.Id], ids);
        Assert.Equal(4, Cells(await French(Cast.Admin).GetByteArrayAsync($"exports/contacts?tag={tag}&fields=id")).Count - 1);
        Assert.Equal([mine.Id, shared.Id], Cells(await French(Cast.Anna).GetByteArrayAsync($"exports/contacts?tag={tag}&kind=person&fields=id")).Skip(1).Select(r => long.Parse(r[0])));
    }

    [Fact]
    public async Task Bad_requests_name_what_is_wrong()
    {
        (await Api(Cast.Anna).GetAsync("exports/contacts?format=pdf")).ExpectProblem(400, "format");
        (await Api(Cast.Anna).GetAsync("exports/contacts?format=-1")).ExpectProblem(400, "format");
        (await Api(Cast.Anna).GetAsync("exports/contacts?format=csv,vcf")).ExpectProblem(400, "format");
        (await Api(Cast.Anna).GetAsync("exports/contacts?fields=id,secret")).ExpectProblem(400, "fields");
        (await Api(Cast.Anna).GetAsync("exports/contacts?status=friend")).ExpectProblem(400, "status");
        Assert.Equal(404, (await Api(Cast.Anna).GetAsync("exports/secrets")).Status);
    }

    [Theory]
    [InlineData("vcf"), InlineData("vcf3")]
    public async Task Cards_can_be_read_back(string format)
    {
        var contact = await SaveAsync(Cast.Anna, new()
        {
            FirstName = "Zoé", LastName = "Müller; Cie", CompanyName = "Carte " + format, JobTitle = "Gérante", Tags = ["VIP"],
            Emails = [new() { Value = "zoe@cards.example", Category = "work" }], Phones = [new() { Value = "06 12 34 56 78", Category = "mobile" }],
            Addresses = [new() { Category = "home", Street = "1 rue A,\nbât. B", Zip = "69001", City = "Lyon", Country = "France" }],
        });
        var bytes = await French(Cast.Anna).GetByteArrayAsync($"exports/contacts?ids={contact.Id}&format={format}");
        using var stream = new MemoryStream(bytes);
        var read = RowReading.Read(VCards.Read(stream, ShapeDetection.Detect(stream)).Single());
        Assert.Equal(("Zoé", "Müller; Cie", "Carte " + format, "Gérante"), (read.FirstName, read.LastName, read.CompanyName, read.JobTitle));
        Assert.Equal("zoe@cards.example", read.Emails.Single().Value);
        Assert.Equal(("mobile", "06 12 34 56 78"), (read.Phones.Single().Category, read.Phones.Single().Value));
        Assert.Equal("Lyon", read.Addresses.Single().City);
        Assert.Equal((Cast.Anna.Email, "private"), (read.Responsible, read.Access));
        Assert.Contains("X-LIAISON-STATUS:lead\r\n", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_brings_responsible_users_and_access_but_no_status()
    {
        var card = $"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Carte Partagée\r\nN:Partagée;Carte;;;\r\nX-LIAISON-STATUS:client\r\nX-LIAISON-RESPONSIBLE:{Cast.Anna.Email}\\, {Cast.Ben.Email}\r\nX-LIAISON-ACCESS:readWrite\r\nEND:VCARD\r\n";
        var import = await Api(Cast.Anna).ImportAsync("cards.vcf", card);
        Assert.Equal((1, 0, 0, 0), import.Counts());
        await using var db = Db();
        var contact = db.Set<Contact>().IgnoreQueryFilters().Include(c => c.Responsibles).Single(c => c.ImportId == import.Id);
        Assert.Equal((ContactAccess.ReadWrite, Liaison.Contacts.Lifecycle.ContactStatus.Lead), (contact.Access, contact.Status));
        Assert.Equal([Cast.Anna.Id, Cast.Ben.Id], contact.Responsibles.Select(r => r.UserId).Order());
    }

    [Theory]
    [InlineData("vcf"), InlineData("vcf3")]
    public async Task Cards_come_whole_however_many_they_are(string format)
    {
        var tag = $"cards-{format}";
        var text = string.Concat(Enumerable.Range(0, 9000).Select(i => $"{i:0000} é, "))[..65_000].TrimEnd();
        var rows = string.Concat(Enumerable.Range(0, 400).Select(i => $"Carte{i},{(i == 200 ? $"\"{text}\"" : "")},{tag}\n"));
        await Api(Cast.Anna).ImportAsync("cards.csv", "Last name,Description,Tags\n" + rows, ("duplicates", "create"));
        var asked = $"exports/contacts?tag={tag}&format={format}";
        var ofApi = await French(Cast.Anna).GetByteArrayAsync(asked);
        var ofPage = (await As(Cast.Anna).GetAsync("/" + asked)).Expect(200).Body;
        Assert.Equal(ofApi, ofPage);
        using var stream = new MemoryStream(ofApi);
        var read = VCards.Read(stream, ShapeDetection.Detect(stream)).Select(RowReading.Read).ToList();
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"Carte{i}"), read.ConvertAll(c => c.LastName));
        Assert.Equal(text, read.Single(c => c.Description.Length > 0).Description);
    }

    [Fact]
    public async Task Taking_data_out_is_in_the_journal()
    {
        (await French(Cast.Ben).GetAsync("exports/contacts?tag=nothing")).EnsureSuccessStatusCode();
        await using var db = Db();
        Assert.Contains(db.Set<Kernel.Journal.JournalEntry>().Where(j => j.Kind == "contacts.exported").ToList(), j => j.ActorId == Cast.Ben.Id);
    }

    private HttpClient French(Person person) => Api(person).In("fr").Http;

    private Task<Contact> SaveAsync(Person person, ContactInput input) => ActAsync(person, async services =>
    {
        var (contact, problems) = await services.GetRequiredService<SaveContact>().RunAsync(null, input, TestContext.Current.CancellationToken);
        Assert.Empty(problems.All);
        return contact!;
    });

    private Task<Activity> RecordAsync(Person person, ActivityInput input) => ActAsync(person, async services =>
        (await services.GetRequiredService<RecordActivity>().RunAsync(null, input, TestContext.Current.CancellationToken)).Record!);

    private async Task<T> ActAsync<T>(Person person, Func<IServiceProvider, Task<T>> action)
    {
        await using var db = Db();
        var viewer = Server.Services.GetRequiredService<Viewers>().Of(db.Users().Single(u => u.Id == person.Id));
        return await Server.InScopeAsync(viewer, action);
    }

    [Fact]
    public async Task A_file_is_there_whole_or_as_it_was()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "contacts.csv");
            await File.WriteAllTextAsync(file, "before", TestContext.Current.CancellationToken);
            Assert.Equal(1, await Server.RunAsync("export", "contacts", "--fields", "nothing-like-it", "--output", file));
            Assert.Equal("before", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal(1, await Server.RunAsync("export", "contacts", "--fields", "nothing-like-it", "--output", file + ".new"));
            Assert.Equal(0, await Server.RunAsync("export", "contacts", "--output", "/dev/null"));
            Assert.False(Path.Exists("/dev/null.part"));
            // By a link what it leads to is written.
            File.CreateSymbolicLink(file + ".link", file);
            Assert.Equal(0, await Server.RunAsync("export", "contacts", "--output", file + ".link"));
            Assert.NotEqual("before", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal(["contacts.csv", "contacts.csv.link"], folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal));
        }
        finally { folder.Delete(true); }
    }

    private static Dictionary<string, string> Single(byte[] csv)
    {
        var rows = Cells(csv);
        Assert.Equal(2, rows.Count);
        return rows[0].Zip(rows[1]).ToDictionary(p => p.First, p => CsvText.Unescape(p.Second), StringComparer.Ordinal);
    }

    private static List<string[]> Cells(byte[] csv)
    {
        using var stream = new MemoryStream(csv);
        return [.. CsvRows.Read(stream, new FileShape { Delimiter = ';', HasHeader = false, HasBom = true, Columns = 1 }).Select(r => r.Cells)];
    }
}
