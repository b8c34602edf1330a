using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Tests.Harness;

namespace Liaison.Tests.Activities;

public sealed class SilentLeadsTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task Own_silent_leads_are_shown_whatever_others_do_and_a_note_does_not_hide_them()
    {
        var ben = As(Cast.Ben);
        var (mine, theirs) = (await ContactAsync("Silence", "À Moi", responsible: Cast.Ben), await ContactAsync("Silence", "Des Autres", responsible: Cast.Admin));
        for (var i = 0; i < 3; i++) await RecordAsync(ben, mine, "call", "noAnswer");
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        await RecordAsync(ben, mine, "note");
        await using (var db = Db())
        {
            var type = db.Set<ActivityType>().Single(t => t.Key == "call").Id;
            for (var i = 0; i < 600; i++) db.Add(new Activity { ContactId = theirs, TypeId = type, Outcome = ActivityOutcome.NoAnswer, OccurredAt = Server.Clock.Now });
            await db.SaveChangesAsync();
        }
        var home = (await ben.GetAsync("/")).Expect(200);
        Assert.Equal("Silence À Moi", home.Find(".todo li a").TextContent);
        Assert.DoesNotContain("Silence Des Autres", home.Text, StringComparison.Ordinal);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        await RecordAsync(ben, mine, "note", direction: "inbound");
        Assert.Empty((await ben.GetAsync("/")).Expect(200).All(".todo li"));
    }

    [Fact]
    public async Task A_lead_is_gone_as_soon_as_somebody_decides()
    {
        var lead = await ContactAsync("Muet", "Décidé", responsible: Cast.Admin);
        for (var i = 0; i < 3; i++) await RecordAsync(As(Cast.Admin), lead, "call", "noAnswer");
        var admin = As(Cast.Admin);
        Assert.Contains((await admin.GetAsync("/")).Expect(200).All(".todo li"), l => l.TextContent.Contains("Muet Décidé", StringComparison.Ordinal));
        await (await admin.GetAsync($"/contacts/{lead}/status")).Form("main form.card").Fill("status", "deadLead").SubmitAsync();
        Assert.DoesNotContain((await admin.GetAsync("/")).Expect(200).All(".todo li"), l => l.TextContent.Contains("Muet Décidé", StringComparison.Ordinal));
    }
}
