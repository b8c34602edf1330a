using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>Imported contacts are leads, unless an administrator chooses another status for the whole file.</summary>
public sealed class ImportStatusTests(LiaisonServer server) : HttpTests(server)
{
    private const string File = "First name,Last name,E-mail,Company,Status\nPaule,Rang{0},paule{0}@rang.example,Rang {0} SARL,customer\n";

    private static string Rows(string name) => string.Format(System.Globalization.CultureInfo.InvariantCulture, File, name);

    private async Task<Contact> FindAsync(string email)
    {
        await using var db = Db();
        return await db.Set<Contact>().SingleAsync(c => c.PrimaryEmail == email);
    }

    [Fact]
    public async Task The_chosen_status_is_given_to_every_new_contact_with_the_import_as_its_cause()
    {
        using var api = Api(Cast.Admin);
        await api.ImportAsync("clients.csv", Rows("un"), ("status", "client"));
        var person = await FindAsync("pauleun@rang.example");
        Assert.Equal(ContactStatus.Client, person.Status);
        await using var db = Db();
        Assert.Equal(ContactStatus.Client, await db.Set<Contact>().Where(c => c.Id == person.CompanyId).Select(c => c.Status).SingleAsync());
        var history = (await api.GetAsync($"contacts/{person.Id}/status-history")).Expect(200)["items"].EnumerateArray().Single();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, history.GetProperty("from").ValueKind);
        Assert.Equal("client", history.GetProperty("to").GetString());
        Assert.Equal("import", history.GetProperty("cause").GetProperty("type").GetString());
        // A replay starts from there.
        (await api.PostAsync("activities", new { contactId = person.Id, type = "call", outcome = "refused" })).Expect(201);
        Assert.Equal(ContactStatus.Client, (await FindAsync("pauleun@rang.example")).Status);
    }

    [Fact]
    public async Task Without_a_choice_they_are_leads_and_the_history_says_so()
    {
        using var api = Api(Cast.Anna);
        await api.ImportAsync("leads.csv", Rows("deux"));
        var person = await FindAsync("pauledeux@rang.example");
        Assert.Equal(ContactStatus.Lead, person.Status);
        var history = (await api.GetAsync($"contacts/{person.Id}/status-history")).Expect(200)["items"].EnumerateArray().Single();
        Assert.Equal("lead", history.GetProperty("to").GetString());
    }

    [Fact]
    public async Task Only_administrators_choose()
    {
        using var api = Api(Cast.Anna);
        (await api.UploadAsync("mine.csv", Rows("trois"), ("status", "client"))).ExpectProblem(422, "status");
        using var admin = Api(Cast.Admin);
        (await admin.UploadAsync("odd.csv", Rows("quatre"), ("status", "vip"))).ExpectProblem(422, "status");
        var upload = (await api.UploadAsync("mine.csv", Rows("cinq"))).Expect(201);
        Assert.Empty((await As(Cast.Anna).GetAsync($"/imports/{upload.Id}")).Expect(200).All("select[name=Status]"));
        var theirs = (await admin.UploadAsync("ours.csv", Rows("six"))).Expect(201);
        Assert.NotEmpty((await As(Cast.Admin).GetAsync($"/imports/{theirs.Id}")).Expect(200).All("select[name=Status] option[value=client]"));
    }
}
