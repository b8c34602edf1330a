using System.Globalization;
using System.Text.Json;

namespace Liaison.Tests.Exchange;

/// <summary>Which contact a row is already, and what an undo leaves of what it changed.</summary>
public sealed class ImportMatchTests(LiaisonServer server) : HttpTests(server)
{
    private static int _number;

    // Stored first and last name; the row's names and phone; what becomes of the row.
    [Theory]
    [InlineData("Up|Date", "Upx||+33 6 11 11 11 11", "updated")]
    [InlineData("Up|Date", "U||0611111111", "updated")]
    [InlineData("Up|Date", "|Datex|06.11.11.11.11", "updated")]
    [InlineData("|Date", "Up|Dat|0611111111", "updated")]
    [InlineData("Up|Date", "Ann|Roe|0611111111", "created Up Date")]
    [InlineData("Up|Date", "|Roe|0622222222", "created Up Date")]
    public async Task The_same_email_and_phone_are_one_person_unless_the_names_contradict(string stored, string row, string expected)
    {
        using var api = Api(Cast.Anna);
        var number = Interlocked.Increment(ref _number);
        var (names, given) = (stored.Split('|'), row.Split('|'));
        string Own(string text) => text.Replace("11", (10 + number).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var mail = $"up{number}@match.example";
        var contact = (await api.PostAsync("contacts", new { firstName = names[0], lastName = names[1], emails = new[] { new { value = mail } }, phones = new[] { new { value = Own("0611111111") } } })).Expect(201);
        // Somebody else of the file has the address too: by itself it says nothing.
        var import = await api.ImportAsync("match.csv", $"First name,Last name,E-mail,Phone\n{given[0]},{given[1]},{mail.ToUpperInvariant()},{Own(given[2])}\nZoe,Zulu,{mail},\n", ("duplicates", "update"));
        var first = (await api.GetAsync($"imports/{import.Id}/rows"))["items"].EnumerateArray().MinBy(r => r.GetProperty("row").GetInt64());
        Assert.Equal(expected.Split(' ')[0], first.GetProperty("result").GetString());
        if (expected == "updated") Assert.Equal(contact.Id, first.GetProperty("recordId").GetInt64());
        else Assert.Contains(expected["created ".Length..], first.GetProperty("messages")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nom complet,E-mail,Ville,Société\nBleu Salon,info@n1.example,Nice,\n\"Bleu Salon, Ann Roe\",ann@n1.example,Nice,My Company\n\"Poe, Bob\",bob@n1.example,Nice,\n", "n1", "Bleu Salon|Ann Roe, Bleu Salon|Bob Poe")]
    [InlineData("Name,Email\n\"Vert Salon, Ann Marie Roe\",ann@n2.example\nVert Salon,info@n2.example\nEve Loe,eve@n2.example\n", "n2", "Ann Marie Roe, Vert Salon|Vert Salon|Eve Loe")]
    [InlineData("Nom;Société liée;Mail\nGris Salon;;info@n3.example\nAnn Roe;Gris Salon;ann@n3.example\nMarie Gris;;marie@n3.example\n", "n3", "Gris Salon|Ann Roe, Gris Salon|Marie Gris")]
    public async Task Other_rows_tell_a_company_from_a_person(string file, string place, string expected)
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync(place + ".csv", file);
        Assert.Equal((3, 0, 0, 0, 0), (import["created"].GetInt64(), import["updated"].GetInt64(), import["skipped"].GetInt64(), import["failed"].GetInt64(), import["companies"].GetInt64()));
        var rows = (await api.GetAsync($"imports/{import.Id}/rows"))["items"].EnumerateArray().OrderBy(r => r.GetProperty("row").GetInt64()).Select(r => r.GetProperty("recordId").GetInt64()).ToList();
        var found = new List<string>();
        foreach (var id in rows)
        {
            var contact = await api.GetAsync($"contacts/{id}");
            found.Add(contact["kind"].GetString() == "company" || contact["companyName"].ValueKind == JsonValueKind.Null ? contact["name"].GetString()! : $"{contact["name"].GetString()}, {contact["companyName"].GetString()}");
        }

        Assert.Equal(expected, string.Join('|', found));
    }

    // Stored first and last name; the row's names; whether the row is this person, whose phone it has.
    [Theory]
    [InlineData("Marie|Lambert", "Marie|Lambert", true), InlineData("Marie|Lambert", "Lambert|Marie", true), InlineData("Marie|Lambert", "|Lambert", true)]
    [InlineData("|Marie Lambert", "Marie|Lambert", true), InlineData("Marie|Lambert", "Marie Anne|Lambert-Roux", true)]
    [InlineData("Marie|Lambert", "Marie|Petit", false), InlineData("Marie|Lambert", "Paul|Lambert", false), InlineData("Jean-Luc|Delatour", "Luc|Martin", false)]
    [InlineData("Jean-Luc|Delatour", "Dupond|Jean", false), InlineData("Marie|Lambert", "|Marie Petit", false), InlineData("Marie|Lambert", "M|Lambert", true)]
    public async Task A_shared_phone_makes_no_one_of_two_people(string stored, string row, bool isSame)
    {
        using var api = Api(Cast.Anna);
        var number = Interlocked.Increment(ref _number);
        var (names, given) = (stored.Split('|'), row.Split('|'));
        var phone = string.Create(CultureInfo.InvariantCulture, $"+33 4 99 88 {number / 100:00} {number % 100:00}");
        (await api.PostAsync("contacts", new { firstName = names[0], lastName = names[1] + "", phones = new[] { new { value = phone } } })).Expect(201);
        var import = await api.ImportAsync("switchboard.csv", $"First name,Last name,Phone,E-mail\n{given[0]},{given[1]},{phone},other{number}@switchboard.example\n");
        Assert.Equal(isSame ? (0, 0, 1, 0) : (1, 0, 0, 0), import.Counts());
    }

