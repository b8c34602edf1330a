using System.Globalization;

namespace Liaison.Tests.Exchange;

/// <summary>When contacts were created in the program they come from.</summary>
public sealed class ImportDateTests(LiaisonServer server) : HttpTests(server)
{
    // Header, dates, chosen order; what becomes of each row.
    [Theory]
    [InlineData("Create Date", "2021-03-12|2021-03-12 09:40|2021-03-12T23:40:00Z|12 Mar 2021|12.03.2021|12 mars 2021", "", "2021-03-12|2021-03-12|2021-03-1?|2021-03-12|2021-03-12|2021-03-12")]
    [InlineData("OPTIN_TIME", "03/04/2021|25/12/2020", "", "2021-04-03|2020-12-25")]
    [InlineData("Person created", "03/04/2021|12/25/2020 1:05 PM", "", "2021-03-04|2020-12-25")]
    [InlineData("Created", "03/04/2021|05/05/2021", "", "which order|2021-05-05")]
    [InlineData("Created", "03/04/2021|12/25/2020", "dmy", "2021-04-03|not a date")]
    [InlineData("Created", "03/04/2021|25/12/2020|12/25/2020", "", "which order|2020-12-25|2020-12-25")]
    [InlineData("Created", "12.03.21|1.2.99|12/31/20 08:15|44267|44267,5", "", "2021-03-12|1999-02-01|2020-12-31|2021-03-12|2021-03-12")]
    [InlineData("Created", "2021-01-01|2021-01-02|2021-01-03|2021-01-04|21-03-12|19999|60000|123456", "", "2021-01-01|2021-01-02|2021-01-03|2021-01-04|not a date|not a date|not a date|not a date")]
    [InlineData("Connected On", "7-Feb-22|12 mars 21|7-Foo-22|Feb-22", "", "2022-02-07|2021-03-12|not a date|not a date")]
    [InlineData("Created", "2021-02-30|yesterday|2021-01-01|2999-01-01", "", "not a date|not a date|2021-01-01|in the future")]
    public async Task A_date_is_imported_or_its_row_refused(string header, string dates, string order, string expected)
    {
        using var api = Api(Cast.Anna);
        var rows = dates.Split('|').Select((d, i) => $"Date{i},\"{d}\"\n");
        var import = await api.ImportAsync("dates.csv", $"Last name,{header}\n" + string.Concat(rows), [("duplicates", "create"), .. order.Length == 0 ? [] : new[] { ("dateOrder", order) }]);
        Assert.Equal("createdAt", import["mapping"][1].GetProperty("target").GetString());
        var became = new List<string>();
        foreach (var row in (await api.GetAsync($"imports/{import.Id}/rows"))["items"].EnumerateArray().OrderBy(r => r.GetProperty("row").GetInt64()))
        {
            if (row.GetProperty("result").GetString() == "failed") became.Add(row.ToString());
            else became.Add((await api.GetAsync($"contacts/{row.GetProperty("recordId").GetInt64()}"))["createdAt"].GetDateTime().AddHours(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        Assert.All(expected.Split('|').Zip(became), pair => Assert.Contains(pair.First switch { "which order" => "dmy", "2021-03-1?" => "2021-03-1", var told => told }, pair.Second, StringComparison.Ordinal));
        Assert.Equal(expected.Split('|').Length, became.Count);
    }

    // What decides where the dates themselves do not: 3 April, 4 March or a question.
    [Theory]
    [InlineData("Nom;Créé le\n*;03/04/2021\n", "2021-04-03")]
    [InlineData("Last name;Created\n*;03/04/2021\n", "2021-04-03")]
    [InlineData("Nom,Date de création\n*,03/04/2021\n", "2021-04-03")]
    [InlineData("Last name,Created\n*,03/04/2021 1:05 PM\n", "2021-03-04")]
    [InlineData("Last name,Created,Birthday\n*,03/04/2021,12/25/1980\n", "2021-03-04")]
    [InlineData("Last name,Created,Birthday\n*,03/04/2021,25/12/1980\n", "2021-04-03")]
    [InlineData("Last name,Created,Country\n*,03/04/2021,United Kingdom\n", "2021-04-03")]
    [InlineData("Last name,Created,Country\n*,03/04/2021,USA\n", "2021-03-04")]
    [InlineData("Last name,Created,Country\n*,03/04/2021,USA\nOther,05/05/2021,France\n", "dmy")]
    [InlineData("Last name,Created,Birthday,Seen\n*,03/04/2021,25/12/1980,12/25/2020\n", "dmy")]
    [InlineData("Nom;Créé le;Naissance\n*;03/04/2021;12/25/1980\n", "2021-03-04")]
    [InlineData("Last name,Created\n*,03/04/2021\n", "dmy")]
    [InlineData("Last name,Created\n*,20210403T101112Z\n", "2021-04-03")]
    public async Task The_rest_of_the_file_decides_the_order_of_a_date(string file, string expected)
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("order.csv", file.Replace("*", "Order", StringComparison.Ordinal), ("duplicates", "create"));
        var row = (await api.GetAsync($"imports/{import.Id}/rows"))["items"].EnumerateArray().MinBy(r => r.GetProperty("row").GetInt64());
        if (expected == "dmy") Assert.Contains("dmy", row.ToString(), StringComparison.Ordinal);
        else Assert.Equal(expected, (await api.GetAsync($"contacts/{row.GetProperty("recordId").GetInt64()}"))["createdAt"].GetDateTime().AddHours(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Created", "2021-01-12T22:30:00Z")]
    [InlineData("Created (UTC)", "2021-01-12T23:30:00Z")]
    [InlineData("Created at (GMT)", "2021-01-12T23:30:00Z")]
    public async Task A_column_that_names_UTC_is_read_so(string header, string expected)
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("zone.csv", $"Last name,{header}\nZone,2021-01-12 23:30\n", ("duplicates", "create"));
        var id = (await api.GetAsync($"imports/{import.Id}/rows"))["items"][0].GetProperty("recordId").GetInt64();
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), (await api.GetAsync($"contacts/{id}"))["createdAt"].GetDateTimeOffset());
    }

    [Theory]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("00/00/0000")]
    public async Task A_date_of_nothing_is_no_date(string nothing)
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("zero.csv", $"Last name,Created\nZero {nothing.Length},{nothing}\nSome {nothing.Length},2021-03-12\n");
        Assert.Equal((2, 0, 0, 0), import.Counts());
    }

