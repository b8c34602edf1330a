using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Contacts;

/// <summary>What Ben gets of contacts of his own, shared ones, Anna's private ones and deleted ones, on every path of the record.</summary>
public sealed class AccessTests(LiaisonServer server) : HttpTests(server)
{
    public static TheoryData<string, string, int, string, int> Matrix()
    {
        // whose, GET path, its status, POST path, its status
        var data = new TheoryData<string, string, int, string, int>();
        void Row(string whose, int view, int form, int write)
        {
            foreach (var path in new[] { "", "/journal", "/status-history" }) data.Add(whose, path, whose == "deleted" && path.Length > 0 ? 404 : view, "", 0);
            foreach (var path in new[] { "/edit", "/facts/emails", "/facts/description", "/status" }) data.Add(whose, path, form, path, write);
            data.Add(whose, "", 0, "/details-checked", write);
            data.Add(whose, "", 0, "/delete", whose == "deleted" ? 303 : write);
            data.Add(whose, "", 0, "/status?relatives=true", write);
        }
        Row("own", 200, 200, 303);
        Row("read", 200, 403, 403);
        Row("readWrite", 200, 200, 303);
        Row("foreign", 404, 404, 404);
        Row("deleted", 200, 404, 404);
        Row("foreignDeleted", 404, 404, 404);
        return data;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Each_path_answers_by_what_the_viewer_may(string whose, string get, int getStatus, string post, int postStatus)
    {
        var secret = "Zq" + Guid.NewGuid().ToString("N")[..12];
        var id = await MakeAsync(whose, secret);
        var ben = As(Cast.Ben);
        if (getStatus != 0)
        {
            var page = (await ben.GetAsync($"/contacts/{id}{get}")).Expect(getStatus);
            if (getStatus is 404 or 403 && !whose.StartsWith("read", StringComparison.Ordinal)) Assert.DoesNotContain(secret, page.Html, StringComparison.OrdinalIgnoreCase);
        }
        if (postStatus == 0) return;
        var before = await Server.StoredAsync(id);
        var answer = (await ben.PostAsync($"/contacts/{id}{post}", ("Input.Description", "changed"), ("status", "client"), ("Lists", "Emails"))).Expect(postStatus);
        if (postStatus == 303) return;
        var after = await Server.StoredAsync(id);
        Assert.Equal((before.Version, before.Description, before.Status, before.DeletedAt, before.Points.Count), (after.Version, after.Description, after.Status, after.DeletedAt, after.Points.Count));
        if (whose.StartsWith("foreign", StringComparison.Ordinal)) Assert.DoesNotContain(secret, answer.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Somebody_who_only_reads_is_offered_no_way_to_change()
    {
        var id = await MakeAsync("read", "Lesbar");
        var page = (await As(Cast.Ben).GetAsync($"/contacts/{id}")).Expect(200);
        Assert.Empty(page.All($"main a[href$='/edit'], main a[href*='/facts/'], main a[href$='/{id}/status'], main form[action$='/delete']"));
        Assert.NotEmpty(page.All(".shared"));
    }

    [Fact]
    public async Task Restoring_takes_the_right_to_change()
    {
        var foreign = await MakeAsync("foreignDeleted", "Fremd");
        (await As(Cast.Ben).PostAsync($"/contacts/{foreign}/restore")).Expect(404);
        Assert.NotNull((await Server.StoredAsync(foreign)).DeletedAt);
        var own = await MakeAsync("deleted", "Eigen");
        (await As(Cast.Ben).PostAsync($"/contacts/{own}/restore")).Expect(303);
        Assert.Null((await Server.StoredAsync(own)).DeletedAt);
        // Pressed twice it is no mistake, and does nothing more.
        var version = (await Server.StoredAsync(own)).Version;
        (await As(Cast.Ben).PostAsync($"/contacts/{own}/restore")).Expect(303);
        Assert.Equal(version, (await Server.StoredAsync(own)).Version);
    }

    [Fact]
    public async Task What_is_private_is_named_nowhere_to_others()
    {
        var secret = "Zq" + Guid.NewGuid().ToString("N")[..12];
        var company = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = ContactKind.Company; i.CompanyName = secret + " SA"; });
        await Server.ContactAsync(Cast.Anna, secret, i => { i.CompanyId = company; i.Emails = [new PointInput { Value = secret + "@example.org" }]; i.Tags = ["Tag-" + secret]; });
        var own = await Server.ContactAsync(Cast.Ben, "Meiner", i => i.Emails = [new PointInput { Value = secret + "@example.org" }]);
        var ben = As(Cast.Ben);
        foreach (var url in new[]
        {
            $"/contacts/{own}", $"/contacts/{own}/journal", $"/contacts/companies/suggest?q={secret[..6]}", $"/contacts/duplicates?lastName={secret}&firstName=Marie&companyName={secret}+SA",
            $"/contacts/new?company={company}",
        })
        {
            var page = (await ben.GetAsync(url)).Expect(200);
            Assert.DoesNotContain(secret + " ", page.Html.Replace("@example.org", "", StringComparison.Ordinal) + " ", StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain($"/contacts/{company}\"", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_same_email_that_one_may_not_see_only_says_whom_to_ask()
    {
        var secret = "Zq" + Guid.NewGuid().ToString("N")[..12];
        var id = await Server.ContactAsync(Cast.Anna, secret, i => i.Emails = [new PointInput { Value = "both@hidden.example" }]);
        var page = (await As(Cast.Ben).GetAsync("/contacts/duplicates?email=Both@Hidden.example")).Expect(200);
        Assert.Contains(Cast.Anna.Name, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain($"/contacts/{id}", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?except=")]
    public async Task Leaving_a_contact_out_by_its_id_says_nothing_about_one_that_is_not_seen(string except)
    {
        var id = await Server.ContactAsync(Cast.Anna, "Zqoracle", i => i.Emails = [new PointInput { Value = "oracle@hidden.example" }]);
        using var ben = Api(Cast.Ben);
        var reply = (await ben.PostAsync("contacts/duplicates" + (except.Length > 0 ? except + id : ""), new { lastName = "X", emails = new[] { new { value = "oracle@hidden.example" } } })).Expect(200);
        Assert.Contains(Cast.Anna.Name, reply["ask"].EnumerateArray().Select(n => n.GetString()));
        Assert.Contains(Cast.Anna.Name, (await As(Cast.Ben).GetAsync($"/contacts/duplicates{(except.Length > 0 ? except + id + "&" : "?")}email=oracle@hidden.example")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_company_that_one_does_not_see_has_a_name_but_no_number_and_stays_when_one_saves()
    {
        // A number that nothing else on the pages has.
        await using (var db = Db()) await db.InTransactionAsync(() => db.ReserveIdsAsync<Contact>(48_611));
        var company = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = ContactKind.Company; i.CompanyName = "Verborgen GmbH"; });
        var id = await Server.ContactAsync(Cast.Anna, "Offen", i => { i.CompanyId = company; i.Access = ContactAccess.ReadWrite; });
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        (await anna.PatchAsync($"contacts/{id}", new { companyName = (string?)null })).Expect(200);
        Assert.Equal(company, (await anna.PatchAsync($"contacts/{id}", new { companyId = company })).Expect(200)["companyId"].GetInt64());

        var read = (await ben.GetAsync($"contacts/{id}")).Expect(200);
        Assert.Equal((System.Text.Json.JsonValueKind.Null, "Verborgen GmbH"), (read["companyId"].ValueKind, read["companyName"].GetString()));
        foreach (var path in new[] { $"contacts?ids={id}", $"contacts/{id}/timeline" })
            Assert.DoesNotContain($":{company},", (await ben.GetAsync(path)).Expect(200).Body, StringComparison.Ordinal);
        Assert.Empty((await ben.GetAsync($"contacts?company={company}")).Expect(200)["items"].EnumerateArray());
        Assert.Single((await anna.GetAsync($"contacts?company={company}")).Expect(200)["items"].EnumerateArray());
        foreach (var page in new[] { "", "/edit", "/facts/name", "/journal" })
        {
            var html = (await As(Cast.Ben).GetAsync($"/contacts/{id}{page}")).Html;
            foreach (var number in new[] { $"\"{company}\"", $"\"{company} ", $"&quot;companyId&quot;:{company}", $"/contacts/{company}\"", $"company={company}" }) Assert.DoesNotContain(number, html, StringComparison.Ordinal);
        }

        // Saved as it was read, in every way.
        (await ben.PatchAsync($"contacts/{id}", new { companyId = (long?)null, jobTitle = "Leiterin" })).Expect(200);
        (await ben.PutAsync($"contacts/{id}", new { firstName = "Marie", lastName = "Offen", companyId = (long?)null, companyName = "Verborgen GmbH", access = "readWrite" })).Expect(200);
        var edit = (await As(Cast.Ben).GetAsync($"/contacts/{id}/edit")).Expect(200);
        await edit.Form("form:has([name='Input.FirstName'])").Fill("Input.JobTitle", "Chefin").SubmitAsync();
        var stored = await Server.StoredAsync(id);
        Assert.Equal((company, "Verborgen GmbH", "Chefin"), (stored.CompanyId, stored.CompanyName, stored.JobTitle));
        // Guessing right is not told from guessing wrong.
        foreach (var guess in new[] { company, company + 1000 }) (await ben.PatchAsync($"contacts/{id}", new { companyId = guess })).ExpectProblem(422, "companyId");
    }

    private async Task<long> MakeAsync(string whose, string name)
    {
        var owner = whose is "own" or "deleted" ? Cast.Ben : Cast.Anna;
        var access = whose switch { "read" => ContactAccess.Read, "readWrite" => ContactAccess.ReadWrite, _ => ContactAccess.Private };
        var id = await Server.ContactAsync(owner, name, i => { i.Access = access; i.Description = "before"; i.Emails = [new PointInput { Value = name.ToLowerInvariant() + "@example.org" }]; });
        if (whose.EndsWith("eleted", StringComparison.Ordinal))
            Assert.Single(await Server.InScopeAsync(owner.Eyes(), s => s.GetRequiredService<DeleteContacts>().RunAsync([id], CancellationToken.None)));
        return id;
    }
}