    // Stored first, last and company's name; the same as the row has them; what becomes of the row.
    [Theory]
    [InlineData("Jörg|Müllner|", "Joerg|Muellner|", "updated")]
    [InlineData("Joerg|Muellmann|", "Jörg|Müllmann|", "updated")]
    [InlineData("Søren|Kjær|", "Soeren|Kjaer|", "updated")]
    [InlineData("Ann|Roe|Bäckerei Nüß", "Ann|Roe|Baeckerei Nuess", "updated")]
    [InlineData("Joerg|Muelltor|", "Jorg|Müllter|", "created")]
    public async Task A_name_is_recognised_in_its_other_spelling(string stored, string row, string expected)
    {
        using var api = Api(Cast.Anna);
        var (names, given) = (stored.Split('|'), row.Split('|'));
        var contact = (await api.PostAsync("contacts", new { firstName = names[0], lastName = names[1], companyName = names[2].Length > 0 ? names[2] : null })).Expect(201);
        var import = await api.ImportAsync("spelled.csv", $"First name,Last name,Company,Job title\n{given[0]},{given[1]},{given[2]},Chef\n", ("duplicates", "update"));
        var only = (await api.GetAsync($"imports/{import.Id}/rows"))["items"].EnumerateArray().Single();
        Assert.Equal(expected, only.GetProperty("result").GetString());
        if (expected == "updated") Assert.Equal(contact.Id, only.GetProperty("recordId").GetInt64());
    }

    [Fact]
    public async Task An_undo_restores_what_nobody_changed_since_and_names_what_it_leaves()
    {
        using var api = Api(Cast.Anna);
        var ids = new List<long>();
        foreach (var name in new[] { "Acted", "Edited", "Retitled" })
            ids.Add((await api.PostAsync("contacts", new { lastName = name, jobTitle = "Buyer", industry = "Steel", emails = new[] { new { value = $"{name}@undone.example" } } })).Expect(201).Id);
        const string rows = "Last name,E-mail,Job title,Industry,Phone,Company\nActed,acted@undone.example,Director,Wood,0612345678,Undone Ltd\nEdited,edited@undone.example,Director,Wood,0612345679,\nRetitled,retitled@undone.example,Director,Wood,0612345670,\nFresh,fresh@undone.example,Director,,,Fresh Ltd\n";
        var import = await api.ImportAsync("undone.csv", rows, ("duplicates", "update"));
        Assert.Equal((1, 3, 0, 0), import.Counts());
        var fresh = (await api.GetAsync($"imports/{import.Id}/rows?result=created"))["items"][0].GetProperty("recordId").GetInt64();
        foreach (var id in new[] { ids[0], fresh }) (await api.PostAsync("activities", new { contactId = id, type = "call", outcome = "noAnswer" })).Expect(201);
        (await api.PatchAsync($"contacts/{ids[1]}", new { description = "Called" })).ExpectSuccess();
        (await api.PatchAsync($"contacts/{ids[2]}", new { jobTitle = "Chair" })).ExpectSuccess();
        (await api.PostAsync($"imports/{import.Id}/undo")).ExpectSuccess();
        Assert.Equal(4, (await api.SettledAsync(import.Id))["kept"].GetInt64());

        Assert.Equal(["Acted Buyer Steel 0", "Edited Buyer Steel 0", "Retitled Chair Steel 0"], await Task.WhenAll(ids.Select(async id => Told((await api.GetAsync($"contacts/{id}")).Json))));
        var kept = (await api.GetAsync($"imports/{import.Id}/kept"))["items"].EnumerateArray().ToDictionary(k => k.GetProperty("name").GetString()!);
        Assert.Equal(["Edited", "Fresh", "Fresh Ltd", "Retitled"], kept.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["edited", "used", "holds", "edited"], kept.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => k.Value.GetProperty("reason").GetString()));
        Assert.Equal(["jobTitle"], kept["Retitled"].GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(2, (await api.GetAsync($"imports/{import.Id}/kept?limit=2"))["items"].GetArrayLength());
        Assert.Contains("Retitled", (await As(Cast.Anna).GetAsync($"/imports/{import.Id}")).Expect(200).Text, StringComparison.Ordinal);
    }

    private static string Told(JsonElement c) => $"{c.GetProperty("lastName").GetString()} {c.GetProperty("jobTitle").GetString()} {c.GetProperty("industry").GetString()} {c.GetProperty("phones").GetArrayLength()}";
}
