using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Journal;
using Liaison.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Activities;

/// <summary>A button that is pressed again, because the page was slow or somebody went back, answers with what is reached.</summary>
public sealed class PressedTwiceTests(LiaisonServer server) : ActivityHttp(server)
{
    [Theory]
    [InlineData("contact")]
    [InlineData("activity")]
    [InlineData("response")]
    public async Task Deleting_and_its_undo_twice_answer_with_the_state_reached(string what)
    {
        var anna = As(Cast.Anna);
        using var api = Api(Cast.Anna);
        var contact = await ContactAsync("Deux", "Fois " + what);
        var activity = (await api.PostAsync("activities", new { contactId = contact, type = "call" })).Expect(201).Id;
        var response = (await api.PostAsync($"activities/{activity}/responses", new { text = "oui" })).Expect(201).Id;
        var (delete, restore, back) = what switch
        {
            "contact" => ($"/contacts/{contact}/delete", $"/contacts/{contact}/restore", "/contacts"),
            "activity" => ($"/activities/{activity}/deletion", $"/activities/{activity}/deletion?handler=restore", $"/contacts/{contact}"),
            _ => ($"/responses/{response}/deletion", $"/responses/{response}/deletion?handler=restore", $"/contacts/{contact}"),
        };
        var page = await anna.GetAsync($"/contacts/{contact}");
        for (var i = 0; i < 2; i++)
        {
            var answer = (await PostAsync(anna, page, delete)).Expect(303);
            Assert.StartsWith(back, answer.Location, StringComparison.Ordinal);
            Assert.NotEmpty((await anna.GetAsync(answer.Location!)).All($"form[action='{restore}']"));
        }
        Assert.Equal(what == "contact", (await StoredAsync(contact)).DeletedAt is not null);
        for (var i = 0; i < 2; i++) Assert.StartsWith($"/contacts/{contact}", (await PostAsync(anna, page, restore)).Expect(303).Location, StringComparison.Ordinal);
        Assert.Null((await StoredAsync(contact)).DeletedAt);
        var ben = As(Cast.Ben);
        (await PostAsync(ben, await ben.GetAsync("/contacts"), delete)).Expect(404);
    }

    [Fact]
    public async Task A_response_is_deleted_also_after_its_action()
    {
        var anna = As(Cast.Anna);
        using var api = Api(Cast.Anna);
        var contact = await ContactAsync("Avec", "Action");
        var activity = (await api.PostAsync("activities", new { contactId = contact, type = "call" })).Expect(201).Id;
        var response = (await api.PostAsync($"activities/{activity}/responses", new { text = "oui" })).Expect(201).Id;
        var page = await anna.GetAsync($"/contacts/{contact}");
        (await PostAsync(anna, page, $"/activities/{activity}/deletion")).Expect(303);
        (await PostAsync(anna, page, $"/responses/{response}/deletion")).Expect(303);
    }

    [Theory]
    [InlineData("/settings/activity-types")]
    [InlineData("/settings/lists/temperatures")]
    public async Task An_arrow_moves_an_entry_by_one_place(string list)
    {
        var admin = As(Cast.Admin);
        var before = await admin.GetAsync(list);
        var arrow = before.Form("tr:nth-child(2) form[action$='up=true']");
        var names = before.Texts("td.name a");
        for (var i = 0; i < 2; i++)
        {
            var page = (await arrow.SubmitAsync()).Expect(200);
            Assert.Empty(page.All(".toast"));
            Assert.Equal([names[1], names[0], .. names.Skip(2)], page.Texts("td.name a"));
        }
        (await (await admin.GetAsync(list)).Form("tr:nth-child(2) form[action$='up=true']").SubmitAsync()).Expect(200);
    }

    [Fact]
    public async Task A_tag_is_merged_once_by_a_name_sent_twice()
    {
        var admin = As(Cast.Admin);
        using var api = Api(Cast.Anna);
        var tag = (await api.PostAsync("tags", new { name = "Fusion un" })).Expect(201).Id;
        await api.PostAsync("tags", new { name = "Fusion deux" });
        var form = (await admin.GetAsync("/settings/tags?q=fusion")).Form($"form[action^='/settings/tags/{tag}']:not([data-turbo-confirm])").Fill("name", "Fusion deux");
        string[] said = [(await form.SubmitAsync()).Find(".toast").TextContent, (await form.SubmitAsync()).Find(".toast").TextContent];
        Assert.Contains("Fusion deux", said[0], StringComparison.Ordinal);
        Assert.Equal(said[0], said[1]);
    }

