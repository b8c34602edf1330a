namespace Liaison.Tests.Exchange;

/// <summary>Currencies as other programs write them.</summary>
public sealed class ImportCurrencyTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("Devise", "€|euro|EUR|Euros|EUR - Euro|Euro (EUR)|eur", "EUR|EUR|EUR|EUR|EUR|EUR|EUR")]
    [InlineData("Currency", "$|US dollar|US Dollars|US$|usd|USD ($)|Dollar américain", "USD|USD|USD|USD|USD|USD|USD")]
    [InlineData("Currency", "£|pound sterling|CHF|franc suisse|CA$|Yen|A$", "GBP|GBP|CHF|CHF|CAD|JPY|AUD")]
    public async Task A_currency_is_understood(string header, string written, string expected)
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("money.csv", $"Last name;{header}\n" + string.Concat(written.Split('|').Select((w, i) => $"Money{i};{w}\n")), ("duplicates", "create"));
        Assert.Equal("currency", import["mapping"][1].GetProperty("target").GetString());
        Assert.Equal((expected.Split('|').Length, 0, 0, 0), import.Counts());
        Assert.Equal(expected.Split('|'), (await api.GetAsync($"contacts?import={import.Id}&sort=name"))["items"].EnumerateArray().OrderBy(c => c.GetProperty("lastName").GetString()).Select(c => c.GetProperty("currency").GetString()));
    }

    [Fact]
    public async Task What_is_no_currency_refuses_its_row_where_the_column_was_chosen()
    {
        using var api = Api(Cast.Anna);
        var upload = (await api.UploadAsync("none.csv", "Last name;Devise\nNone0;cauris\n")).Expect(201);
        Assert.Equal("ignore", upload["mapping"][1].GetProperty("target").GetString());
        (await api.PutAsync($"imports/{upload.Id}/mapping", new { mapping = new[] { new { column = 1, target = "currency" } } })).ExpectSuccess();
        (await api.PostAsync($"imports/{upload.Id}/run")).ExpectSuccess();
        Assert.Equal((0, 0, 0, 1), (await api.SettledAsync(upload.Id)).Counts());
    }
}
