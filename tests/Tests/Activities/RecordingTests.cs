using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Tests.Harness;
using static Liaison.Contacts.Lifecycle.ContactStatus;

namespace Liaison.Tests.Activities;

public sealed class RecordingTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task An_action_saved_as_it_is_keeps_an_outcome_that_the_form_does_not_show()
    {
        var anna = As(Cast.Anna);
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Vendu", "Ainsi");
        var sale = (await api.PostAsync("activities", new { contactId = id, type = "sale", outcome = "sold" })).Expect(201);
        (await (await anna.GetAsync($"/activities/{sale.Id}/edit")).Form("#composer form").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal(ActivityOutcome.Sold, (await ActivitiesAsync(id)).Single().Outcome);
        // A choice left from another type is not meant.
        (await (await anna.GetAsync($"/activities/{sale.Id}/edit")).Form("#composer form").Choose("Activity.Type", "note").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal(ActivityOutcome.None, (await ActivitiesAsync(id)).Single().Outcome);
    }

    [Fact]
    public async Task The_message_tells_that_a_lock_kept_the_status()
    {
        var anna = As(Cast.Anna);
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Marie", "Dupont");
        (await api.PutAsync($"contacts/{id}/status", new { locked = true })).Expect(200);
        await RecordAsync(anna, id, "email");
        Assert.Equal("Action enregistrée. Le statut reste Lead\u202f: il est verrouillé.", (await OpenAsync(anna, id)).Expect(200).Find(".toast p").TextContent);
    }

    [Fact]
    public async Task The_message_tells_which_status_moved_and_why_and_undo_takes_it_back()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Marie", "Dupont");
        await RecordAsync(anna, id, "email");
        var page = (await OpenAsync(anna, id)).Expect(200);
        Assert.Contains("Marie Dupont passe de Lead à Prospect\u202f: un e-mail a été envoyé.", page.Find(".toast p").TextContent, StringComparison.Ordinal);

        (await page.Form(".toast form").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal(Lead, await StatusAsync(id));
        var after = await OpenAsync(anna, id);
        (await after.Form(".toast form").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal(Prospect, await StatusAsync(id));
    }

    [Theory]
    [InlineData("Answer.Text", "")]
    [InlineData("Answer.OccurredAt", "2099-01-01T10:00")]
    public async Task What_is_wrong_in_a_response_stands_at_its_field_and_the_summary_leads_there(string name, string value)
    {
        var anna = As(Cast.Anna);
        using var api = Api(Cast.Anna);
        var call = (await api.PostAsync("activities", new { contactId = await ContactAsync("Paul", "Roux"), type = "call" })).Expect(201);
        var form = (await anna.GetAsync($"/activities/{call.Id}/responses/new")).Form(".response-form").Fill("Answer.Text", "Oui").Fill(name, value);
        var page = (await form.SubmitAsync()).Expect(422);
        var field = page.Find(page.Find(".errors a").GetAttribute("href")!);
        Assert.Equal((name, "true"), (field.GetAttribute("name"), field.GetAttribute("aria-invalid")));
    }

    [Fact]
    public async Task What_was_typed_stays_when_something_is_wrong()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Paul", "Martin");
        var form = (await OpenAsync(anna, id)).Form("#composer form").Choose("Activity.Type", "meeting").Choose("Activity.Direction", "inbound").Choose("Activity.Outcome", "reached")
            .Choose("Activity.Rating", "4").Fill("Activity.Details", "Très <b>intéressé</b>\r\nrappeler").Fill("Activity.Campaign", "Salon 2026").Fill("Activity.Field1", "Nord").Fill("Activity.OccurredAt", "2099-01-01T10:00");
        var page = (await form.SubmitAsync()).Expect(422);
        Assert.Contains("futur", page.Find(".errors").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find(page.Find(".errors a").GetAttribute("href")!).GetAttribute("aria-invalid"));
        var again = page.Form("#composer form");
        Assert.Equal("meeting", again["Activity.Type"]);
        Assert.Equal("inbound", again["Activity.Direction"]);
        Assert.Equal("reached", again["Activity.Outcome"]);
        Assert.Equal("4", again["Activity.Rating"]);
        Assert.Equal("Très <b>intéressé</b>\nrappeler", again["Activity.Details"]!.ReplaceLineEndings("\n"));
        Assert.Equal("Salon 2026", again["Activity.Campaign"]);
        Assert.Equal("Nord", again["Activity.Field1"]);
        Assert.Empty(await ActivitiesAsync(id));

        await again.Fill("Activity.OccurredAt", "2026-01-05T10:00").SubmitAsync(follow: false);
        var stored = (await ActivitiesAsync(id)).Single();
        Assert.Equal("Très <b>intéressé</b>\nrappeler", stored.Details);
        Assert.Equal((4, "Salon 2026", "Nord", ActivityDirection.Inbound), (stored.Rating, stored.Campaign, stored.Field1, stored.Direction));
    }

    [Fact]
    public async Task A_form_sent_twice_records_once_and_another_content_records_again()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Double", "Clic");
        var page = await OpenAsync(anna, id);
        var form = page.Form("#composer form").Fill("Activity.Details", "Une fois");
        var answers = await Task.WhenAll(form.SubmitAsync(follow: false), form.SubmitAsync(follow: false));
        Assert.All(answers, a => a.Expect(303));
        Assert.Single(await ActivitiesAsync(id));
        await page.Form("#composer form").Fill("Activity.Details", "Autre chose").SubmitAsync(follow: false);
        Assert.Equal(2, (await ActivitiesAsync(id)).Count);
    }

    [Fact]
    public async Task Every_odd_value_is_refused_with_a_message_and_never_breaks()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Odd", "Values");
        foreach (var (name, value) in new[] { ("Activity.Type", "nothing"), ("Activity.Type", ""), ("Activity.Rating", "6"), ("Activity.Rating", "x"), ("Activity.Outcome", "perhaps"), ("Activity.Outcome", "7"), ("Activity.Direction", "sideways"),
            ("Activity.OccurredAt", "yesterday"), ("Activity.OccurredAt", "0001-01-01T00:00"), ("Activity.OccurredAt", "1200-01-01T00:00"), ("Activity.Campaign", new string('c', 201)), ("Activity.Details", new string('d', 65_001)) })
        {
            var page = await OpenAsync(anna, id);
            var token = page.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
            var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Activity.Type"] = "call", [name] = value };
            var answer = await anna.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/contacts/{id}/activities") { Content = new FormUrlEncodedContent(fields) });
            Assert.Equal((name, value[..Math.Min(9, value.Length)], 422), (name, value[..Math.Min(9, value.Length)], answer.Status));
            Assert.NotEmpty(answer.Find(".errors").TextContent.Trim());
            if (name.EndsWith("OccurredAt", StringComparison.Ordinal)) Assert.Equal("true", answer.Find("#Activity_OccurredAt").GetAttribute("aria-invalid"));
        }
        Assert.Empty(await ActivitiesAsync(id));
    }

    [Fact]
    public async Task Whoever_may_not_change_the_contact_may_not_record_and_the_invisible_is_missing()
    {
        var hidden = await ContactAsync("Privée", "Personne");
        var readable = await ContactAsync("Lisible", "Personne", access: ContactAccess.Read);
        var shared = await ContactAsync("Partagée", "Personne", access: ContactAccess.ReadWrite);
        await RecordAsync(As(Cast.Anna), hidden, "call");
        await RecordAsync(As(Cast.Anna), readable, "call");
        var ben = As(Cast.Ben);
        (await OpenAsync(ben, hidden)).Expect(404);
        (await OpenAsync(ben, readable)).Expect(403);
        (await OpenAsync(ben, shared)).Expect(200);
        await RecordAsync(ben, shared, "call");
        var page = await OpenAsync(ben, shared);
        var (ofHidden, ofReadable) = ((await ActivitiesAsync(hidden)).Single().Id, (await ActivitiesAsync(readable)).Single().Id);
        foreach (var address in new[] { "edit", "deletion", "deletion?handler=restore", "responses" })
        {
            Assert.Equal((address, 404), (address, (await PostAsync(ben, page, $"/activities/{ofHidden}/{address}")).Status));
            Assert.Equal((address, 403), (address, (await PostAsync(ben, page, $"/activities/{ofReadable}/{address}")).Status));
        }
        Assert.All(await ActivitiesAsync(hidden), a => Assert.Null(a.DeletedAt));
    }

    [Fact]
    public async Task The_author_may_change_what_they_recorded_even_when_the_contact_became_read_only()
    {
        var id = await ContactAsync("Devenue", "Lisible", access: ContactAccess.ReadWrite);
        var ben = As(Cast.Ben);
        await RecordAsync(ben, id, "call", "noAnswer");
        await using (var db = Db())
        {
            var contact = db.Set<Contact>().Single(c => c.Id == id);
            contact.Access = ContactAccess.Read;
            await db.SaveChangesAsync();
        }
        var activity = (await ActivitiesAsync(id)).Single();
        var page = (await ben.GetAsync($"/activities/{activity.Id}/edit")).Expect(200);
        (await page.Form("#composer form").Choose("Activity.Outcome", "reached").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal(Prospect, await StatusAsync(id));
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("response")]
    [InlineData(null)]
    public async Task What_others_added_to_an_action_since_is_not_taken_back_with_it(string? added)
    {
        var anna = As(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var id = await ContactAsync("Repris", "Depuis " + added, access: ContactAccess.ReadWrite);
        var undo = (await anna.GetAsync((await RecordAsync(anna, id, "call")).Location!)).Form(".toast form[action*='undo=true']");
        var action = (await ActivitiesAsync(id)).Single().Id;
        if (added == "edit") (await ben.PatchAsync($"activities/{action}", new { details = "Rappeler lundi" })).Expect(200);
        if (added == "response") (await ben.PostAsync($"activities/{action}/responses", new { text = "D’accord" })).Expect(201);
        var page = (await undo.SubmitAsync()).Expect(200);
        Assert.Equal(added is null, (await ActivitiesAsync(id)).Single().DeletedAt is not null);
        Assert.Equal(added is not null, page.Find(".toast").TextContent.Contains("elle reste", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_others_made_of_a_response_since_is_not_taken_back(bool changed)
    {
        var anna = As(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var id = await ContactAsync("Répondu", "Depuis " + changed, access: ContactAccess.ReadWrite);
        await RecordAsync(anna, id, "call");
        var action = (await ActivitiesAsync(id)).Single().Id;
        var undo = (await (await anna.GetAsync($"/activities/{action}/responses/new")).Form("form.response-form").Fill("Answer.Text", "Oui").SubmitAsync()).Expect(200).Form(".toast form[action*='undo=true']");
        var response = (await ben.GetAsync($"activities/{action}/responses"))["items"][0].GetProperty("id").GetInt64();
        if (changed) (await ben.PatchAsync($"responses/{response}", new { text = "Oui, mais en mars" })).Expect(200);
        var page = (await undo.SubmitAsync()).Expect(200);
        Assert.Equal(changed ? 1 : 0, (await ben.GetAsync($"activities/{action}/responses"))["items"].GetArrayLength());
        Assert.Equal(changed, page.Find(".toast").TextContent.Contains("elle reste", StringComparison.Ordinal));
    }
}
