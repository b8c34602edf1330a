using Liaison.Contacts;
using Liaison.Tests.Exchange;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

public sealed class FormTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task A_new_contact_with_every_field_is_shown_as_typed()
    {
        var page = (await As(Cast.Anna).GetAsync("/contacts/new")).Expect(200);
        var form = page.Form("main form.card").Fill("Input.FirstName", "Élodie").Fill("Input.LastName", "Garnier").Fill("Input.JobTitle", "Acheteuse").Fill("Input.CompanyName", "Forges du Rhône")
            .Fill("Input.Emails[0].Value", "elodie@forges.example").Fill("Input.Phones[0].Value", "+33 6 11 22 33 44").Fill("Input.Addresses[0].Street", "3 quai Perrache").Fill("Input.Addresses[0].City", "Lyon")
            .Add("Input.Emails[7].Value", "perso@garnier.example").Add("Input.Emails[7].Category", "home").Fill("Input.Type", "client").Fill("Input.Temperature", "hot").Fill("Input.Tags", "Salon, VIP")
            .Fill("Input.Websites[0].Value", "forges.example").Fill("Input.Socials[0].Value", "https://linkedin.com/in/elodie").Fill("Input.Industry", "Métal").Fill("Input.Currency", "CHF").Fill("Input.Description", "Ligne 1\r\nLigne 2")
            .Choose("Input.Access", "Read");
        var record = (await form.SubmitAsync()).Expect(200);
        Assert.Matches("^/contacts/[0-9]+$", record.Url);
        foreach (var shown in new[] { "Élodie Garnier", "Acheteuse", "Forges du Rhône", "elodie@forges.example", "perso@garnier.example", "+33 6 11 22 33 44", "3 quai Perrache", "Salon", "VIP", "forges.example", "Métal", "CHF", "Ligne 2", "Très chaud", "Anna Martin" })
            Assert.Contains(shown, record.Text, StringComparison.Ordinal);
        Assert.Equal("tel:+33611223344", record.Find("a[href^='tel:']").GetAttribute("href"));
        var stored = await Server.StoredAsync(IdOf(record));
        Assert.True(stored.Points.Single(p => p.Value == "elodie@forges.example").IsPrimary);
        Assert.Equal("home", stored.Points.Single(p => p.Value == "perso@garnier.example").Category);
        Assert.NotNull(stored.CompanyId);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_the_field_and_all_that_was_typed_stays()
    {
        var page = await As(Cast.Anna).GetAsync("/contacts/new");
        var again = (await page.Form("main form.card").Fill("Input.FirstName", "Jean").Fill("Input.Emails[0].Value", "no address").Fill("Input.Websites[0].Value", "javascript:alert(1)").Fill("Input.Tags", "Un, Deux").SubmitAsync()).Expect(422);
        var form = again.Form("main form.card");
        Assert.Equal(("Jean", "no address", "javascript:alert(1)", "Un, Deux"), (form["Input.FirstName"], form["Input.Emails[0].Value"], form["Input.Websites[0].Value"], form["Input.Tags"]));
        Assert.Equal("true", again.Find("#Input_Emails_0__Value").GetAttribute("aria-invalid"));
        Assert.Equal(2, again.All(".errors li a").Count);
        foreach (var link in again.All(".errors li a")) Assert.NotNull(again.Document.QuerySelector(link.GetAttribute("href")!));
        await using var db = Db();
        Assert.False(await db.Set<Contact>().IgnoreQueryFilters().AnyAsync(c => c.FirstName == "Jean"));
    }

    [Fact]
    public async Task The_same_email_twice_and_more_values_than_anybody_has_are_refused_at_their_field()
    {
        var page = await As(Cast.Anna).GetAsync("/contacts/new");
        var form = page.Form("main form.card").Fill("Input.LastName", "Deux-Fois").Fill("Input.Emails[0].Value", "deux@fois.example").Add("Input.Emails[1].Value", "DEUX@fois.example")
            .Fill("Input.Tags", string.Join(", ", Enumerable.Range(0, 101).Select(i => $"t{i}")));
        var again = (await form.SubmitAsync()).Expect(422);
        Assert.Equal(("true", "true"), (again.Find("#Input_Emails_1__Value").GetAttribute("aria-invalid"), again.Find("#Input_Tags").GetAttribute("aria-invalid")));
        Assert.Equal(2, again.All(".errors li a").Count);
        Assert.Equal("DEUX@fois.example", again.Form("main form.card")["Input.Emails[1].Value"]);

        using var api = Api(Cast.Anna);
        (await api.PostAsync("contacts", new { lastName = "x", emails = new[] { new { value = "a@x.example" }, new { value = "A@X.example" } } })).ExpectProblem(422, "emails[1].value");
        (await api.PostAsync("contacts", new { lastName = "x", tags = Enumerable.Range(0, 101).Select(i => $"t{i}") })).ExpectProblem(422, "tags");
        foreach (var (list, of) in new[] { ("emails", "p{0}@x.example"), ("phones", "0611{0}"), ("websites", "w{0}.example"), ("socials", "s{0}") })
        {
            string Sent(int count) => $"{{\"lastName\":\"x\",\"{list}\":[{string.Join(',', Enumerable.Range(100, count).Select(i => $"{{\"value\":\"{string.Format(System.Globalization.CultureInfo.InvariantCulture, of, i)}\"}}"))}]}}";
            (await api.PostAsync("contacts", Sent(101))).ExpectProblem(422, list + "[100].value");
            (await api.PostAsync("contacts", Sent(100))).Expect(201);
        }

        Assert.Equal((0, 0, 0, 1), (await api.ImportAsync("many.csv", $"Last name;Tags\nMany;\"{string.Join(", ", Enumerable.Range(0, 101).Select(i => $"t{i}"))}\"\n")).Counts());
        var merged = (await api.PostAsync("contacts", new { lastName = "Merged", emails = new[] { new { value = "merged@x.example" } }, tags = Enumerable.Range(0, 60).Select(i => $"t{i}") })).Expect(201);
        var import = await api.ImportAsync("more.csv", $"Last name;E-mail;Tags\nMerged;merged@x.example;\"{string.Join(", ", Enumerable.Range(0, 60).Select(i => $"u{i}"))}\"\n", ("duplicates", "update"));
        Assert.Equal((0, 0, 0, 1), import.Counts());
        Assert.Contains("At most 100", (await api.GetAsync($"imports/{import.Id}/rows")).Body, StringComparison.Ordinal);
        Assert.Equal(60, (await api.GetAsync($"contacts/{merged.Id}"))["tags"].GetArrayLength());
    }

    [Theory]
    [InlineData("محمد عبد الله")]
    [InlineData("👩‍👩‍👧‍👦 Famille 🎉")]
    [InlineData("李小龍")]
    public async Task A_name_in_any_script_with_a_long_description_is_found_and_left_as_it_is(string name)
    {
        var anna = As(Cast.Anna);
        var text = new string('é', 64_998) + "\r\nx";
        var record = (await (await anna.GetAsync("/contacts/new")).Form("main form.card").Fill("Input.LastName", name).Fill("Input.Tags", name).Fill("Input.Description", text).SubmitAsync()).Expect(200);
        var id = IdOf(record);
        foreach (var url in new[] { "/contacts?q=", "/contacts?tag=", "/search?q=", "/search/suggest?q=" })
            Assert.NotEmpty((await anna.GetAsync(url + Uri.EscapeDataString(name))).All($"[href='/contacts/{id}'], [data-href='/contacts/{id}']"));
        var form = (await anna.GetAsync($"/contacts/{id}/edit")).Form("main form.card");
        Assert.Equal($"/contacts/{id}", (await form.SubmitAsync()).Url);
        var stored = await Server.StoredAsync(id);
        Assert.Equal((1, name, 65_000), (stored.Version, stored.LastName, stored.Description.Length));
        (await form.Fill("Input.Description", text + "y").SubmitAsync()).Expect(422);
    }

    [Fact]
    public async Task Sent_twice_it_is_created_once()
    {
        var page = await As(Cast.Anna).GetAsync("/contacts/new");
        var form = page.Form("main form.card").Fill("Input.LastName", "Doublon-Unique");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => form.SubmitAsync(follow: false)));
        Assert.Single(answers.Select(a => a.Expect(303).Location).Distinct());
        await using var db = Db();
        Assert.Equal(1, await db.Set<Contact>().CountAsync(c => c.LastName == "Doublon-Unique"));
    }

    [Fact]
    public async Task Sent_again_with_other_content_it_asks_whether_another_contact_is_meant()
    {
        var page = await As(Cast.Anna).GetAsync("/contacts/new");
        var first = (await page.Form("main form.card").Fill("Input.LastName", "Retour-Premier").SubmitAsync(follow: false)).Expect(303).Location;
        // The way back shows the form as it was sent.
        var asked = (await page.Form("main form.card").Fill("Input.LastName", "Retour-Second").SubmitAsync()).Expect(422);
        Assert.Contains("Retour-Premier", asked.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.Equal((first, "Retour-Second"), (asked.Find(".note a").GetAttribute("href"), asked.Form("main form.card")["Input.LastName"]));
        var second = (await asked.Form("main form.card").SubmitAsync(follow: false)).Expect(303).Location;
        Assert.NotEqual(first, second);
        await using var db = Db();
        Assert.Equal(2, await db.Set<Contact>().CountAsync(c => c.LastName!.StartsWith("Retour-")));
        // A contact that is in the trash is none that could be meant.
        await As(Cast.Anna).PostAsync(second + "/delete");
        (await asked.Form("main form.card").Fill("Input.LastName", "Retour-Tiers").SubmitAsync(follow: false)).Expect(303);
    }

    [Fact]
    public async Task One_more_line_and_the_other_kind_keep_what_was_typed_without_script()
    {
        var page = await As(Cast.Anna).GetAsync("/contacts/new");
        var grown = await page.Form("main form.card").Fill("Input.LastName", "Lignes").Fill("Input.Emails[0].Value", "a@b.example").SubmitAsync("button[name=Add][value=Emails]");
        Assert.Equal(("Lignes", "a@b.example", ""), (grown.Form("main form.card")["Input.LastName"], grown.Form("main form.card")["Input.Emails[0].Value"], grown.Form("main form.card")["Input.Emails[1].Value"]));
        var company = await grown.Form("main form.card").SubmitAsync("button[name=As][value=company]");
        Assert.Equal(("company", "a@b.example"), (company.Form("main form.card")["Input.Kind"], company.Form("main form.card")["Input.Emails[0].Value"]));
    }

    [Fact]
    public async Task Save_and_create_another_keeps_the_company()
    {
        var company = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = ContactKind.Company; i.CompanyName = "Serre et Fils"; });
        var page = await As(Cast.Anna).GetAsync($"/contacts/new?company={company}");
        Assert.Equal("Serre et Fils", page.Form("main form.card")["Input.CompanyName"]);
        var next = (await page.Form("main form.card").Fill("Input.LastName", "Serre").SubmitAsync("button[name=Then]")).Expect(200);
        Assert.Equal($"/contacts/new?company={company}", next.Url);
        Assert.Contains("Serre", next.Find(".toast").TextContent, StringComparison.Ordinal);
        await using var db = Db();
        Assert.Equal(company, (await db.Set<Contact>().SingleAsync(c => c.LastName == "Serre")).CompanyId);
    }

    [Fact]
    public async Task A_company_name_typed_over_means_another_company()
    {
        var company = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = ContactKind.Company; i.CompanyName = "Alpha"; });
        var id = await Server.ContactAsync(Cast.Anna, "Wechsler", i => i.CompanyId = company);
        await (await As(Cast.Anna).GetAsync($"/contacts/{id}/edit")).Form("main form.card").Fill("Input.CompanyName", "Beta").SubmitAsync();
        var stored = await Server.StoredAsync(id);
        Assert.Equal("Beta", stored.CompanyName);
        Assert.NotEqual(company, stored.CompanyId);
    }

    [Fact]
    public async Task An_untouched_form_changes_nothing()
    {
        var id = await FullAsync("Ruhe");
        var before = await Server.StoredAsync(id);
        for (var i = 0; i < 2; i++) (await (await As(Cast.Anna).GetAsync($"/contacts/{id}/edit")).Form("main form.card").SubmitAsync()).Expect(200);
        Assert.Equal(before.Version, (await Server.StoredAsync(id)).Version);
    }

    [Fact]
    public async Task Fields_that_a_form_does_not_have_stay()
    {
        var id = await FullAsync("Rest");
        var page = await As(Cast.Anna).GetAsync($"/contacts/{id}/facts/description");
        (await page.Form("main form.quick").Fill("Input.Description", "neu").SubmitAsync()).Expect(200);
        (await As(Cast.Anna).PostAsync($"/contacts/{id}/edit", ("Input.JobTitle", "Chef"))).Expect(303);
        var stored = await Server.StoredAsync(id);
        Assert.Equal(("neu", "Chef", "Rest", 2, 1, 1, "CHF"), (stored.Description, stored.JobTitle, stored.LastName, stored.Points.Count, stored.Addresses.Count, stored.Tags.Count, stored.Currency));
    }

    [Fact]
    public async Task Taking_the_last_line_away_empties_the_list()
    {
        var id = await FullAsync("Leer");
        (await As(Cast.Anna).PostAsync($"/contacts/{id}/facts/emails", ("Lists", "Emails"))).Expect(303);
        Assert.DoesNotContain((await Server.StoredAsync(id)).Points, p => p.Kind == PointKind.Email);
    }

    [Fact]
    public async Task Two_people_in_different_fields_both_keep_their_change()
    {
        var id = await FullAsync("Zwei");
        var first = (await As(Cast.Anna).GetAsync($"/contacts/{id}/edit")).Form("main form.card");
        var second = (await As(Cast.Admin).GetAsync($"/contacts/{id}/edit")).Form("main form.card");
        (await first.Fill("Input.JobTitle", "Directrice").SubmitAsync()).Expect(200);
        (await second.Fill("Input.Emails[0].Value", "new@zwei.example").SubmitAsync()).Expect(200);
        var stored = await Server.StoredAsync(id);
        Assert.Equal("Directrice", stored.JobTitle);
        Assert.Contains(stored.Points, p => p.Value == "new@zwei.example");
    }

    [Theory]
    [InlineData("mine", "Meins")]
    [InlineData("theirs", "Ihres")]
    public async Task Two_people_in_the_same_field_are_asked(string choice, string kept)
    {
        var id = await FullAsync("Streit-" + choice);
        var first = (await As(Cast.Anna).GetAsync($"/contacts/{id}/edit")).Form("main form.card");
        var second = (await As(Cast.Admin).GetAsync($"/contacts/{id}/edit")).Form("main form.card");
        (await first.Fill("Input.JobTitle", "Ihres").Fill("Input.Industry", "Textile").SubmitAsync()).Expect(200);
        var asked = (await second.Fill("Input.JobTitle", "Meins").Fill("Input.Description", "lang getippt").SubmitAsync()).Expect(409);
        Assert.Contains("Meins", asked.Find(".errors table").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ihres", asked.Find(".errors table").TextContent, StringComparison.Ordinal);
        Assert.Equal("Ihres", (await Server.StoredAsync(id)).JobTitle);
        (await asked.Form("main form.card").Choose("Choice.jobTitle", choice).SubmitAsync()).Expect(200);
        var stored = await Server.StoredAsync(id);
        Assert.Equal((kept, "lang getippt", "Textile"), (stored.JobTitle, stored.Description, stored.Industry));
    }

    [Fact]
    public async Task Giving_a_contact_away_leads_back_to_the_list()
    {
        var id = await FullAsync("Weg");
        var page = await As(Cast.Anna).GetAsync($"/contacts/{id}/edit");
        var after = await page.Form("main form.card").Fill("Input.Responsibles", Cast.Ben.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).SubmitAsync(follow: false);
        // Both are ticked now: the list takes several.
        Assert.Equal($"/contacts/{id}", after.Expect(303).Location);
        (await As(Cast.Anna).PostAsync($"/contacts/{id}/facts/responsibles", ("Lists", "Responsibles"), ("Input.Responsibles", Cast.Ben.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))).Expect(303);
        (await As(Cast.Anna).GetAsync($"/contacts/{id}")).Expect(404);
    }

    private Task<long> FullAsync(string name) => Server.ContactAsync(Cast.Anna, name, i =>
    {
        i.Emails = [new PointInput { Value = name.ToLowerInvariant() + "@example.org" }];
        i.Phones = [new PointInput { Value = "01 02 03 04 05" }];
        i.Addresses = [new AddressInput { City = "Nantes" }];
        (i.Tags, i.Currency, i.Industry) = (["Zeta"], "CHF", "Bois");
    });

    [Fact]
    public async Task Names_that_were_typed_stay_when_the_kind_is_switched_to_and_fro()
    {
        const string Form = "main form.card", Company = "button[name=As][value=company]", Person = "button[name=As][value=person]";
        var anna = As(Cast.Anna);
        var employer = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = ContactKind.Company; i.CompanyName = "Employeur Fixe"; });
        var form = (await anna.GetAsync($"/contacts/new?company={employer}")).Form(Form).Fill("Input.FirstName", "Marie").Fill("Input.LastName", "Dupont").Fill("Input.JobTitle", "Acheteuse");
        var company = await form.SubmitAsync(Company);
        Assert.Equal("Employeur Fixe", company.Form(Form)["Input.CompanyName"]);
        // Something wrong in between loses nothing either.
        company = (await company.Form(Form).Fill("Input.CompanyName", "").SubmitAsync()).Expect(422);
        company = await company.Form(Form).Fill("Input.CompanyName", "Employeur Fixe").SubmitAsync("button[name=Add][value=Emails]");
        form = (await company.Form(Form).SubmitAsync(Person)).Form(Form);
        Assert.Equal(("Marie", "Dupont", "Acheteuse", "Employeur Fixe"), (form["Input.FirstName"], form["Input.LastName"], form["Input.JobTitle"], form["Input.CompanyName"]));
        Assert.Equal(employer, (await Server.StoredAsync(IdOf(await form.SubmitAsync()))).CompanyId);

        // Without an employer the names become that of the company, and names again.
        form = (await (await anna.GetAsync("/contacts/new")).Form(Form).Fill("Input.FirstName", "Atelier").Fill("Input.LastName", "Vermeil").SubmitAsync(Company)).Form(Form);
        Assert.Equal("Atelier Vermeil", form["Input.CompanyName"]);
        form = (await form.SubmitAsync(Person)).Form(Form);
        Assert.Equal(("Atelier", "Vermeil", ""), (form["Input.FirstName"], form["Input.LastName"], form["Input.CompanyName"]));
        var saved = await (await form.SubmitAsync(Company)).Form(Form).SubmitAsync();
        Assert.Equal(("", "Atelier Vermeil"), ((await Server.StoredAsync(IdOf(saved))).LastName, (await Server.StoredAsync(IdOf(saved))).CompanyName));
    }

    private static long IdOf(PageResult page) => long.Parse(page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("Du\u007fpont", "Dupont")]
    [InlineData("Du\u001bpont", "Dupont")]
    [InlineData("Du\u0090pont", "Dupont")]
    [InlineData("Du\u0085Pont", "Du Pont")]
    [InlineData("Du\u2028Pont", "Du Pont")]
    [InlineData("Dupont\u007f", "Dupont")]
    public async Task Characters_that_control_something_are_no_part_of_a_name_or_a_tag(string typed, string stored)
    {
        var saved = await (await As(Cast.Anna).GetAsync("/contacts/new")).Form("main form.card").Fill("Input.LastName", typed).Fill("Input.Tags", typed + " tag").SubmitAsync(follow: false);
        var contact = (await Api(Cast.Anna).GetAsync(saved.Expect(303).Location![1..])).Expect(200);
        Assert.Equal((stored, stored + " tag"), (contact["lastName"].GetString(), contact["tags"][0].GetString()));
    }
}
