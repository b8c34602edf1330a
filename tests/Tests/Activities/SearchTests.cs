using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Activities;

/// <summary>Finding actions by their text and by the name of their contact, on the page and in the API.</summary>
public sealed class SearchTests(LiaisonServer server) : ActivityHttp(server)
{
    [Theory]
    [InlineData("brochure", "details")]
    [InlineData("ÉTÉ", "details")]
    [InlineData("chure env", "details")]
    [InlineData("quincaille", "name")]
    [InlineData("brochure quincaillère", "details")]
    [InlineData("automne", "campaign")]
    [InlineData("hall 7b", "campaign")]
    [InlineData("hall brochure", "")]
    [InlineData("100%", "")]
    [InlineData("cachottier", "")]
    [InlineData("quelquechose", "")]
    [InlineData("zq", "")]
    [InlineData("👩‍👩‍👧‍👦", "")]
    [InlineData("🎉 brochure", "")]
    [InlineData("a\"b OR \"brochure", "")]
    [InlineData("qu", "name")]
    public async Task Actions_are_found_by_their_text_and_by_the_name_of_the_contact(string query, string found)
    {
        using var api = Api(Cast.Anna);
        var prefix = await SceneAsync();
        // What is found by its details is the first action, by its campaign the second, by the contact's name both.
        var expected = found switch { "details" => new[] { prefix[0] }, "campaign" => [prefix[1]], "name" => [prefix[0], prefix[1]], _ => [] };
        var page = (await As(Cast.Anna).GetAsync("/activities?q=" + Uri.EscapeDataString(query))).Expect(200);
        Assert.Equal(expected.Order(), page.All("table.list a[data-open]").Select(a => long.Parse(a.GetAttribute("href")!.Split('-')[^1])).Order());
        Assert.Equal($"{expected.Length}", page.Find("h1 .count").TextContent);
        var reply = (await api.GetAsync("activities?q=" + Uri.EscapeDataString(query))).Expect(200);
        Assert.Equal(expected.Order(), reply["items"].EnumerateArray().Select(a => a.GetProperty("id").GetInt64()).Order());
        Assert.Equal(expected.Length, reply["count"].GetInt32());
        Assert.Equal(found == "" ? 0 : 1, (await api.GetAsync($"activities?q={Uri.EscapeDataString(query)}&contactId={prefix[2]}&limit=1"))["items"].GetArrayLength());
    }

