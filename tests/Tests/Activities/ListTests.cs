using System.Globalization;
using System.Text.Json;
using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Tests.Harness;

namespace Liaison.Tests.Activities;

public sealed class ListTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task The_list_shows_actions_of_visible_contacts_narrowed_by_every_filter()
    {
        var (anna, ben, admin) = (As(Cast.Anna), As(Cast.Ben), As(Cast.Admin));
        var mine = await ContactAsync("Liste", "Mienne");
        var hers = await ContactAsync("Liste", "Cachée", responsible: Cast.Ben);
        await RecordAsync(anna, mine, "call", "noAnswer");
        var form = (await OpenAsync(anna, mine)).Form("#composer form").Choose("Activity.Type", "email").Choose("Activity.Direction", "inbound").Choose("Activity.Rating", "5")
            .Fill("Activity.Campaign", "Salon & Cie").Fill("Activity.Details", "<script>alert(1)</script>").Fill("Activity.OccurredAt", "2026-02-03T10:00");
        (await form.SubmitAsync(follow: false)).Expect(303);
        await RecordAsync(ben, hers, "meeting");

        foreach (var (query, expected) in new[]
        {
            ("", 2), ("?type=call", 1), ("?type=meeting", 0), ("?direction=inbound", 1), ("?outcome=noAnswer", 1), ("?outcome=none", 1), ("?rating=5", 1), ("?rating=1", 0), ("?campaign=Salon+%26+Cie", 1),
            ("?author=me", 2), ($"?author={Cast.Ben.Id}", 0), ("?responsible=me", 2), ("?from=2026-02-03&to=2026-02-03", 1), ("?from=2026-02-04", 1), ("?to=2026-02-02", 0), ("?sort=campaign", 1), ("?sort=-campaign", 1), ("?sort=at", 2),
        })
        {
            var page = (await anna.GetAsync("/activities" + query)).Expect(200);
            Assert.Equal((query, expected), (query, page.All("table.list tbody tr").Count(row => row.TextContent.Contains("Liste Mienne", StringComparison.Ordinal))));
            Assert.DoesNotContain("Cachée", page.Text, StringComparison.Ordinal);
        }
        Assert.Contains("Liste Cachée", (await admin.GetAsync("/activities")).Text, StringComparison.Ordinal);
        Assert.NotEmpty((await anna.GetAsync("/activities?type=call&rating=9&from=hier&sort=x")).Expect(200).All(".note.warn"));
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended_in_both_orders()
    {
        var id = await ContactAsync("Longue", "Histoire", responsible: Cast.Ben);
        await using (var db = Db())
        {
            var type = db.Set<ActivityType>().Single(t => t.Key == "call").Id;
            for (var i = 0; i < 120; i++)
                db.Add(new Activity { ContactId = id, TypeId = type, OccurredAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i / 3), Campaign = i % 2 == 0 ? "Paire" : "Impaire" });
            await db.SaveChangesAsync();
        }
        foreach (var (sort, count) in new[] { ("-at", 120), ("at", 120), ("campaign", 120), ("-campaign", 120) })
        {
            var seen = new List<string>();
            var ben = As(Cast.Ben);
            var page = (await ben.GetAsync($"/activities?sort={sort}")).Expect(200);
            for (var pages = 1; ; pages++)
            {
                Assert.True(pages <= 5, $"{sort}: {page.Url}");
                seen.AddRange(page.All("table.list a[data-open]").Select(a => a.GetAttribute("href")!));
                if (page.All(".pager a[rel=next]").Count == 0) break;
                page = await page.FollowAsync(".pager a[rel=next]");
            }
            Assert.Equal((sort, count, count), (sort, seen.Count(h => h.StartsWith($"/contacts/{id}#", StringComparison.Ordinal)), seen.Where(h => h.StartsWith($"/contacts/{id}#", StringComparison.Ordinal)).Distinct().Count()));
            var back = await page.FollowAsync(".pager a[rel=prev]");
            Assert.Equal(seen.Skip(((seen.Count - 1) / 50 * 50) - 50).Take(50), back.All("table.list a[data-open]").Select(a => a.GetAttribute("href")!));
        }
    }

    [Fact]
    public async Task Suggestions_come_from_actions_one_sees()
    {
        var hidden = await ContactAsync("Secret", "Un", responsible: Cast.Ben);
        var mine = await ContactAsync("Ouvert", "Deux");
        await using (var db = Db())
        {
            var type = db.Set<ActivityType>().Single(t => t.Key == "call").Id;
            db.Add(new Activity { ContactId = hidden, TypeId = type, OccurredAt = Server.Clock.Now, Campaign = "Étoile secrète" });
            db.Add(new Activity { ContactId = mine, TypeId = type, OccurredAt = Server.Clock.Now, Campaign = "Étoile du Nord" });
            await db.SaveChangesAsync();
        }
        Assert.Equal(["Étoile du Nord"], (await As(Cast.Anna).GetAsync("/activities/suggestions?field=campaign&q=etoile")).Expect(200).Texts("li"));
        Assert.Equal(2, (await As(Cast.Admin).GetAsync("/activities/suggestions?field=campaign&q=etoile")).All("li").Count);
        Assert.Empty((await As(Cast.Anna).GetAsync("/activities/suggestions?field=details&q=e")).Expect(200).All("li"));
    }

    [Fact]
    public async Task The_timeline_shows_actions_with_their_responses_and_the_contact_list_the_last_one()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Récit", "Complet");
        await RecordAsync(anna, id, "call", "noAnswer", details: "Première ligne\nSeconde");
        await RecordAsync(anna, id, "call", "noAnswer");
        var first = (await ActivitiesAsync(id))[0];
        (await (await anna.GetAsync($"/activities/{first.Id}/responses/new")).Form("form.response-form").Fill("Answer.Text", "Me voici").SubmitAsync(follow: false)).Expect(303);
        var page = (await anna.GetAsync($"/contacts/{id}")).Expect(200);
        var entry = page.Find($"li#activity-{first.Id}");
        Assert.Contains("Appel\u202f: pas de réponse", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("Me voici", entry.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.All("#composer form"));
        Assert.Single((await anna.GetAsync($"/contacts/{id}?kind=response")).Expect(200).All("ol.timeline > li"));

        var silent = await ContactAsync("Muet", "Toujours");
        for (var i = 0; i < 3; i++) await RecordAsync(anna, silent, "call", "noAnswer");
        Assert.Contains("Sans réponse (3)", (await anna.GetAsync("/contacts?q=muet")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains("Muet Toujours", (await anna.GetAsync("/")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_stands_at_its_own_moment_unless_its_action_is_next()
    {
        using var api = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var contact = (await api.PostAsync("contacts", new { lastName = "Chronique", access = "readWrite" })).Expect(201);
        async Task<long> Record(string type, string day) => (await api.PostAsync("activities", new { contactId = contact.Id, type, occurredAt = $"2026-{day}T10:00:00Z" })).Expect(201).Id;
        async Task<long> Respond(ApiClient who, long action, string text, string day) => (await who.PostAsync($"activities/{action}/responses", new { text, occurredAt = $"2026-{day}T11:00:00Z" })).Expect(201).Id;
        var (mail, call) = (await Record("email", "01-05"), await Record("call", "02-05"));
        var (soon, late, last) = (await Respond(api, mail, "At once", "01-05"), await Respond(ben, mail, "Weeks later", "03-05"), await Respond(api, call, "After all", "04-05"));
        var expected = new (string, long)[] { ("response", last), ("response", late), ("action", call), ("response", soon), ("action", mail) };

        var told = new List<JsonElement>();
        for (string? cursor = "", next; cursor is not null; cursor = next)
        {
            var page = (await api.GetAsync($"contacts/{contact.Id}/timeline?kind=action,response&limit=2&cursor={cursor}")).Expect(200);
            told.AddRange(page["items"].EnumerateArray());
            next = page["nextCursor"].GetString();
        }
        Assert.Equal(expected, told.Select(t => (t.GetProperty("kind").GetString()!, t.GetProperty("id").GetInt64())));
        var data = told[1].GetProperty("data");
        Assert.Equal((Cast.Ben.Id, Cast.Ben.Name, mail), (data.GetProperty("by").GetProperty("id").GetInt64(), data.GetProperty("by").GetProperty("name").GetString(), data.GetProperty("action").GetProperty("id").GetInt64()));
        var everything = (await api.GetAsync($"contacts/{contact.Id}/timeline")).Expect(200)["items"].EnumerateArray().Select(t => (t.GetProperty("kind").GetString()!, t.GetProperty("id").GetInt64())).ToList();
        Assert.Equal(expected, everything.Where(e => e.Item1 is "action" or "response"));

        var shown = (await As(Cast.Anna).GetAsync($"/contacts/{contact.Id}")).Expect(200);
        Assert.Equal([$"response-entry-{last}", $"response-entry-{late}", $"activity-{call}", $"activity-{mail}"], shown.All("ol.timeline > li.activity").Select(li => li.Id));
        Assert.Equal([$"response-{soon}", $"response-{late}"], shown.All($"#activity-{mail} turbo-frame.reply").Select(r => r.Id));
        Assert.Equal($"/responses/{late}", shown.Find($"#response-entry-{late} a.link").GetAttribute("href"));
        Assert.Equal([last, late, soon], (await As(Cast.Anna).GetAsync($"/contacts/{contact.Id}?kind=response")).All("ol.timeline > li turbo-frame.reply").Select(r => long.Parse(r.Id!["response-".Length..], CultureInfo.InvariantCulture)));
    }
}
