using System.Text.Json;

namespace Liaison.Tests.Exchange.Sheets;

/// <summary>Workbooks through the wizard, the API and the command line.</summary>
public sealed class ImportBookTests(LiaisonServer server) : HttpTests(server)
{
    private static readonly string[] Header = ["Nom", "Prénom", "E-mail", "Portable", "Code postal"];

    private static byte[] Book(string mail) => Books.Excel(
    [
        ("Notes", "", $"<sheetData>{Books.Rows(["Ce classeur"], ["contient nos clients"])}</sheetData>"),
        ("Clients", "", $"<sheetData>{Books.Rows(["Fichier clients 2026"], [], Header)}<row r='5'><c t='str'><v>Roe</v></c><c t='str'><v>Ann</v></c><c t='str'><v>ann@{mail}</v></c><c s='1'><v>612345678</v></c><c s='2'><v>1000</v></c></row>"
            + $"<row r='8'>{Books.Rows(["Bad", "Bob", "=nowhere"])["<row>".Length..]}</sheetData>"),
        ("Prospects", "state='hidden'", $"<sheetData>{Books.Rows(["Nom", "E-mail"], ["Poe", "poe@" + mail], ["Doe", "doe@" + mail])}</sheetData>"),
    ], formats: ["0#\" \"##\" \"##\" \"##\" \"##", "00000"]);

