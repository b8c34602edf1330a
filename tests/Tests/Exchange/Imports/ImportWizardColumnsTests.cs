using System.Text;

namespace Liaison.Tests.Exchange;

/// <summary>What the wizard proposes for columns, and the tags that it puts on every contact.</summary>
public sealed class ImportWizardColumnsTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("")]
    [InlineData("Total;37\r\n")]
    public async Task A_column_that_is_empty_in_the_first_rows_is_known_by_what_comes_later(string end)
    {
        var rows = string.Concat(Enumerable.Range(1, 900).Select(i => $"Nom{i};;;{(i == 3 ? "x" : "")};x\r\n\r\n").Append("Tard;tard@late.example;;;x\r\nEncore;encore@late.example;06 12 34 56 78;;x\r\n"));
        var columns = await UploadAsync("late.csv", "Nom;Autre;Divers;Rien;Code\r\n" + rows + end);
        var form = columns.Form("#import");
        Assert.Equal("email.other phone.other ignore ignore", $"{form["t1"]} {form["t2"]} {form["t3"]} {form["t4"]}");
        Assert.Equal(["tard@late.example", "encore@late.example", "06 12 34 56 78"], columns.Texts(".mapping-row:nth-of-type(2) .samples li, .mapping-row:nth-of-type(3) .samples li"));
    }

    [Fact]
    public async Task A_typed_tag_stays_when_it_is_the_files_name_and_only_the_tick_takes_its_own_away()
    {
        var columns = await UploadAsync("salon.csv", "Last name;E-mail\r\nTagged;tagged@wizard.example\r\n");
        var typed = await columns.Form("#import").Fill("Tags", "salon, \"Paris, 2026\"").SubmitAsync("#preview button[value='1']");
        Assert.Equal(["Paris, 2026", "salon"], await TagsAsync(typed));
        // The tag is the file's: the tick tells it.
        var unticked = await typed.Form("#import").Tick("TagWithFile", on: false).SubmitAsync("#preview button[value='1']");
        Assert.Equal("\"Paris, 2026\"", unticked.Form("#import")["Tags"]);
        Assert.Equal(["Paris, 2026"], await TagsAsync(unticked));
        var ticked = await unticked.Form("#import").Tick("TagWithFile").SubmitAsync("#preview button[value='1']");
        Assert.Equal(["Paris, 2026", "salon"], await TagsAsync(ticked));
    }

    [Fact]
    public async Task The_preview_names_a_row_as_the_run_does_by_what_other_rows_say()
    {
        var columns = await UploadAsync("whole.csv", "Name,Email\r\nAzure Interior,info@azure.example\r\n\"Azure Interior, Ann Roe\",ann@azure.example\r\n");
        Assert.Contains("Azure Interior", columns.Texts("#preview dd"));
    }

    private async Task<IEnumerable<string?>> TagsAsync(PageResult page) =>
        (await Api(Cast.Anna).GetAsync("imports/" + page.Url.Split('/', '?')[^2])).Expect(200)["options"].GetProperty("tags").EnumerateArray().Select(t => t.GetString()).Order(StringComparer.Ordinal);

    private async Task<PageResult> UploadAsync(string name, string content) =>
        (await (await As(Cast.Anna).GetAsync("/imports/new?target=contacts")).Form("main form").Attach("file", name, Encoding.UTF8.GetBytes(content)).SubmitAsync()).Expect(200);
}