    [Fact]
    public async Task A_tag_is_deleted_and_contacts_come_back_from_the_trash_twice()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        var tag = (await Api(Cast.Anna).PostAsync("tags", new { name = "Deux fois" })).Expect(201).Id;
        var page = await admin.GetAsync("/settings/tags");
        for (var i = 0; i < 2; i++) Assert.Equal("/settings/tags", (await page.Form($"form[action='/settings/tags/{tag}'][data-turbo-confirm]").SubmitAsync("button[value=delete]", follow: false)).Expect(303).Location);
        Assert.Equal("/settings/tags", (await page.Form($"form[action='/settings/tags/{tag}']:not([data-turbo-confirm])").Fill("name", "Trois fois").SubmitAsync(follow: false)).Expect(303).Location);

        var contact = await ContactAsync("Corbeille", "Deux fois");
        page = await anna.GetAsync($"/contacts/{contact}");
        (await PostAsync(anna, page, $"/contacts/{contact}/delete")).Expect(303);
        for (var i = 0; i < 2; i++)
        {
            (await PostAsync(anna, page, $"/contacts/trash/restore?ids={contact}")).Expect(303);
            Assert.Empty((await anna.GetAsync("/contacts")).All(".toast.bad, .toast[role=alert]"));
        }
        Assert.Null((await StoredAsync(contact)).DeletedAt);
    }

    [Theory]
    [InlineData("tag", "tags", "Zweimal")]
    [InlineData("untag", "tags", "Schon")]
    [InlineData("access", "access", "readWrite")]
    [InlineData("delete", "all", "true")]
    [InlineData("delete", "tags", "")]
    public async Task What_is_done_with_many_contacts_twice_answers_as_the_first_time_and_is_taken_back_at_once(string operation, string field, string value)
    {
        var anna = As(Cast.Anna);
        var (name, ids) = ($"Gruppe{operation}{field}", new List<long>());
        for (var i = 0; i < 3; i++) ids.Add(await ContactAsync(name, $"{i}"));
        foreach (var id in ids) (await Api(Cast.Anna).PatchAsync($"contacts/{id}", new { tags = new[] { "Schon" } })).Expect(200);
        var form = (await anna.GetAsync($"/contacts?q={name}")).Form("form[data-list]");
        foreach (var id in ids) form.Tick("ids", $"{id}");
        if (field == "tags") form.Fill(field, value);
        if (field == "all")
        {
            form.Tick(field);
            form = (await form.SubmitAsync("button[formaction='/contacts/groups/delete']")).Expect(422).Form("main form.card");
        }
        var button = field switch { "all" => null, "access" => $"button[name=access][value={value}]", _ => $"button[formaction='/contacts/groups/{operation}']" };
        var said = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var page = await form.SubmitAsync(button);
            said.Add(page.Find(".toast").TextContent);
            if (i == 0) continue;
            Assert.Equal(said[0], said[1]);
            await page.Form(".toast form[action*='undo']").SubmitAsync();
        }
        foreach (var id in ids)
        {
            await using var db = Db();
            var stored = await db.Set<Contact>().Include(c => c.Tags).SingleAsync(c => c.Id == id, TestContext.Current.CancellationToken);
            Assert.Equal((null, ContactAccess.Private, 1), (stored.DeletedAt, stored.Access, stored.Tags.Count));
        }
        // What was taken back can be done anew.
        Assert.Equal(said[0], (await form.SubmitAsync(button)).Find(".toast").TextContent);
    }

    [Fact]
    public async Task Taking_back_twice_says_that_it_was_taken_back()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Annulé", "Deux fois");
        var form = (await anna.GetAsync($"/contacts?ids={id}")).Form("form[data-list]").Tick("ids", $"{id}").Fill("tags", "Encore");
        var undo = (await form.SubmitAsync("button[formaction='/contacts/groups/tag']")).Form(".toast form[action*='undo']");
        Assert.Contains("Annulé pour 1 contact", (await undo.SubmitAsync()).Find(".toast").TextContent, StringComparison.Ordinal);
        Assert.Contains("déjà annulé", (await undo.SubmitAsync()).Find(".toast").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client", "Signature", false)]
    [InlineData("client", "", false)]
    [InlineData("lead", "", true)]
    public async Task A_status_given_by_hand_twice_is_given_once(string status, string reason, bool locked)
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Statut", $"{status}{reason.Length}");
        var form = (await anna.GetAsync($"/contacts/{id}/status")).Form("main form.card").Choose("status", status).Fill("reason", reason).Tick("locked", on: locked);
        var said = new List<string>();
        for (var i = 0; i < 2; i++) said.Add((await form.SubmitAsync()).Expect(200).Find(".toast").TextContent);
        Assert.Equal(said[0], said[1]);
        await using var db = Db();
        Assert.Equal(1, await db.Set<JournalEntry>().CountAsync(j => j.SubjectType == "contact" && j.SubjectId == id, TestContext.Current.CancellationToken));
        // Another reason is another decision, to be taken knowing what the status is now.
        (await form.Fill("reason", "Autrement").SubmitAsync()).Expect(409);
    }

    [Theory]
    [InlineData("/settings/activity-types")]
    [InlineData("/settings/lists/contact-types")]
    [InlineData("/settings/lists/temperatures")]
    public async Task An_entry_of_a_list_that_is_added_twice_is_added_once(string list)
    {
        var form = (await As(Cast.Admin).GetAsync(list + "/new")).Form("main form.card").Fill("Input.Name", "Deux fois");
        for (var i = 0; i < 2; i++)
        {
            var page = (await form.SubmitAsync()).Expect(200);
            Assert.Contains("Deux fois", page.Find(".toast").TextContent, StringComparison.Ordinal);
            Assert.Single(page.All("main tbody tr"), r => r.TextContent.Contains("Deux fois", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Rules_that_are_saved_twice_are_saved()
    {
        var admin = As(Cast.Admin);
        async Task<FormToFill> ProposedAsync(string effect) =>
            (await (await admin.GetAsync("/settings/activity-rules")).Form("main form[method=get]").Fill("effect_refused", effect).SubmitAsync()).Expect(200).Form("#preview form");
        var form = await ProposedAsync("none");
        for (var i = 0; i < 2; i++) Assert.Contains("enregistrées", (await form.SubmitAsync()).Expect(200).Find(".toast").TextContent, StringComparison.Ordinal);
        (await (await ProposedAsync("refusal")).SubmitAsync(follow: false)).Expect(303);
        await Server.RunJobsAsync();
    }

    [Fact]
    public async Task Pressed_again_before_the_answer_it_has_its_effect_once_and_every_answer_says_so()
    {
        using var api = Api(Cast.Anna);
        var contact = await ContactAsync("Double", "Clic", ContactStatus.Client);
        var activity = (await api.PostAsync("activities", new { contactId = contact, type = "call", outcome = "wrongDetails" })).Expect(201).Id;
        var response = (await api.PostAsync($"activities/{activity}/responses", new { text = "oui" })).Expect(201).Id;
        var browsers = Enumerable.Range(0, 6).Select(_ => As(Cast.Anna)).ToList();
        var pages = await Task.WhenAll(browsers.Select(b => b.GetAsync($"/contacts/{contact}")));
        string[] addresses =
        [
            $"/contacts/{contact}/details-checked", $"/responses/{response}/deletion", $"/responses/{response}/deletion?handler=restore", $"/activities/{activity}/deletion", $"/activities/{activity}/deletion?handler=restore",
            $"/contacts/{contact}/delete", $"/contacts/{contact}/restore",
        ];
        foreach (var address in addresses)
            foreach (var answer in await Task.WhenAll(browsers.Select((b, i) => PostAsync(b, pages[i], address)))) answer.Expect(303);
        await using (var db = Db())
        {
            var told = await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && j.SubjectId == contact && !j.Kind.StartsWith("contact.status")).GroupBy(j => j.Kind).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(TestContext.Current.CancellationToken);
            Assert.All(told, t => Assert.Equal(1, t.Count));
        }
        var forms = await Task.WhenAll(browsers.Select(async b => (await b.GetAsync($"/contacts/{contact}/status")).Form("main form.card").Choose("status", "lead").Fill("reason", "Erreur")));
        foreach (var answer in await Task.WhenAll(forms.Select(f => f.SubmitAsync(follow: false)))) answer.Expect(303);
    }
}
