using Liaison.Contacts;
using Liaison.Kernel.Jobs;
using Liaison.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Activities;

/// <summary>The list of contacts names the last action of each.</summary>
public sealed class LastActionTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task It_follows_whatever_becomes_of_the_actions()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Dernière", "Action");
        async Task ExpectAsync(string? what)
        {
            var row = (await anna.GetAsync("/contacts?q=" + Uri.EscapeDataString("Dernière Action") + "&columns=lastAction")).Expect(200).All("table.list tbody tr").Single(r => r.TextContent.Contains("Dernière", StringComparison.Ordinal));
            if (what is null) Assert.DoesNotContain("Rendez-vous", row.TextContent, StringComparison.Ordinal);
            else Assert.Contains(what, row.TextContent, StringComparison.Ordinal);
        }

        await ExpectAsync(null);
        var meeting = (await api.PostAsync("activities", new { contactId = id, type = "meeting", occurredAt = Server.Clock.Now.AddDays(-2) })).Expect(201);
        await ExpectAsync("Rendez-vous");
        var mail = (await api.PostAsync("activities", new { contactId = id, type = "email", direction = "inbound" })).Expect(201);
        await ExpectAsync("E-mail reçu");
        (await api.PatchAsync($"activities/{mail.Id}", new { direction = "outbound" })).Expect(200);
        await ExpectAsync("E-mail envoyé");
        // Backdated it is the last no more; deleted and back again.
        (await api.PatchAsync($"activities/{mail.Id}", new { occurredAt = Server.Clock.Now.AddDays(-5) })).Expect(200);
        await ExpectAsync("Rendez-vous");
        (await api.DeleteAsync($"activities/{meeting.Id}")).ExpectSuccess();
        await ExpectAsync("E-mail envoyé");
        (await api.DeleteAsync($"activities/{mail.Id}")).ExpectSuccess();
        await ExpectAsync(null);

        // A type that another one takes the place of.
        (await (await admin.GetAsync("/settings/activity-types/new")).Form("main form").Fill("Input.Name", "Atelier").Choose("Input.Icon", "globe").Choose("Input.Class", "Engagement").SubmitAsync(follow: false)).Expect(303);
        (await api.PostAsync("activities", new { contactId = id, type = "atelier" })).Expect(201);
        await ExpectAsync("Atelier");
        var ids = await TypeIdsAsync();
        (await (await admin.GetAsync($"/settings/activity-types/{ids["atelier"]}/delete")).Form("main form").Fill("By", $"{ids["meeting"]}").SubmitAsync()).Expect(200);
        await ExpectAsync("Rendez-vous");
    }
    [Fact]
    public async Task Where_it_was_not_noted_it_is_read_and_then_noted()
    {
        using var api = Api(Cast.Anna);
        var id = await ContactAsync("Ancienne", "Note");
        (await api.PostAsync("activities", new { contactId = id, type = "email", direction = "inbound" })).Expect(201);
        await using (var db = Db()) await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.LastActivityMark, (string?)null));
        Assert.Contains("E-mail reçu", (await As(Cast.Anna).GetAsync("/contacts?q=ancienne&columns=lastAction")).Expect(200).Find("table.list tbody tr").TextContent, StringComparison.Ordinal);
        await using (var db = Db())
        {
            db.Enqueue("activities.lastActions", new { });
            await db.SaveChangesAsync();
        }
        await Server.RunJobsAsync();
        Assert.NotNull((await StoredAsync(id)).LastActivityMark);
        Assert.Contains("E-mail reçu", (await As(Cast.Anna).GetAsync("/contacts?q=ancienne&columns=lastAction")).Expect(200).Find("table.list tbody tr").TextContent, StringComparison.Ordinal);
    }
}
