using System.Globalization;
using System.Text.Json;

namespace Liaison.Tests.Exchange;

/// <summary>What an import makes of contacts that exist.</summary>
public sealed class ImportMergeTests(LiaisonServer server) : HttpTests(server)
{
    private static int _number;

    // Category|street|zip|city; the stored addresses, those of the row, and what becomes of them.
    public static TheoryData<string, string, string> Addresses => new()
    {
        { "office|1 rue A|75001|Paris; office|2 rue B|69001|Lyon", "office|1 rue A|75001|Paris; office|2 rue B|69001|Lyon", "office|1 rue A|75001|Paris; office|2 rue B|69001|Lyon" },
        { "office|1 rue A|75001|Paris; office|2 rue B|69001|Lyon", "office|2 rue B|69001|Lyon", "office|1 rue A|75001|Paris; office|2 rue B|69001|Lyon" },
        { "office||69001|Lyon; office|2 rue B|69001|Lyon", "office|2, rue b|69001|Lyon", "office||69001|Lyon; office|2, rue b|69001|Lyon" },
        { "office|1 rue A|75001|Paris", "office|2 rue B||Lyon", "office|2 rue B||Lyon" },
        { "office|1 rue A||Paris", "office|1 rue A|75001|", "office|1 rue A|75001|Paris" },
        { "office|1 rue A|75001|Paris", "office|||Lyon", "office|1 rue A|75001|Paris; office|||Lyon" },
        { "office|||Lyon", "office|||Annecy", "office|||Annecy" },
        { "office|1 rue A|75001|Paris", "office|1 rue A|75001|Paris; office|2 rue B|69001|Lyon", "office|1 rue A|75001|Paris; office|2 rue B|69001|Lyon" },
        { "office|1 rue A|75001|Paris", "home|1 rue A|75001|Paris", "office|1 rue A|75001|Paris" },
        { "office|1 rue A|75001|Paris", "home|3 rue C|06000|Nice", "office|1 rue A|75001|Paris; home|3 rue C|06000|Nice" },
    };

    [Theory, MemberData(nameof(Addresses))]
    public async Task An_address_is_completed_replaced_as_a_whole_or_added(string stored, string row, string expected)
    {
        using var api = Api(Cast.Anna);
        var email = string.Create(CultureInfo.InvariantCulture, $"address{Interlocked.Increment(ref _number)}@merge.example");
        var contact = (await api.PostAsync("contacts", new { firstName = "Ada", lastName = "Adresse", emails = new[] { new { value = email } }, addresses = Parts(stored).Select(p => new { category = p[0], street = p[1], zip = p[2], city = p[3] }) })).Expect(201);
        var given = Parts(row).Select((p, i) => (Parts: p, Number: Parts(row).Take(i + 1).Count(q => q[0] == p[0]))).ToList();
        var header = given.SelectMany(g => new[] { "Street", "Postal code", "City" }.Select(part => $"Address ({char.ToUpperInvariant(g.Parts[0][0])}{g.Parts[0][1..]}) - {part}" + (g.Number == 1 ? "" : $" {g.Number}")));
        var csv = string.Join(';', header.Prepend("E-mail").Prepend("Last name").Prepend("First name")) + "\r\n" + string.Join(';', given.SelectMany(g => g.Parts[1..]).Prepend(email).Prepend("Adresse").Prepend("Ada")) + "\r\n";
        var import = await api.ImportAsync("addresses.csv", csv, ("duplicates", "update"));
        Assert.Equal(stored == expected ? (0, 0, 1, 0) : (0, 1, 0, 0), import.Counts());
        Assert.Equal(expected, Told((await api.GetAsync($"contacts/{contact.Id}"))["addresses"]));
    }

    [Fact]
    public async Task The_second_address_of_a_category_stays_the_main_one_and_the_file_is_recognised()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { firstName = "Mona", lastName = "Principale", addresses = new object[] { new { category = "office", street = "1 rue A", city = "Paris" }, new { category = "office", street = "2 rue B", city = "Lyon", primary = true } } })).Expect(201);
        var file = await api.Http.GetByteArrayAsync($"exports/contacts?ids={contact.Id}");
        Assert.Equal((0, 0, 1, 0), (await api.ImportAsync("again.csv", file, ("duplicates", "update"))).Counts());
        var copy = await api.ImportAsync("copy.csv", file, ("duplicates", "create"));
        var id = (await api.GetAsync($"imports/{copy.Id}/rows"))["items"][0].GetProperty("recordId").GetInt64();
        Assert.Equal("Lyon", (await api.GetAsync($"contacts/{id}"))["addresses"].EnumerateArray().Single(a => a.GetProperty("primary").GetBoolean()).GetProperty("city").GetString());
    }

    private static List<string[]> Parts(string addresses) => [.. addresses.Split("; ").Select(a => a.Split('|'))];

    private static string Told(JsonElement addresses) => string.Join("; ", addresses.EnumerateArray().Select(a => string.Join('|', new[] { "category", "street", "zip", "city" }.Select(p => a.GetProperty(p).GetString()))));
}
