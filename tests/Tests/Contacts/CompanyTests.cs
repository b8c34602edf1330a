using System.Text.Json;
using Liaison.Contacts;

namespace Liaison.Tests.Contacts;

/// <summary>Persons and the company they belong to.</summary>
public sealed class CompanyTests(LiaisonServer server) : HttpTests(server)
{
    private async Task<(long Company, long Person)> PairAsync(string company, ContactAccess access = ContactAccess.Private)
    {
        var id = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = ContactKind.Company; i.CompanyName = company; });
        return (id, await Server.ContactAsync(Cast.Anna, "Salariée", i => { i.CompanyId = id; i.Access = access; }));
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("foreign")]
    public async Task A_person_stays_editable_and_keeps_a_company_that_is_out_of_sight(string why)
    {
        var (company, person) = await PairAsync("Absente " + why, ContactAccess.ReadWrite);
        if (why == "deleted") (await Api(Cast.Anna).DeleteAsync($"contacts/{company}")).Expect(204);
        using var ben = Api(Cast.Ben);
        (await ben.PatchAsync($"contacts/{person}", new { jobTitle = "CEO" })).Expect(200);
        (await (await As(Cast.Ben).GetAsync($"/contacts/{person}/edit")).Form("main form.card").Fill("Input.Industry", "Bois").SubmitAsync()).Expect(200);
        (await (await As(Cast.Ben).GetAsync($"/contacts/{person}/facts/identity")).Form("main form").Fill("Input.FirstName", "Marine").SubmitAsync()).Expect(200);
        var stored = await Server.StoredAsync(person);
        Assert.Equal((company, "Absente " + why, "CEO", "Bois", "Marine"), (stored.CompanyId, stored.CompanyName, stored.JobTitle, stored.Industry, stored.FirstName));
        (await ben.PostAsync("contacts", new { lastName = "Autre", companyId = company })).ExpectProblem(422, "companyId");
    }

    [Fact]
    public async Task A_company_that_is_gone_when_its_person_is_saved_is_told_at_the_field_and_saving_again_goes_by_its_name()
    {
        var (company, _) = await PairAsync("Boulangerie Partie");
        var anna = As(Cast.Anna);
        var form = (await anna.GetAsync("/contacts/new")).Form("main form.card").Fill("Input.LastName", "Blanc").Fill("Input.CompanyName", "Boulangerie Partie").Fill("Input.CompanyId", company.ToString());
        (await Api(Cast.Anna).DeleteAsync($"contacts/{company}")).Expect(204);
        var page = (await form.SubmitAsync()).Expect(422);
        Assert.Contains("supprimée entre-temps", page.Find("#Input_CompanyName-error").TextContent, StringComparison.Ordinal);
        Assert.Single(page.All(".errors a[href='#Input_CompanyName']"));
        page = (await page.Form("main form.card").SubmitAsync()).Expect(200);
        Assert.Contains("Boulangerie Partie", page.Find(".head").TextContent, StringComparison.Ordinal);
        Assert.NotEqual(company, (await Server.StoredAsync(long.Parse(page.Url.Split('/')[^1].Split('?')[0]))).CompanyId);
    }

    [Theory]
    [InlineData("foreign", false)]
    [InlineData("deleted", true)]
    [InlineData("seen", true)]
    public async Task A_link_leads_to_a_company_only_where_it_can_be_opened(string which, bool isLinked)
    {
        var (company, person) = await PairAsync("Lien " + which, ContactAccess.ReadWrite);
        var who = which == "foreign" ? Cast.Ben : Cast.Anna;
        if (which == "deleted") (await Api(Cast.Anna).DeleteAsync($"contacts/{company}")).Expect(204);
        (await As(who).GetAsync($"/contacts/{company}")).Expect(isLinked ? 200 : 404);
        foreach (var url in new[] { $"/contacts/{person}", "/contacts?columns=company&q=" + Uri.EscapeDataString("Lien " + which) })
        {
            var page = (await As(who).GetAsync(url)).Expect(200);
            Assert.Contains("Lien " + which, page.Text, StringComparison.Ordinal);
            Assert.Equal(isLinked, page.All($"a[href='/contacts/{company}']").Count > 0);
        }
    }

    [Fact]
    public async Task A_company_with_persons_stays_a_company()
    {
        var (company, person) = await PairAsync("Peuplée");
        using var anna = Api(Cast.Anna);
        (await anna.PatchAsync($"contacts/{company}", new { kind = "person", lastName = "Peuplée" })).ExpectProblem(422, "kind");
        (await anna.PatchAsync($"contacts/{person}", """{"companyId":null}""")).Expect(200);
        (await anna.PatchAsync($"contacts/{company}", new { kind = "person", lastName = "Peuplée", companyId = company })).ExpectProblem(422, "companyId");
        (await anna.PatchAsync($"contacts/{company}", """{"kind":"person","lastName":"Peuplée"}""")).Expect(200);
    }

    [Fact]
    public async Task Null_for_the_company_unlinks()
    {
        var (_, person) = await PairAsync("Quittée");
        var after = (await Api(Cast.Anna).PatchAsync($"contacts/{person}", """{"companyId":null}""")).Expect(200);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (after["companyId"].ValueKind, after["companyName"].ValueKind));
    }

    [Theory]
    [InlineData("""{"responsibles":[]}""", "responsibles")]
    [InlineData("""{"responsibles":[-5]}""", "responsibles")]
    [InlineData("""{"kind":"company","companyName":"X"}""", "firstName", "lastName")]
    public async Task What_cannot_be_taken_is_refused_by_name(string change, params string[] fields)
    {
        var id = await Server.ContactAsync(Cast.Anna, "Refus");
        (await Api(Cast.Anna).PatchAsync($"contacts/{id}", change)).ExpectProblem(422, fields);
        Assert.Equal(1, (await Server.StoredAsync(id)).Version);
    }

    [Fact]
    public async Task A_company_takes_no_fields_of_a_person()
    {
        (await Api(Cast.Anna).PostAsync("contacts", new { kind = "company", companyName = "X", firstName = "A", jobTitle = "B" })).ExpectProblem(422, "firstName", "jobTitle");
    }

    [Fact]
    public async Task A_tag_with_a_comma_stays_one_when_the_form_is_saved()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Virgule", i => i.Tags = ["Salon", "Paris, 2026"]);
        var form = (await As(Cast.Anna).GetAsync($"/contacts/{id}/facts/tags")).Form("main form");
        await form.Fill("Input.Tags", form["Input.Tags"] + ", VIP").SubmitAsync();
        Assert.Equal(["Paris, 2026", "Salon", "VIP"], (await Api(Cast.Anna).GetAsync($"contacts/{id}"))["tags"].EnumerateArray().Select(t => t.GetString()));
    }
}
