using Liaison.Activities;
using Liaison.Contacts.Lifecycle;
using Liaison.Tests.Harness;
using static Liaison.Contacts.Lifecycle.ContactStatus;

namespace Liaison.Tests.Activities;

/// <summary>The transition table, through the form.</summary>
public sealed class TransitionTests(LiaisonServer server) : ActivityHttp(server)
{
    public static TheoryData<string, string?, string?, ContactStatus[]> Table => new()
    {
        // Type, outcome, direction; then what becomes of a lead, a dead lead, a prospect, a dead prospect and a client.
        { "call", null, null, [Prospect, Prospect, Prospect, Prospect, Client] },
        { "call", "reached", null, [Prospect, Prospect, Prospect, Prospect, Client] },
        { "email", null, null, [Prospect, Prospect, Prospect, Prospect, Client] },
        { "meeting", null, "inbound", [Prospect, Prospect, Prospect, Prospect, Client] },
        { "call", "noAnswer", null, [Lead, DeadLead, Prospect, DeadProspect, Client] },
        { "call", "wrongDetails", null, [DeadLead, DeadLead, DeadProspect, DeadProspect, Client] },
        { "call", "refused", null, [DeadProspect, DeadProspect, DeadProspect, DeadProspect, Client] },
        { "meeting", "sold", null, [Client, Client, Client, Client, Client] },
        { "sale", null, null, [Client, Client, Client, Client, Client] },
        { "note", null, null, [Lead, DeadLead, Prospect, DeadProspect, Client] },
        { "note", null, "inbound", [Prospect, Prospect, Prospect, Prospect, Client] },
    };

    [Theory, MemberData(nameof(Table))]
    public async Task An_action_moves_a_contact_as_the_table_says(string type, string? outcome, string? direction, ContactStatus[] expected)
    {
        var anna = As(Cast.Anna);
        var starts = new[] { Lead, DeadLead, Prospect, DeadProspect, Client };
        for (var i = 0; i < starts.Length; i++)
        {
            var id = await ContactAsync("Table", $"{type} {outcome} {starts[i]}", starts[i]);
            await RecordAsync(anna, id, type, outcome, direction);
            var contact = await StoredAsync(id);
            Assert.Equal((starts[i], expected[i]), (starts[i], contact.Status));
            Assert.Equal(starts[i] == Client && outcome == "wrongDetails", contact.DetailsToCheck);
            Assert.Equal((await ActivitiesAsync(id)).Single().Id, contact.LastActivityId);
        }
    }

    [Fact]
    public async Task A_response_counts_as_a_discussion()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Réponse", "Tardive");
        await RecordAsync(anna, id, "call", "noAnswer");
        var activity = (await ActivitiesAsync(id)).Single();
        var page = await anna.GetAsync($"/activities/{activity.Id}/responses/new");
        var answer = await page.Expect(200).Form("form.response-form").Fill("Answer.Text", "Rappelez-moi jeudi").SubmitAsync(follow: false);
        Assert.Equal($"/contacts/{id}#activity-{activity.Id}", answer.Expect(303).Location);
        Assert.Equal(Prospect, await StatusAsync(id));
    }
}
