using System.Text.Json;
using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>
/// Files as other programs and people write them. Beside each, what a person who reads it would type in: the file is imported with no option given and comes out so.
/// What an expectation does not name is empty; a category may be left out, " *" marks the main value.
/// </summary>
public sealed class ImportOtherProgramsTests(LiaisonServer server) : HttpTests(server)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    private static string Folder => Path.Combine(Repository.Root, "tests", "Tests", "Exchange", "Fixtures");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_comes_out_as_a_person_would_type_it(string file)
    {
        var expected = JsonSerializer.Deserialize<ExpectedFile>(await File.ReadAllTextAsync(Path.Combine(Folder, file + ".json")), Strict)!;
        Assert.NotEmpty(expected.Contacts);
        using var api = Api(Cast.Admin);
        var content = await File.ReadAllBytesAsync(Path.Combine(Folder, file));
        var dry = (await api.UploadAsync(Path.GetFileName(file), content)).Expect(201);
        (await api.PostAsync($"imports/{dry.Id}/dry-run")).ExpectSuccess();
        var told = (await api.SettledAsync(dry.Id)).Counts();
        (await api.PostAsync($"imports/{dry.Id}/run")).ExpectSuccess();
        var import = await api.SettledAsync(dry.Id);
        var rows = (await api.GetAsync($"imports/{dry.Id}/rows?limit=200")).ExpectSuccess()["items"].EnumerateArray().ToList();
        var differences = new List<string>();
        if (told != import.Counts()) differences.Add($"the dry run told {told}, the run did {import.Counts()}");
        if (import.Counts() != (expected.Contacts.Count, 0, expected.Skipped, expected.Failed)) differences.Add($"rows: {import.Counts()}, expected {(expected.Contacts.Count, 0, expected.Skipped, expected.Failed)}");
        differences.AddRange(rows.Where(r => r.GetProperty("result").GetString() != "created").Select(r => $"  row {r.GetProperty("row")} {r.GetProperty("result")}: {r.GetProperty("messages")}").Where(_ => differences.Count > 0).ToList());
        var made = rows.Where(r => r.GetProperty("result").GetString() == "created").ToList();
        for (var i = 0; i < made.Count; i++)
        {
            var contact = (await api.GetAsync($"contacts/{made[i].GetProperty("recordId")}")).ExpectSuccess().Json;
            if (i >= expected.Contacts.Count) differences.Add($"row {made[i].GetProperty("row")}: nobody expected “{contact.GetProperty("name")}”");
            else differences.AddRange(expected.Contacts[i].Differences(contact).Select(d => $"row {made[i].GetProperty("row")}, {contact.GetProperty("name")}: {d}"));
        }
        await using var db = Db();
        await db.Set<Contact>().IgnoreQueryFilters().ExecuteDeleteAsync();
        if (differences.Count > 0) differences.Add(string.Join(" | ", import["mapping"].EnumerateArray().Select(m => $"{m.GetProperty("header").GetString()}={m.GetProperty("target").GetString()}")));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private sealed record ExpectedFile(List<ExpectedContact> Contacts, long Skipped = 0, long Failed = 0);

    private sealed record ExpectedContact(string Kind = "person", string First = "", string Last = "", string Company = "", string Title = "", string Industry = "", string Notes = "",
        List<string>? Emails = null, List<string>? Phones = null, List<string>? Sites = null, List<string>? Socials = null, List<string>? Addresses = null, List<string>? Tags = null)
    {
        public IEnumerable<string> Differences(JsonElement contact)
        {
            string Text(string name) => contact.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
            foreach (var (what, wanted, is_) in new[] { ("kind", Kind, Text("kind")), ("first", First, Text("firstName")), ("last", Last, Text("lastName")), ("company", Company, Text("companyName")),
                ("title", Title, Text("jobTitle")), ("industry", Industry, Text("industry")), ("notes", Notes, Text("description").Replace("\r", "", StringComparison.Ordinal)) })
                if (wanted != is_) yield return $"{what} “{is_}”, expected “{wanted}”";
            foreach (var (what, wanted, are) in new[] { ("emails", Emails, Values(contact, "emails")), ("phones", Phones, Values(contact, "phones")), ("sites", Sites, Values(contact, "websites")),
                ("socials", Socials, Values(contact, "socials")), ("addresses", Addresses, Places(contact)), ("tags", Tags, contact.GetProperty("tags").EnumerateArray().Select(t => new[] { t.GetString()! }).ToList()) })
                if (!Same(wanted ?? [], are)) yield return $"{what} “{string.Join("”, “", are.Select(a => a[^1]))}”, expected “{string.Join("”, “", wanted ?? [])}”";
        }

        // Each way of writing a value, the shortest first: "ann@x.example", "ann@x.example *", "work ann@x.example", "work ann@x.example *".
        private static string[] Ways(JsonElement value, string text, string behind)
        {
            var (category, main) = (value.GetProperty("category").GetString() + behind, value.GetProperty("primary").GetBoolean());
            return main ? [text, text + " *", $"{category} {text}", $"{category} {text} *"] : [text, $"{category} {text}"];
        }

        private static List<string[]> Values(JsonElement contact, string list) => [.. contact.GetProperty(list).EnumerateArray().Select(v => Ways(v, v.GetProperty("value").GetString()!, ""))];

        private static List<string[]> Places(JsonElement contact) => [.. contact.GetProperty("addresses").EnumerateArray()
            .Select(a => Ways(a, string.Join('|', new[] { "street", "zip", "city", "state", "country" }.Select(p => a.TryGetProperty(p, out var part) ? part.GetString()?.Replace("\r", "", StringComparison.Ordinal).Replace('\n', '/') : "")), ":"))];

        private static bool Same(List<string> wanted, List<string[]> are) => wanted.Count == are.Count && wanted.TrueForAll(w => are.Exists(a => a.Contains(w)));
    }
}