    [Fact]
    public async Task The_wizard_asks_for_the_order_and_shows_the_date()
    {
        using var api = Api(Cast.Anna);
        var upload = (await api.UploadAsync("asked.csv", "Last name,Created\nAsked,03/04/2021\n")).Expect(201);
        var page = await As(Cast.Anna).GetAsync($"/imports/{upload.Id}");
        Assert.Contains("03/04/2021", page.Expect(200).Text, StringComparison.Ordinal);
        page = await page.Form("#import").Fill("DateOrder", "mdy").SubmitAsync();
        await api.SettledAsync(upload.Id);
        (await api.PostAsync($"imports/{upload.Id}/run")).ExpectSuccess();
        Assert.Equal((1, 0, 0, 0), (await api.SettledAsync(upload.Id)).Counts());
        var id = (await api.GetAsync($"imports/{upload.Id}/rows"))["items"][0].GetProperty("recordId").GetInt64();
        Assert.StartsWith("2021-03-0", (await api.GetAsync($"contacts/{id}"))["createdAt"].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Last name;Created\nShown;03/04/2021\n", "2021-04-03")]
    [InlineData("Last name,Created,Country\nShown,03/04/2021,USA\n", "2021-03-04")]
    [InlineData("Last name;Created\nShown;04/13/2021\n", "2021-04-13")]
    public async Task The_wizard_shows_the_date_as_the_file_decides_it(string file, string shown)
    {
        var upload = (await Api(Cast.Anna).UploadAsync("shown.csv", file)).Expect(201);
        Assert.Contains(shown, (await As(Cast.Anna).GetAsync($"/imports/{upload.Id}")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_without_dates_is_no_date()
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("flags.csv", "Last name,Registered\nFlagged,yes\n");
        Assert.Equal("ignore", import["mapping"][1].GetProperty("target").GetString());
        Assert.Equal((1, 0, 0, 0), import.Counts());
    }
}
