using System.Text;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Exchange;

public sealed class ImportWizardTests(LiaisonServer server) : HttpTests(server)
{
    private const string People = "Prénom;Nom;E-mail;Ville;Statut;Dernière action\r\nMarie;Dupont;marie@wizard.example;Lyon;Client;Appel\r\nPaul;Martin;paul@wizard.example;Annecy;Lead;\r\nBad;Mail;nowhere;;;\r\n";

    [Fact]
    public async Task The_whole_way_without_script()
    {
        var anna = As(Cast.Anna);
        var columns = await UploadAsync(anna, "clients-2026.csv", Encoding.Latin1.GetBytes(People));
        Assert.Contains("Windows-1252", columns.Text, StringComparison.Ordinal);
        Assert.Contains("Statut, Dernière action", columns.Text, StringComparison.Ordinal);
        Assert.Equal("email.work", columns.Form("#import")["t2"]);
        Assert.Contains("Dupont", columns.Find("#preview").TextContent, StringComparison.Ordinal);
        var second = await columns.Form("#import").SubmitAsync("#preview button[value='2']");
        Assert.Contains("Martin", second.Find("#preview").TextContent, StringComparison.Ordinal);

        var tried = await SettleAsync(anna, await second.Form("#import").Choose("Duplicates", "update").SubmitAsync("#import .form-end .primary"));
        Assert.Equal(["2", "0", "0", "1"], tried.Texts(".figures b"));
        Assert.Contains("Rien n’est encore écrit", tried.Text, StringComparison.Ordinal);
        var refused = await anna.GetAsync(tried.Url.Split('?')[0] + "?result=failed");
        Assert.Contains("« nowhere »", refused.Text, StringComparison.Ordinal);

        var done = await SettleAsync(anna, await tried.Form("form[action$='/run']").Tick("TagWithFile").SubmitAsync());
        Assert.Equal(["2", "0", "0", "1"], done.Texts(".figures b"));
        Assert.Equal("Marie Dupont", done.Texts("td.name")[0]);
        // What was created as it stands in the file has nothing to add; what was refused says why.
        Assert.Contains("Détail", done.Texts("main th"));
        Assert.DoesNotContain("Détail", (await anna.GetAsync(done.Url.Split('?')[0] + "?result=created")).Texts("main th"));
        var errors = await anna.GetAsync(done.Url.Split('?')[0] + "/errors");
        Assert.Equal("clients-2026.errors.csv", errors.FileName);
        Assert.Contains("Bad;Mail;nowhere", errors.Html, StringComparison.Ordinal);

        var undone = await SettleAsync(anna, await done.Form("form[action$='/undo']").SubmitAsync());
        Assert.Contains("a été annulé", undone.Text, StringComparison.Ordinal);
        Assert.Contains("clients-2026.csv", (await anna.GetAsync("/imports")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guess_can_be_overridden()
    {
        var anna = As(Cast.Anna);
        var columns = await UploadAsync(anna, "odd.csv", Encoding.UTF8.GetBytes("Nom,Prénom;E-mail\r\nDupont,Marie;marie@odd.example\r\n"));
        var again = await columns.Form("#import").Fill("Delimiter", ",").Fill("Header", "false").SubmitAsync("button[formaction$='/reading']");
        Assert.Equal(",", again.Form("#import")["Delimiter"]);
        Assert.Contains("2 lignes", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_card_holds_is_said_in_words_also_what_is_left_out()
    {
        var card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Durand;Claire\r\nX-SKYPE:claire.durand\r\nBDAY:1980-04-12\r\nX-ODD:1\r\nEND:VCARD\r\n";
        var page = await UploadAsync(As(Cast.Anna), "one.vcf", Encoding.UTF8.GetBytes(card));
        Assert.Contains("claire.durand (Skype)", page.Find("#preview").TextContent, StringComparison.Ordinal);
        Assert.Contains("date de naissance (BDAY), X-ODD.", page.Find(".note.warn").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_behind_another_says_that_it_waits()
    {
        var anna = As(Cast.Anna);
        await using var db = Server.Db();
        var other = new Job { Kind = "import.run", Payload = "{}", CreatedAt = Server.Clock.Now, DueAt = Server.Clock.Now, State = JobState.Running, LeasedUntil = Server.Clock.Now.AddMinutes(1) };
        db.Add(other);
        await db.SaveChangesAsync();
        var page = await (await UploadAsync(anna, "second.csv", "Nom\r\nDupont\r\n"u8.ToArray())).Form("#import").SubmitAsync("#import .form-end .primary");
        Assert.Contains("Un autre import est en cours", page.Find("#progress").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.All("#progress progress"));
        Assert.Equal("En attente", page.Find("main .head .badge").TextContent.Trim());
        Assert.Equal(["L’essai attend son tour"], page.Texts("#progress h2, #progress .push"));
        // Nothing has come of it that could be counted, or lost by stopping.
        var run = await (await UploadAsync(anna, "third.csv", "Nom\r\nDurand\r\n"u8.ToArray())).Form("#import").SubmitAsync("#import .form-end [formaction$='/run']");
        Assert.Equal(("L’import attend son tour", null), (run.Find("#progress h2").TextContent, run.Find("#progress form").GetAttribute("data-turbo-confirm")));
        Assert.Equal(["En attente", "–", "–", "–", "–"], (await anna.GetAsync("/imports")).Texts("main tbody tr:first-child :is(.badge, .quiet)"));
        var looksAgain = page.Find("#progress").GetAttribute("data-poll")!;
        await db.Set<Job>().Where(j => j.Id == other.Id).ExecuteDeleteAsync();
        // What stands around the part that looks again is out of date once the import has begun.
        var part = new HttpRequestMessage(HttpMethod.Get, looksAgain);
        part.Headers.Add("Turbo-Frame", "progress");
        Assert.Single((await anna.SendAsync(part)).All("#progress [data-done]"));
        Assert.Equal("Essai en cours", (await anna.GetAsync(page.Url)).Find("main .head .badge").TextContent.Trim());
        Assert.Equal(["1", "0", "0", "0"], (await SettleAsync(anna, page)).Texts(".figures b"));
    }

    [Fact]
    public async Task What_is_no_contact_file_is_refused_with_what_to_do()
    {
        var anna = As(Cast.Anna);
        foreach (var (name, content, said) in new[] { ("a.xlsx", "PK\u0003\u0004[Content_Types].xml xl/workbook.xml"u8.ToArray(), "enregistrez-le de nouveau"), ("a.xls", [0xD0, 0xCF, 0x11, 0xE0, .. System.Text.Encoding.Unicode.GetBytes("EncryptedPackage")], "mot de passe"), ("a.pdf", "%PDF-1.7 and so on"u8.ToArray(), "PDF"), ("a.csv", [], "vide") })
        {
            var page = await anna.GetAsync("/imports/new?target=contacts");
            var answer = (await page.Form("main form").Attach("file", name, content).SubmitAsync()).Expect(422);
            Assert.Contains(said, answer.Find(".errors").TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Markup_in_names_headers_and_cells_stays_text()
    {
        const string evil = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'";
        var anna = As(Cast.Anna);
        var cell = "\"" + evil.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        var columns = await UploadAsync(anna, "<script>alert(0)<script>.csv", Encoding.UTF8.GetBytes($"E-mail,Last name,{cell}\r\nx@evil.example,{cell},{cell}\r\n{cell},B,C\r\n"));
        var tried = await SettleAsync(anna, await columns.Form("#import").SubmitAsync("#import .form-end .primary"));
        foreach (var page in new[] { columns, tried, await anna.GetAsync("/imports"), await anna.GetAsync(tried.Url + "?result=failed") })
        {
            page.Expect(200);
            Assert.Empty(page.All("main img, main script"));
            Assert.DoesNotContain("<img src=x", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        }
        Assert.Contains("<img", columns.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_columns_than_a_usual_form_has_fields_can_be_mapped()
    {
        var anna = As(Cast.Anna);
        var columns = await UploadAsync(anna, "wide.csv", Encoding.UTF8.GetBytes("E-mail;" + string.Join(';', Enumerable.Range(1, 1100).Select(i => $"X{i}")) + "\r\nwide@wizard.example\r\n"));
        var tried = await SettleAsync(anna, await columns.Form("#import").SubmitAsync("#import .form-end .primary"));
        Assert.Equal(["1", "0", "0", "0"], tried.Texts(".figures b"));
    }

    public static TheoryData<string, string> Names => new()
    {
        { "../../etc/passwd.csv", "passwd.csv" },
        { "C:\\people\\list.csv", "list.csv" },
        { "harmless\u202Evsc.exe", "harmlessvsc.exe" },
        { new string('é', 99) + "😀" + new string('x', 153) + "😀.csv", new string('é', 99) + "😀" + new string('x', 153) },
        { ".csv", ".csv" },
        { "a, b & <b>c</b>.csv", "b>.csv" },
    };

    [Theory, MemberData(nameof(Names))]
    public async Task Any_name_of_a_file_is_shown_and_given_back_as_a_name(string sent, string shown)
    {
        using var api = Api(Cast.Anna);
        var upload = (await api.UploadAsync(sent, "Last name,E-mail\nBad,nowhere\nGood,\n", ("duplicates", "create"))).Expect(201);
        Assert.Equal(shown, upload["fileName"].GetString());
        var anna = As(Cast.Anna);
        var columns = (await anna.GetAsync($"/imports/{upload.Id}")).Expect(200);
        Assert.Equal(shown, columns.Find("h1").TextContent);
        var done = await SettleAsync(anna, await columns.Form("#import").Tick("TagWithFile").SubmitAsync("button[formaction$='/run']"));
        Assert.Contains(shown, (await anna.GetAsync("/imports")).Texts("td.name"));
        var errors = (await anna.GetAsync($"/imports/{upload.Id}/errors")).Expect(200);
        Assert.EndsWith(".errors.csv", errors.FileName, StringComparison.Ordinal);
        Assert.Equal("1", done.Texts(".figures b")[0]);
        await using var db = Db();
        var tag = db.Set<Liaison.Contacts.ContactTag>().Where(t => db.Set<Liaison.Contacts.Contact>().Any(c => c.Id == t.ContactId && c.ImportId == upload.Id)).Join(db.Set<Liaison.Contacts.Tag>(), t => t.TagId, t => t.Id, (_, t) => t.Name).Single();
        Assert.True(tag.Length is > 0 and <= 100 && !tag.Any(char.IsSurrogate), tag);
        var contact = (await api.GetAsync($"imports/{upload.Id}/rows?result=created"))["items"][0].GetProperty("recordId").GetInt64();
        Assert.Contains(tag, (await anna.GetAsync($"/contacts/{contact}")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forty_megabytes_are_taken_at_both_doors()
    {
        var content = Encoding.ASCII.GetBytes("Last name,Description\n" + string.Concat(Enumerable.Repeat("Large," + new string('x', 99_993) + "\n", 400)));
        using var api = Api(Cast.Anna);
        Assert.Equal(400, (await api.UploadAsync("large.csv", content)).Expect(201)["rows"].GetInt64());
        Assert.Contains("Large", (await UploadAsync(As(Cast.Anna), "large.csv", content)).Find("#preview").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_windows_and_the_way_back_run_an_import_once()
    {
        var anna = As(Cast.Anna);
        var first = await UploadAsync(anna, "windows.csv", "Last name,E-mail\nOne,one@windows.example\nTwo,two@windows.example\n"u8.ToArray());
        var second = await anna.GetAsync(first.Url);
        // Both windows press run; later the way back leads to the old form, which is sent again with other options.
        var done = await SettleAsync(anna, await first.Form("#import").SubmitAsync("button[formaction$='/run']"));
        Assert.Equal(["2", "0", "0", "0"], done.Texts(".figures b"));
        foreach (var page in new[] { await second.Form("#import").SubmitAsync("button[formaction$='/run']"), await first.Form("#import").Choose("Duplicates", "create").SubmitAsync("#import .form-end .primary"), await second.Form("#import").Choose("Duplicates", "create").SubmitAsync("button[formaction$='/reading']") })
            Assert.Equal(["2", "0", "0", "0"], (await SettleAsync(anna, page)).Texts(".figures b"));
        using var api = Api(Cast.Anna);
        Assert.Equal("skip", (await api.GetAsync("imports/" + done.Url.Split('/', '?')[^1]))["options"].GetProperty("duplicates").GetString());
        Assert.Equal(2, (await api.GetAsync("contacts?q=windows.example"))["count"].GetInt32());
    }

    [Theory]
    [InlineData("fr", "exemple.csv"), InlineData("en", "sample.csv")]
    public async Task The_sample_file_is_imported_as_it_is(string language, string name)
    {
        var page = await As(Cast.Anna).GetAsync("/imports/new?target=contacts");
        Assert.NotEmpty(page.All("a[href='/imports/sample/contacts']"));
        using var api = Api(Cast.Anna).In(language);
        using var http = new HttpClient { BaseAddress = Server.Address };
        http.DefaultRequestHeaders.Authorization = api.Http.DefaultRequestHeaders.Authorization;
        var cookie = (await Cast.SessionAsync(Server, Cast.Anna))!.Value;
        http.DefaultRequestHeaders.Add("Cookie", $"{cookie.Name}={cookie.Value}");
        using var sample = await http.GetAsync("/imports/sample/contacts");
        var upload = (await api.UploadAsync(name, await sample.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(), ("duplicates", "create"))).Expect(201);
        Assert.DoesNotContain(upload["mapping"].EnumerateArray(), m => m.GetProperty("target").GetString() == "ignore");
        (await api.PostAsync($"imports/{upload.Id}/run")).ExpectSuccess();
        var import = await api.SettledAsync(upload.Id);
        Assert.Equal((3, 0, 0, 0), import.Counts());
        Assert.Equal(0, import["companies"].GetInt64());
        Assert.Empty(import["notices"].EnumerateArray());
    }

    [Fact]
    public async Task All_persons_can_belong_to_a_chosen_company()
    {
        using var api = Api(Cast.Anna);
        var company = (await api.PostAsync("contacts", new { kind = "company", companyName = "Chosen Ltd" })).Expect(201).Id;
        var secret = (await Api(Cast.Ben).PostAsync("contacts", new { kind = "company", companyName = "Secret Ltd" })).Expect(201).Id;
        (await api.UploadAsync("staff.csv", "Last name\nA\n", ("company", secret.ToString(System.Globalization.CultureInfo.InvariantCulture)))).ExpectProblem(422, "company");
        var anna = As(Cast.Anna);
        var columns = await UploadAsync(anna, "staff.csv", "Last name,E-mail,Company\nOne,one@chosen.example,\nTwo,two@chosen.example,Another Ltd\n"u8.ToArray());
        var refused = (await columns.Form("#import").Fill("CompanyName", "Secret Ltd").SubmitAsync("#import .form-end .primary")).Expect(422);
        Assert.Equal("Secret Ltd", refused.Form("#import")["CompanyName"]);
        Assert.NotEmpty(refused.All("#Company .error"));
        Assert.NotEmpty((await columns.Form("#import").Fill("HeaderRow", "0").SubmitAsync("button[formaction$='/reading']")).Expect(422).All(".field:has(#HeaderRow) .error"));
        var tried = await SettleAsync(anna, await refused.Form("#import").Fill("CompanyName", "chosen ltd").SubmitAsync("#import .form-end .primary"));
        Assert.Equal("Chosen Ltd", (await anna.GetAsync(tried.Url.Split('?')[0] + "?step=columns")).Form("#import")["CompanyName"]);
        await SettleAsync(anna, await tried.Form("form[action$='/run']").SubmitAsync());
        var staff = (await api.GetAsync($"contacts?company={company}"))["items"].EnumerateArray().ToList();
        Assert.Equal(["one@chosen.example", "two@chosen.example"], staff.Select(s => s.GetProperty("emails")[0].GetProperty("value").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_not_run_goes_after_a_week_and_the_file_of_what_was_after_a_month()
    {
        using var api = Api(Cast.Anna);
        var run = await api.ImportAsync("kept.csv", "Last name,E-mail\nKept,kept@purge.example\nBad,nowhere\n");
        var tried = (await api.UploadAsync("tried.csv", "Last name\nTried\n")).Expect(201).Id;
        (await api.PostAsync($"imports/{tried}/dry-run")).ExpectSuccess();
        await api.SettledAsync(tried);
        await PurgeAsync(6);
        (await api.GetAsync($"imports/{tried}")).Expect(200);
        await PurgeAsync(2);
        (await api.GetAsync($"imports/{tried}")).Expect(404);
        (await api.GetAsync($"imports/{run.Id}/errors")).Expect(200);
        await PurgeAsync(23);
        (await api.GetAsync($"imports/{run.Id}/errors")).Expect(410);
        (await As(Cast.Anna).GetAsync($"/imports/{run.Id}")).Expect(200);
        Assert.Equal(2, (await api.GetAsync($"imports/{run.Id}/rows"))["count"].GetInt64());
        await using var db = Db();
        Assert.False(db.Set<Kernel.Files.FileChunk>().Any(c => db.Set<Kernel.Files.StoredFile>().Any(f => f.Id == c.FileId && (f.Name == "kept.csv" || f.Name == "tried.csv"))));
        Assert.False(db.Set<Kernel.Files.StoredFile>().Any(f => f.Name == "tried.csv"));
    }

    private async Task PurgeAsync(int days)
    {
        Server.Clock.Advance(TimeSpan.FromDays(days));
        await Server.Services.GetRequiredService<Kernel.Jobs.DailyClock>().AskAsync(TestContext.Current.CancellationToken);
        await Server.RunJobsAsync();
    }

    [Fact]
    public async Task Another_persons_import_does_not_exist()
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var id = (await anna.UploadAsync("private.csv", "Last name,E-mail\nPrivate,private@mine.example\n")).Expect(201).Id;
        (await ben.GetAsync($"imports/{id}")).Expect(404);
        (await ben.PostAsync($"imports/{id}/run")).Expect(404);
        (await ben.GetAsync($"imports/{id}/errors")).Expect(404);
        (await As(Cast.Ben).GetAsync($"/imports/{id}")).Expect(404);
        (await As(Cast.Ben).GetAsync($"/imports/{id}/errors")).Expect(404);
        Assert.DoesNotContain((await ben.GetAsync("imports"))["items"].EnumerateArray(), i => i.GetProperty("id").GetInt64() == id);
        Assert.Equal("mapping", (await anna.GetAsync($"imports/{id}"))["state"].GetString());
    }

    [Fact]
    public async Task The_api_names_what_it_does_not_take()
    {
        using var api = Api(Cast.Anna);
        (await api.UploadAsync("a.csv", "Last name\nA\n", ("isAdmin", "true"))).ExpectProblem(400, "isAdmin");
        (await api.UploadAsync("a.csv", "Last name\nA\n", ("duplicates", "merge"))).ExpectProblem(422, "duplicates");
        (await api.UploadAsync("a.csv", "Last name\nA\n", ("tags", "a\0b"))).ExpectProblem(400, "tags");
        (await api.UploadAsync("a.csv", "")).ExpectProblem(422, "file");
        var id = (await api.UploadAsync("a.csv", "Last name\nA\n")).Expect(201).Id;
        (await api.PutAsync($"imports/{id}/mapping", new { createdById = 1 })).ExpectProblem(400, "createdById");
        (await api.PutAsync($"imports/{id}/mapping", new { mapping = new[] { new { column = 0, target = "passwordHash" } } })).ExpectProblem(422, "mapping[0].target");
        var read = (await api.GetAsync($"imports/{id}")).Expect(200);
        (await api.PutAsync($"imports/{id}/mapping", new { duplicates = "update" }, read.ETag)).Expect(200);
        (await api.PutAsync($"imports/{id}/mapping", new { duplicates = "create" }, read.ETag)).ExpectProblem(412);
        (await api.PostAsync($"imports/{id}/undo")).Expect(409);
        (await api.PostAsync("imports", new { file = "a" })).ExpectProblem(415);
    }

    private static async Task<PageResult> UploadAsync(Browserlike browser, string name, byte[] content) =>
        (await (await browser.GetAsync("/imports/new?target=contacts")).Form("main form").Attach("file", name, content).SubmitAsync()).Expect(200);

    private static async Task<PageResult> SettleAsync(Browserlike browser, PageResult page)
    {
        await Eventually.TrueAsync(async () => (page = await browser.GetAsync(page.Url)).All("turbo-frame[data-poll]").Count == 0, "the work is done");
        return page.Expect(200);
    }
}