    [Theory]
    [InlineData("Jo", "Qx", "jo qx")]
    [InlineData("Jo", "Qx", "qx jo")]
    [InlineData("Jo", "Qx", "qx")]
    [InlineData("小明", "王", "小明 王")]
    [InlineData("A", "Bé", "a be")]
    public async Task Names_of_two_letters_are_found_in_either_order(string first, string last, string query)
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { firstName = first, lastName = last })).Expect(201);
        var action = (await api.PostAsync("activities", new { contactId = contact.Id, type = "note" })).Expect(201);
        foreach (var (list, id) in new[] { ("contacts", contact.Id), ("activities", action.Id), ("search", contact.Id) })
            Assert.Contains((list, id), (await api.GetAsync($"{list}?q={Uri.EscapeDataString(query)}")).Expect(200)["items"].EnumerateArray().Select(i => (list, i.GetProperty("id").GetInt64())));
        (await api.DeleteAsync($"contacts/{contact.Id}")).Expect(204);
    }

    [Theory]
    [InlineData("?q=nulle+part", "/activities", "/contacts?q=nulle%20part")]
    [InlineData("?q=nulle+part&direction=inbound", "/activities?q=nulle%20part", "/activities", "/contacts?q=nulle%20part")]
    [InlineData("?campaign=nulle+part", "/activities")]
    public async Task A_search_without_result_says_where_to_go_on(string query, params string[] steps) =>
        Assert.Equal(steps, (await As(Cast.Anna).GetAsync("/activities" + query)).Expect(200).All(".empty a").Select(a => a.GetAttribute("href")));

    [Fact]
    public async Task An_action_is_found_by_what_it_and_its_contact_say_now()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { firstName = "Line", lastName = "Avantnom" })).Expect(201);
        var action = (await api.PostAsync("activities", new { contactId = contact.Id, type = "note", details = "Premierjet" })).Expect(201);
        (await api.PatchAsync($"activities/{action.Id}", new { details = "Secondjet" })).Expect(200);
        (await api.PatchAsync($"contacts/{contact.Id}", new { lastName = "Maintenant" })).Expect(200);
        foreach (var (query, expected) in new[] { ("premierjet", 0), ("secondjet", 1), ("avantnom", 0), ("maintenant", 1), ("line secondjet", 1) })
            Assert.Equal((query, expected), (query, await CountAsync(api, query)));
        (await api.DeleteAsync($"activities/{action.Id}")).ExpectSuccess();
        Assert.Equal(0, await CountAsync(api, "secondjet"));
        (await api.PostAsync($"activities/{action.Id}/restoration")).Expect(200);
        Assert.Equal(1, await CountAsync(api, "secondjet"));
        (await api.DeleteAsync($"contacts/{contact.Id}")).ExpectSuccess();
        Assert.Equal(0, await CountAsync(api, "secondjet"));
    }

    [Fact]
    public async Task An_action_is_found_by_what_was_answered_to_it()
    {
        using var api = Api(Cast.Anna);
        var browser = As(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Répondante" })).Expect(201);
        var action = (await api.PostAsync("activities", new { contactId = contact.Id, type = "email", details = "Questionnaire" })).Expect(201);
        var one = (await api.PostAsync($"activities/{action.Id}/responses", new { text = "Plutôt l’aubergine" })).Expect(201);
        var form = (await browser.GetAsync($"/activities/{action.Id}/responses/new")).Expect(200).Form("main form");
        await form.Fill("Answer.Text", "Ou la courgette").SubmitAsync();
        foreach (var (query, expected) in new[] { ("aubergine", 1), ("questionnaire courgette", 1), ("repondante aubergine courgette", 1), ("tomate", 0) }) Assert.Equal((query, expected), (query, await CountAsync(api, query)));
        // In full, or what was found would be cut away by the width of its column.
        Assert.Contains("Plutôt l’aubergine", (await browser.GetAsync("/activities?q=aubergine")).Find("table.list tbody td.wrap").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("aubergine", (await browser.GetAsync("/activities?q=questionnaire")).Find("table.list tbody").TextContent, StringComparison.Ordinal);

        (await api.PatchAsync($"responses/{one.Id}", new { text = "Plutôt la tomate" })).Expect(200);
        (await api.PatchAsync($"activities/{action.Id}", new { details = "Sondage" })).Expect(200);
        foreach (var (query, expected) in new[] { ("aubergine", 0), ("sondage tomate courgette", 1), ("questionnaire", 0) }) Assert.Equal((query, expected), (query, await CountAsync(api, query)));
        (await api.DeleteAsync($"responses/{one.Id}")).ExpectSuccess();
        Assert.Equal((0, 1), (await CountAsync(api, "tomate"), await CountAsync(api, "courgette")));
        (await api.PostAsync($"responses/{one.Id}/restoration")).Expect(200);
        Assert.Equal(1, await CountAsync(api, "tomate"));

        // As it was recorded before responses could be found; another from before anything could.
        await using (var db = Db())
        {
            await db.Set<Activity>().IgnoreQueryFilters().Where(a => a.Id == action.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.SearchText, "repondante\nsondage\n"));
            var type = db.Set<ActivityType>().Single(t => t.Key == "call").Id;
            db.Add(new Activity { ContactId = contact.Id, TypeId = type, OccurredAt = Server.Clock.Now, Responses = [new Response { ContactId = contact.Id, Text = "Un potiron", OccurredAt = Server.Clock.Now }] });
            await db.SaveChangesAsync();
            Assert.Equal(0, await CountAsync(api, "courgette"));
            db.Enqueue("activities.search", new { answered = true });
            await db.SaveChangesAsync();
        }
        await Server.RunJobsAsync();
        Server.Clock.Advance(TimeSpan.FromMinutes(3)); // what was counted is counted again
        foreach (var (query, expected) in new[] { ("tomate", 1), ("courgette", 1), ("potiron", 1) }) Assert.Equal((query, expected), (query, await CountAsync(api, query)));
    }

    [Fact]
    public async Task None_of_many_actions_is_missed_whenever_it_was_recorded_and_however_it_changed()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Nombreuse" })).Expect(201);
        var ids = new List<long>();
        for (var i = 0; i < 150; i++)
        {
            if (i == 70) await FillAsync(contact.Id, 400);
            ids.Add((await api.PostAsync("activities", new { contactId = contact.Id, type = "note", details = $"Folio{i:000} suite" })).Expect(201).Id);
        }
        Assert.Equal(150, await CountAsync(api, "folio"));
        for (var i = 0; i < 150; i += 10) (await api.PatchAsync($"activities/{ids[i]}", new { details = $"Feuillet{i:000} suite" })).Expect(200);
        foreach (var (query, expected) in new[] { ("folio", 135), ("feuillet", 15), ("folio149", 1), ("folio001", 1), ("feuillet140", 1), ("folio140", 0), ("nombreuse suite", 150) })
            Assert.Equal((query, expected), (query, await CountAsync(api, query)));
    }

    [Fact]
    public async Task Actions_from_before_they_could_be_searched_are_made_findable_in_the_background()
    {
        var contact = await ContactAsync("Vieille", "Archive");
        await FillAsync(contact, 1100);
        await using (var db = Db())
        {
            db.Enqueue("activities.search", new { });
            await db.SaveChangesAsync();
        }
        await Server.RunJobsAsync();
        using var api = Api(Cast.Anna);
        foreach (var (query, expected) in new[] { ("archive parchemin", 1100), ("archive parchemin0000", 1), ("parchemin1099", 1), ("vieille parchemin0500", 1) }) Assert.Equal((query, expected), (query, await CountAsync(api, query)));
        var one = (await ActivitiesAsync(contact))[3];
        (await api.PatchAsync($"activities/{one.Id}", new { details = "Papyrus" })).Expect(200);
        Assert.Equal((1, 0), (await CountAsync(api, "papyrus"), await CountAsync(api, "archive parchemin0003")));
    }

    [Fact]
    public async Task What_is_found_far_behind_in_the_details_is_shown()
    {
        using var api = Api(Cast.Anna);
        var contact = (await api.PostAsync("contacts", new { lastName = "Bavarde" })).Expect(201);
        (await api.PostAsync("activities", new { contactId = contact.Id, type = "note", details = string.Join(' ', Enumerable.Repeat("bla", 300)) + " l’aiguille, enfin " + string.Join(' ', Enumerable.Repeat("bla", 300)) })).Expect(201);
        Assert.Contains("l’aiguille, enfin", (await As(Cast.Anna).GetAsync("/activities?q=aiguille")).Find("table.list tbody").TextContent, StringComparison.Ordinal);
    }

    // Actions as they were recorded before they could be searched.
    private async Task FillAsync(long contact, int count)
    {
        await using var db = Db();
        var type = db.Set<ActivityType>().Single(t => t.Key == "call").Id;
        for (var i = 0; i < count; i++) db.Add(new Activity { ContactId = contact, TypeId = type, OccurredAt = Server.Clock.Now, Details = $"Parchemin{i:0000}" });
        await db.SaveChangesAsync();
    }

    private static async Task<int> CountAsync(ApiClient api, string query)
    {
        var reply = (await api.GetAsync("activities?limit=500&q=" + Uri.EscapeDataString(query))).Expect(200);
        var (items, count) = (reply["items"].GetArrayLength(), reply["count"].GetInt32());
        Assert.Equal(Math.Min(count, 500), items);
        return count;
    }

    // Ids of two actions and of their contact; a third is another's business.
    private async Task<long[]> SceneAsync()
    {
        await using (var db = Db())
            if (await db.Set<Contact>().IgnoreQueryFilters().FirstOrDefaultAsync(c => c.LastName == "Quincaillère") is { } known)
                return [.. (await ActivitiesAsync(known.Id)).Select(a => a.Id), known.Id];
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var contact = (await anna.PostAsync("contacts", new { firstName = "Zoé", lastName = "Quincaillère" })).Expect(201).Id;
        var one = (await anna.PostAsync("activities", new { contactId = contact, type = "email", details = "Brochure envoyée\nà l’été" })).Expect(201).Id;
        var two = (await anna.PostAsync("activities", new { contactId = contact, type = "call", campaign = "Salon d’automne", field1 = "Hall 7b" })).Expect(201).Id;
        var hidden = (await ben.PostAsync("contacts", new { lastName = "Cachottier-Quincaille" })).Expect(201).Id;
        (await ben.PostAsync("activities", new { contactId = hidden, type = "email", details = "Brochure envoyée en été", campaign = "Salon d’automne", field1 = "Hall 7b" })).Expect(201);
        return [one, two, contact];
    }
}
