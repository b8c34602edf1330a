using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

/// <summary>The settings pages of contact types and temperatures.</summary>
public sealed class ShortListTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("contact-types", "contactType", "Input.Type")]
    [InlineData("temperatures", "temperature", "Input.Temperature")]
    public async Task An_entry_is_added_renamed_moved_and_deleted(string list, string word, string field)
    {
        var (anna, admin, home) = (As(Cast.Anna), As(Cast.Admin), "/settings/lists/" + list);
        (await anna.GetAsync(home)).Expect(403);
        (await admin.GetAsync("/settings/lists/others")).Expect(404);
        Assert.NotEmpty((await admin.GetAsync("/settings")).All($"a[href='{home}']"));
        (await (await admin.GetAsync(home + "/new")).Form("main form").SubmitAsync()).Expect(422);
        var page = (await (await admin.GetAsync(home + "/new")).Form("main form").Fill("Input.Name", "Presse locale").SubmitAsync()).Expect(200);
        Assert.Equal(home, page.Url);
        Assert.Equal("Presse locale", page.Texts("td.name a")[^1]);
        (await (await admin.GetAsync(home + "/new")).Form("main form").Fill("Input.Name", "presse LOCALE").SubmitAsync()).Expect(422);
        var id = page.All("td.name a")[^1].GetAttribute("href")!.Split('/')[^1];
        page = await (await admin.GetAsync($"{home}/{id}")).Form("main form").Fill("Input.Name", "Médias").SubmitAsync();
        Assert.Equal("Médias", page.Texts("td.name a")[^1]);
        Assert.Contains("Médias", (await anna.GetAsync("/contacts/new")).Text, StringComparison.Ordinal);
        page = await page.Form($"form[action*='handler=move&id={id}&'][action$='up=true']").SubmitAsync();
        Assert.Equal("Médias", page.Texts("td.name a")[^2]);

        // The delivered entries have a name in each language until they are given one.
        var first = page.All("td.name a")[0].GetAttribute("href")!;
        var delivered = (await admin.GetAsync(first)).Form("main form")["Input.Name"];
        (await (await admin.GetAsync(first)).Form("main form").SubmitAsync(follow: false)).Expect(303);
        Assert.Null(await NameAsync(first));
        await (await admin.GetAsync(first)).Form("main form").Fill("Input.Name", "Autrement").SubmitAsync();
        Assert.Equal("Autrement", await NameAsync(first));
        await (await admin.GetAsync(first)).Form("main form").Fill("Input.Name", delivered!).SubmitAsync();
        Assert.Null(await NameAsync(first));

        // Used: it is said by how many, and asked what they get.
        var contact = long.Parse((await (await anna.GetAsync("/contacts/new")).Form("main form.card").Fill("Input.LastName", "Porteur").Fill(field, "presseLocale").SubmitAsync()).Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var ask = (await admin.GetAsync($"{home}/{id}/delete")).Expect(200);
        Assert.Contains("1 contact", ask.Find("main form p").TextContent, StringComparison.Ordinal);
        Assert.StartsWith(ask.Find("h1").TextContent, ask.Document.Title, StringComparison.Ordinal);
        (await ask.Form("main form").SubmitAsync()).Expect(422);
        var other = first.Split('/')[^1];
        page = (await ask.Form("main form").Fill("By", other).SubmitAsync()).Expect(200);
        Assert.DoesNotContain("Médias", page.Texts("td.name a"));
        var stored = await Server.StoredAsync(contact);
        Assert.Equal(long.Parse(other, System.Globalization.CultureInfo.InvariantCulture), list == "temperatures" ? stored.TemperatureId : stored.TypeId);
        // Once more: it is said, not lost.
        Assert.Equal(home, (await ask.Form("main form").Fill("By", other).SubmitAsync()).Url);
        await using var db = Db();
        Assert.Equal(["created", "edited", "edited", "deleted"], await db.Set<JournalEntry>().Where(j => j.SubjectType == word && j.SubjectId == long.Parse(id)).OrderBy(j => j.Id).Select(j => j.Kind.Substring(word.Length + 1)).ToListAsync());

        async Task<string?> NameAsync(string url)
        {
            await using var read = Db();
            var entry = long.Parse(url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            return list == "temperatures" ? await read.Set<Temperature>().Where(t => t.Id == entry).Select(t => t.Name).SingleAsync() : await read.Set<ContactType>().Where(t => t.Id == entry).Select(t => t.Name).SingleAsync();
        }
    }

    [Fact]
    public async Task An_entry_keeps_what_somebody_else_changed_meanwhile()
    {
        var admin = As(Cast.Admin);
        await (await admin.GetAsync("/settings/lists/temperatures/new")).Form("main form").Fill("Input.Name", "Tiède").Fill("Input.Color", "#112233").SubmitAsync();
        var url = (await admin.GetAsync("/settings/lists/temperatures")).All("td.name a")[^1].GetAttribute("href")!;
        var (colour, name) = ((await admin.GetAsync(url)).Form("main form").Fill("Input.Color", "#445566"), (await admin.GetAsync(url)).Form("main form").Fill("Input.Name", "Mien"));
        (await (await admin.GetAsync(url)).Form("main form").Fill("Input.Name", "Leur").SubmitAsync(follow: false)).Expect(303);
        (await colour.SubmitAsync(follow: false)).Expect(303);
        var page = (await name.SubmitAsync()).Expect(409);
        Assert.Equal(["Nom", "Leur", "Mien"], page.Texts("main .note.warn tbody > tr > *"));
        (await page.Form("main form").SubmitAsync(follow: false)).Expect(303);
        var form = (await admin.GetAsync(url)).Form("main form");
        Assert.Equal(("Mien", "#445566"), (form["Input.Name"], form["Input.Color"]));
    }

    [Theory]
    [InlineData("/settings/lists/contact-types")]
    [InlineData("/settings/activity-types")]
    public async Task Two_who_move_entries_at_once_lose_nothing_silently(string url)
    {
        var admin = As(Cast.Admin);
        var (mine, theirs) = (await admin.GetAsync(url), await admin.GetAsync(url));
        var order = mine.Texts("td.name a");
        await theirs.Form("form[action*='handler=move']:has(button:not([disabled]))[action$='up=false']").SubmitAsync();
        // From a page that shows the old order, up past one that is no neighbour any more: nothing moves, and it is said.
        var late = await mine.Form("tr:nth-child(3) form[action$='up=true']").SubmitAsync();
        Assert.NotEmpty(late.All(".toast"));
        Assert.Equal([order[1], order[0], .. order.Skip(2)], late.Texts("td.name a"));
        // Other entries are moved although the page is old.
        var last = (await mine.Form($"tr:nth-child({order.Count}) form[action$='up=true']").SubmitAsync()).Texts("td.name a");
        Assert.Equal([order[1], order[0], .. order.Skip(2).SkipLast(2), order[^1], order[^2]], last);
    }

    [Fact]
    public async Task A_type_without_lifecycle_takes_the_status_and_gives_it_back()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        using var api = Api(Cast.Anna);
        using var root = Api(Cast.Admin);
        var supplier = (await root.PostAsync("contact-types", new { name = "Atelier" })).Expect(201).Id;
        var id = (await api.PostAsync("contacts", new { lastName = "Sansstatut", type = "atelier" })).Expect(201).Id;
        var locked = (await api.PostAsync("contacts", new { lastName = "Verrou", type = "atelier" })).Expect(201).Id;
        (await api.PutAsync($"contacts/{locked}/status", new { status = "client", locked = true })).Expect(200);
        (await api.PostAsync("activities", new { contactId = id, type = "call" })).Expect(201);

        var page = await (await admin.GetAsync($"/settings/lists/contact-types/{supplier}")).Form("main form").Tick("Input.Lifecycle", on: false).SubmitAsync();
        Assert.Contains("Sans statut", string.Join(' ', page.Texts("td.name")), StringComparison.Ordinal);
        await Server.RunJobsAsync();
        Assert.Contains("1 contact", (await admin.GetAsync("/settings/lists/contact-types")).Find("#replay").TextContent, StringComparison.Ordinal);
        Assert.Equal((ContactStatus.None, ContactStatus.Client), ((await Server.StoredAsync(id)).Status, (await Server.StoredAsync(locked)).Status));

        // Pages, lists, counts, API: no status, nothing to set by hand, and what is recorded changes nothing.
        var record = (await anna.GetAsync($"/contacts/{id}")).Expect(200);
        Assert.Empty(record.All(".head .badge"));
        Assert.Contains("Sans statut", record.Find(".why").TextContent, StringComparison.Ordinal);
        Assert.Contains("Sans statut", (await anna.GetAsync($"/contacts/{id}/status-history")).Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Empty((await anna.GetAsync("/contacts?q=sansstatut")).All("tbody .badge"));
        Assert.Empty((await anna.GetAsync("/contacts?status=prospect&q=sansstatut")).All("tbody tr"));
        Assert.NotEmpty((await anna.GetAsync("/contacts/filter")).All("input[name=status][value=none]"));
        Assert.Equal(1, (await api.GetAsync("contacts?status=none&q=sansstatut"))["count"].GetInt32());
        (await anna.GetAsync($"/contacts/{id}/status")).Expect(200);
        (await api.PutAsync($"contacts/{id}/status", new { status = "client" })).ExpectProblem(409);
        (await api.PutAsync($"contacts/{locked}/status", new { status = "none" })).ExpectProblem(422, "status");
        Assert.Empty((await api.PostAsync("activities", new { contactId = id, type = "sale" })).Expect(201)["effects"].EnumerateArray());
        var made = (await api.PostAsync("contacts", new { lastName = "Nouveau", type = "atelier" })).Expect(201);
        Assert.Equal("none", made["status"].GetString());

        // Another type gives the status that follows from what was recorded, and takes it.
        Assert.Equal("client", (await api.PatchAsync($"contacts/{id}", new { type = "partner" })).Expect(200)["status"].GetString());
        Assert.Equal("none", (await api.PatchAsync($"contacts/{id}", new { type = "atelier" })).Expect(200)["status"].GetString());
        Assert.Equal("lead", (await api.PatchAsync($"contacts/{made.Id}", """{"type":null}""")).Expect(200)["status"].GetString());

        (await root.PatchAsync($"contact-types/{supplier}", new { lifecycle = true })).Expect(200);
        await Server.RunJobsAsync();
        Assert.Equal(ContactStatus.Client, (await Server.StoredAsync(id)).Status);
        Assert.Equal(["Sans statut", "Client"], (await anna.GetAsync($"/contacts/{id}/status-history")).Texts("tbody tr:first-child .badge"));
    }

    [Theory]
    [InlineData("/settings/activity-types")]
    [InlineData("/settings/lists/contact-types")]
    [InlineData("/settings/lists/temperatures")]
    public async Task Whoever_goes_back_to_the_question_about_what_is_deleted_is_led_to_the_list(string home)
    {
        var page = (await As(Cast.Admin).GetAsync(home + "/987654321/delete")).Expect(200);
        Assert.Equal(home, page.Url);
        Assert.Contains("C’est déjà supprimé.", page.Texts(".toast p"));
    }

    [Fact]
    public async Task Who_loses_a_type_without_lifecycle_has_a_status_again_and_files_respect_it()
    {
        using var api = Api(Cast.Admin);
        var type = (await api.PostAsync("contact-types", new { name = "Sous-traitant", lifecycle = false })).Expect(201);
        Assert.False(type["lifecycle"].GetBoolean());
        (await api.PostAsync("temperatures", new { name = "x", lifecycle = false })).ExpectProblem(422, "lifecycle");
        var known = (await api.PostAsync("contacts", new { lastName = "Connu", emails = new[] { new { category = "work", value = "connu@st.example" } } })).Expect(201).Id;
        await Exchange.ImportUse.ImportAsync(api, "st.csv", "Last name,E-mail,Type\nNeuf,neuf@st.example,Sous-traitant\nConnu,connu@st.example,Sous-traitant\n");
        long fresh;
        await using (var db = Db()) fresh = await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.LastName == "Neuf").Select(c => c.Id).SingleAsync();
        Assert.Equal(ContactStatus.None, (await Server.StoredAsync(fresh)).Status);
        var file = await api.Http.GetStringAsync($"exports/contacts?ids={fresh}&fields=lastName,status,statusSince,statusCause");
        Assert.EndsWith(file.Contains(';', StringComparison.Ordinal) ? "Neuf;;;" : "Neuf,,,", file.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("Sans statut", Assert.Single((await As(Cast.Admin).GetAsync($"/contacts/{fresh}/status-history")).Texts("tbody .badge")));

        var page = (await As(Cast.Admin).GetAsync($"/settings/lists/contact-types/{type.Id}/delete")).Form("main form").Fill("By", "none");
        (await page.SubmitAsync()).Expect(200);
        await Server.RunJobsAsync();
        Assert.Equal((ContactStatus.Lead, ContactStatus.Lead), ((await Server.StoredAsync(fresh)).Status, (await Server.StoredAsync(known)).Status));
    }

    [Theory]
    [InlineData("contact-types", "type")]
    [InlineData("temperatures", "temperature")]
    public async Task The_api_deletes_an_entry_in_use_when_it_says_what_contacts_get_instead(string list, string field)
    {
        using var api = Api(Cast.Admin);
        var (one, other) = ((await api.PostAsync(list, new { name = "Bientôt parti" })).Expect(201), (await api.PostAsync(list, new { name = "Successeur" })).Expect(201));
        if (field == "type") other = (await api.PatchAsync($"{list}/{other.Id}", new { lifecycle = false })).Expect(200);
        await Server.RunJobsAsync();
        var contact = (await api.PostAsync("contacts", new Dictionary<string, object?> { ["lastName"] = "Porteuse", [field] = one["key"].GetString() })).Expect(201).Id;
        (await api.DeleteAsync($"{list}/{one.Id}")).ExpectProblem(409);
        foreach (var wrong in new[] { "999999", $"{one.Id}", "x" }) (await api.DeleteAsync($"{list}/{one.Id}?replaceWith={wrong}")).ExpectProblem(400, "replaceWith");
        (await api.DeleteAsync($"{list}/{one.Id}?replaceWith={other.Id}", "\"old\"")).ExpectProblem(412);
        (await api.DeleteAsync($"{list}/{one.Id}?replaceWith={other.Id}", one.ETag)).Expect(204);
        Assert.Equal(other["key"].GetString(), (await api.GetAsync($"contacts/{contact}"))[field].GetString());
        await Server.RunJobsAsync();
        Assert.Equal(field == "type" ? "none" : "lead", (await api.GetAsync($"contacts/{contact}"))["status"].GetString());
        (await api.DeleteAsync($"{list}/{other.Id}?replaceWith=none")).Expect(204);
        await Server.RunJobsAsync();
        var after = (await api.GetAsync($"contacts/{contact}")).Expect(200);
        Assert.Equal((System.Text.Json.JsonValueKind.Null, "lead"), (after[field].ValueKind, after["status"].GetString()));
    }
}