    [Fact]
    public async Task The_wizard_takes_the_sheet_of_contacts_and_another_can_be_chosen()
    {
        var anna = As(Cast.Anna);
        var columns = await UploadAsync(anna, "clients.xlsx", Book("wizard.example"));
        Assert.Contains("Feuille « Clients », 5 colonnes, 2 lignes", columns.Text.Replace('\u202F', ' '), StringComparison.Ordinal);
        Assert.Contains("Notes, Prospects", columns.Find(".note.warn").TextContent, StringComparison.Ordinal);
        Assert.Equal(("Clients", "3", "phone.mobile"), (columns.Form("#import")["Sheet"], columns.Form("#import")["HeaderRow"], columns.Form("#import")["t3"]));
        Assert.Empty(columns.All("#Encoding, #Delimiter"));
        Assert.Contains("06 12 34 56 78", columns.Find("#preview").TextContent, StringComparison.Ordinal);

        var other = await columns.Form("#import").Fill("Sheet", "Prospects").SubmitAsync("button[formaction$='/reading']");
        Assert.Equal(("Prospects", "1", "email.work"), (other.Form("#import")["Sheet"], other.Form("#import")["HeaderRow"], other.Form("#import")["t1"]));
        Assert.Contains("Poe", other.Find("#preview").TextContent, StringComparison.Ordinal);
        Assert.Contains("(masquée)", other.Find("#Sheet").TextContent, StringComparison.Ordinal);
        var back = await other.Form("#import").Fill("Sheet", "Clients").SubmitAsync("button[formaction$='/reading']");
        Assert.Equal("3", back.Form("#import")["HeaderRow"]);
        var lower = await back.Form("#import").Fill("Header", "false").Fill("HeaderRow", "5").SubmitAsync("button[formaction$='/reading']");
        Assert.Equal(("false", "5"), (lower.Form("#import")["Header"], lower.Form("#import")["HeaderRow"]));
        back = await lower.Form("#import").Fill("Header", "true").Fill("HeaderRow", "3").SubmitAsync("button[formaction$='/reading']");

        var tried = await SettleAsync(anna, await back.Form("#import").SubmitAsync("#import .form-end .primary"));
        Assert.Equal(["1", "0", "0", "1"], tried.Texts(".figures b"));
        // The row is named as the sheet numbers it.
        Assert.Equal(["8"], (await anna.GetAsync(tried.Url.Split('?')[0] + "?result=failed")).Texts("tbody td.num"));
        var done = await SettleAsync(anna, await tried.Form("form[action$='/run']").SubmitAsync());
        var errors = await anna.GetAsync(done.Url.Split('?')[0] + "/errors");
        Assert.Equal("clients.errors.csv", errors.FileName);
        Assert.StartsWith("Nom;Prénom;E-mail;Portable;Code postal;Motif", errors.Html.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains("Bad;Bob;'=nowhere;;;", errors.Html, StringComparison.Ordinal);
        using var api = Api(Cast.Anna);
        var ann = (await api.GetAsync("contacts?q=ann@wizard.example"))["items"][0];
        Assert.Equal("06 12 34 56 78", ann.GetProperty("phones")[0].GetProperty("value").GetString());
        var undone = await SettleAsync(anna, await done.Form("form[action$='/undo']").SubmitAsync());
        Assert.Contains("a été annulé", undone.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#import .form-end .primary")]
    [InlineData("#import .form-end button[formaction$='/run']")]
    public async Task A_sheet_that_was_chosen_and_not_read_yet_is_read_before_anything_is_tried(string button)
    {
        var anna = As(Cast.Anna);
        var columns = await UploadAsync(anna, "clients.xlsx", Book("unread.example"));
        var other = (await columns.Form("#import").Fill("Sheet", "Prospects").SubmitAsync(button)).Expect(200);
        Assert.Equal(("Prospects", "email.work"), (other.Form("#import")["Sheet"], other.Form("#import")["t1"]));
        Assert.Contains("relu", other.Find(".toast").TextContent, StringComparison.Ordinal);
        Assert.Equal("À préparer", other.Find("main .head .badge").TextContent.Trim());
        var tried = await SettleAsync(anna, await other.Form("#import").SubmitAsync("#import .form-end .primary"));
        Assert.Equal(["2", "0", "0", "0"], tried.Texts(".figures b"));
    }

    [Fact]
    public async Task The_api_tells_the_sheets_and_takes_one()
    {
        using var api = Api(Cast.Anna);
        var upload = (await api.UploadAsync("a.bin", Book("api.example"))).Expect(201);
        var shape = upload["shape"];
        Assert.Equal(("workbook", "Clients", 3), (shape.GetProperty("format").GetString(), shape.GetProperty("sheet").GetString(), shape.GetProperty("headerRow").GetInt32()));
        Assert.Equal(["Notes", "Clients", "Prospects"], shape.GetProperty("sheets").EnumerateArray().Select(s => s.GetString()));
        Assert.Contains(shape.GetProperty("problems").EnumerateArray(), p => p.GetProperty("kind").GetString() == "otherSheets" && p.GetProperty("detail").GetString() == "Notes, Prospects");
        Assert.Contains("Clients", (await api.PutAsync($"imports/{upload.Id}/mapping", new { sheet = "Leads" })).ExpectProblem(422, "sheet").Body, StringComparison.Ordinal);
        (await api.PutAsync($"imports/{upload.Id}/mapping", new { delimiter = ";" })).ExpectProblem(422, "delimiter");
        (await api.UploadAsync("a.xlsx", Book("api.example"), ("encoding", "utf-8"))).ExpectProblem(422, "encoding");
        (await api.UploadAsync("a.csv", "Nom\nRoe\n", ("sheet", "Clients"))).ExpectProblem(422, "sheet");
        var set = (await api.PutAsync($"imports/{upload.Id}/mapping", new { sheet = " prospects", mapping = new[] { new { column = 1, target = "email.home" } } })).Expect(200);
        Assert.Equal((2, "Prospects"), (set["rows"].GetInt32(), set["shape"].GetProperty("sheet").GetString()));
        (await api.PostAsync($"imports/{upload.Id}/run")).ExpectSuccess();
        Assert.Equal((2, 0, 0, 0), (await api.SettledAsync(upload.Id)).Counts());
        var again = (await api.UploadAsync("b.xlsx", Book("api.example"), ("sheet", "Prospects"))).Expect(201);
        Assert.Equal(("Prospects", 1, "email.work"), (again["shape"].GetProperty("sheet").GetString(), again["shape"].GetProperty("headerRow").GetInt32(), again["mapping"][1].GetProperty("target").GetString()));
    }

    [Fact]
    public async Task An_import_that_was_stopped_goes_on_in_a_workbook_behind_the_last_row_decided()
    {
        using var api = Api(Cast.Anna);
        var rows = Books.Rows([["Nom", "E-mail"], .. Enumerable.Range(0, 3000).Select(i => new[] { $"Row{i}", $"row{i}@stop.example" })]);
        var id = (await api.UploadAsync("long.xlsx", Books.Excel([("Vide", "", "<sheetData/>"), ("Autre", "", $"<sheetData>{Books.Rows(["x"])}</sheetData>"), ("Longue", "", $"<sheetData>{rows}</sheetData>")]), ("access", "read"))).Expect(201).Id;
        (await api.PostAsync($"imports/{id}/run")).ExpectSuccess();
        (await api.PostAsync($"imports/{id}/cancellation")).ExpectSuccess();
        await api.SettledAsync(id);
        await api.PostAsync($"imports/{id}/resumption");
        Assert.Equal((3000, 0, 0, 0), (await api.SettledAsync(id)).Counts());
        Assert.Equal(2, (await api.GetAsync($"imports/{id}/rows?limit=1"))["items"][0].GetProperty("row").GetInt32());
    }

    [Fact]
    public async Task The_command_line_takes_a_sheet_by_name()
    {
        await using var database = await TestDatabase.CopyAsync();
        var path = Path.Combine(database.Settings.DataFolder, "clients.xlsx");
        await File.WriteAllBytesAsync(path, Book("command.example"));
        var (code, said) = await LiaisonProcess.RunAsync(database, "import", "contacts", path, "--dry-run", "--json", "--responsible", Cast.Anna.Email, "--map", "Code postal=ignore");
        Assert.True(code == 0, said);
        Assert.Contains("Notes, Prospects", said, StringComparison.Ordinal);
        Assert.Equal((2, 1), Json(said));
        Assert.Contains("Bad,Bob,", (await File.ReadAllTextAsync(path + ".errors.csv")).Replace(';', ','), StringComparison.Ordinal);
        (code, said) = await LiaisonProcess.RunAsync(database, "import", "contacts", path, "--json", "--responsible", Cast.Anna.Email, "--sheet", "Notes", "--dry-run", "--map", "1=lastName");
        Assert.True(code == 0, said);
        Assert.Equal((2, 2), Json(said));
        (code, said) = await LiaisonProcess.RunAsync(database, "import", "contacts", path, "--json", "--responsible", Cast.Anna.Email, "--sheet", "Prospects", "--map", "E-mail=email.home");
        Assert.True(code == 0, said);
        Assert.Equal((2, 2), Json(said));
        (code, said) = await LiaisonProcess.RunAsync(database, "import", "contacts", path, "--sheet", "Leads");
        Assert.True(code == 1, said);
        Assert.Contains("Leads", said, StringComparison.Ordinal);
    }

    private static (long Rows, long Created) Json(string said)
    {
        var json = JsonElement.Parse(said.Split('\n').Single(l => l.StartsWith('{')));
        return (json.GetProperty("rows").GetInt64(), json.GetProperty("created").GetInt64());
    }

    private static async Task<PageResult> UploadAsync(Browserlike browser, string name, byte[] content) =>
        (await (await browser.GetAsync("/imports/new?target=contacts")).Form("main form").Attach("file", name, content).SubmitAsync()).Expect(200);

    private static async Task<PageResult> SettleAsync(Browserlike browser, PageResult page)
    {
        await Eventually.TrueAsync(async () => (page = await browser.GetAsync(page.Url)).All("turbo-frame[data-poll]").Count == 0, "the work is done");
        return page.Expect(200);
    }
}
