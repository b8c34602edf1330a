using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;

namespace Liaison.Tests.Activities;

/// <summary>A form that is sent after its action or response went away: what was typed is shown and can be kept.</summary>
public sealed class LostFormTests(LiaisonServer server) : ActivityHttp(server)
{
    [Theory]
    [InlineData("activity", "activity")]
    [InlineData("response", "response")]
    [InlineData("response", "activity")]
    [InlineData("activity", "contact", false)]
    [InlineData("response", "access", false)]
    public async Task What_was_typed_stays_and_is_saved_once_it_is_brought_back(string edited, string gone, bool returns = true)
    {
        var (ben, api) = (As(Cast.Ben), Api(Cast.Anna));
        var id = await ContactAsync("Action", "Perdue", access: ContactAccess.ReadWrite);
        var action = (await api.PostAsync("activities", new { contactId = id, type = "call", details = "Au départ", campaign = "Salon" })).Expect(201).Id;
        var response = (await api.PostAsync($"activities/{action}/responses", new { text = "Oui" })).Expect(201).Id;
        var (address, field) = edited == "activity" ? ($"/activities/{action}/edit", "Activity.Details") : ($"/responses/{response}/edit", "Answer.Text");
        var typed = (await ben.GetAsync(address)).Expect(200).Form("main form[data-draft]").Fill(field, "Longuement\ntapé");
        if (gone == "access") (await api.PatchAsync($"contacts/{id}", new { access = "private" })).Expect(200);
        else (await api.DeleteAsync(gone switch { "activity" => $"activities/{action}", "response" => $"responses/{response}", _ => $"contacts/{id}" })).ExpectSuccess();

        var lost = (await typed.SubmitAsync()).Expect(404);
        Assert.Contains("tapé", Assert.Single(lost.All("main table tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Perdue", lost.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Equal(returns, lost.All("button[name=Restore]").Count == 1);
        if (!returns) return;
        (await lost.Form("main form[data-draft]").SubmitAsync("button[name=Restore]", follow: false)).Expect(303);
        var stored = (await ActivitiesAsync(id)).Single();
        Assert.Equal((null, null, "Salon"), (stored.DeletedAt, stored.Responses.Single().DeletedAt, stored.Campaign));
        Assert.Equal("Longuement\ntapé", edited == "activity" ? stored.Details : stored.Responses.Single().Text);
    }

    [Theory]
    [InlineData("action", "contact", true)]
    [InlineData("action", "access", false)]
    [InlineData("response", "activity", true)]
    [InlineData("response", "contact", false)]
    [InlineData("status", "contact", true)]
    [InlineData("status", "access", false)]
    public async Task What_was_typed_anew_stays_when_what_it_is_for_went_away(string added, string gone, bool returns)
    {
        var (ben, api) = (As(Cast.Ben), Api(Cast.Anna));
        var id = await ContactAsync("Contact", "Perdu", access: ContactAccess.ReadWrite);
        var action = (await api.PostAsync("activities", new { contactId = id, type = "email", details = "Au départ" })).Expect(201).Id;
        var (address, field) = added switch
        {
            "action" => ($"/contacts/{id}/activities/new", "Activity.Details"), "response" => ($"/activities/{action}/responses/new", "Answer.Text"), _ => ($"/contacts/{id}/status", "reason"),
        };
        var typed = (await ben.GetAsync(address)).Expect(200).Form("main form[action]").Fill(field, "Longuement tapé");
        if (added == "status") typed.Choose("status", "client");
        if (gone == "access") (await api.PatchAsync($"contacts/{id}", new { access = "private" })).Expect(200);
        else (await api.DeleteAsync(gone == "contact" ? $"contacts/{id}" : $"activities/{action}")).ExpectSuccess();

        var lost = (await typed.SubmitAsync()).Expect(404);
        Assert.Contains("Longuement tapé", lost.Find("main table").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Perdu", lost.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Equal(returns, lost.All("button[name=Restore]").Count == 1);
        if (!returns) return;
        (await lost.Form("main form[data-draft]").SubmitAsync("button[name=Restore]", follow: false)).Expect(303);
        var contact = await StoredAsync(id);
        Assert.Null(contact.DeletedAt);
        var stored = await ActivitiesAsync(id);
        Assert.All(stored, a => Assert.Null(a.DeletedAt));
        Assert.Equal(added == "status" ? ContactStatus.Client : ContactStatus.Prospect, contact.Status);
        var kept = added switch { "action" => stored.Last().Details, "response" => stored.Single().Responses.Single().Text, _ => contact.StatusCauseJson };
        Assert.Contains(added == "status" ? "Longuement tap" : "Longuement tapé", kept, StringComparison.Ordinal);
    }
}
