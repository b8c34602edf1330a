using Liaison.Activities;
using Liaison.Contacts.Lifecycle;
using Liaison.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using static Liaison.Contacts.Lifecycle.ContactStatus;

namespace Liaison.Tests.Activities;

/// <summary>Whatever is done to what was recorded, the status is what the record says.</summary>
public sealed class ReplayTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task Editing_backdating_deleting_and_restoring_compute_the_status_anew()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Anaïs", "Lefèvre");
        await RecordAsync(anna, id, "call", "wrongDetails");
        Assert.Equal(DeadLead, await StatusAsync(id));
        var first = (await ActivitiesAsync(id)).Single();

        await EditAsync(anna, first.Id, f => f.Choose("Activity.Outcome", "none"));
        Assert.Equal(Prospect, await StatusAsync(id));
        await RecordAsync(anna, id, "call", "refused");
        Assert.Equal(DeadProspect, await StatusAsync(id));

        // The refusal turns out to be older than the talk.
        var second = (await ActivitiesAsync(id))[1];
        await EditAsync(anna, second.Id, f => f.Fill("Activity.OccurredAt", Local(Server.Clock.Now.AddDays(-3), Cast.Anna)));
        var contact = await StoredAsync(id);
        Assert.Equal((Prospect, (long?)first.Id), (contact.Status, contact.LastActivityId));

        (await PostAsync(anna, await OpenAsync(anna, id), $"/activities/{first.Id}/deletion")).Expect(303);
        contact = await StoredAsync(id);
        Assert.Equal((DeadProspect, (long?)second.Id), (contact.Status, contact.LastActivityId));
        (await PostAsync(anna, await OpenAsync(anna, id), $"/activities/{first.Id}/deletion?handler=restore")).Expect(303);
        Assert.Equal(Prospect, await StatusAsync(id));
    }

    [Fact]
    public async Task An_edit_that_leaves_the_date_alone_keeps_the_exact_moment()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Exact", "Moment");
        await RecordAsync(anna, id, "call");
        var before = (await ActivitiesAsync(id)).Single();
        await EditAsync(anna, before.Id, f => f.Fill("Activity.Details", "Complété"));
        var after = (await ActivitiesAsync(id)).Single();
        Assert.Equal((before.OccurredAt, "Complété"), (after.OccurredAt, after.Details));
    }

    [Fact]
    public async Task A_change_by_hand_forgets_what_was_before_and_what_comes_after_counts()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Main", "Levée");
        await RecordAsync(anna, id, "sale");
        await ByHandAsync(id, Lead, locked: false);
        Assert.Equal(Lead, await StatusAsync(id));

        // Recorded in the same minute, with the date as the form showed it.
        await RecordAsync(anna, id, "email");
        Assert.Equal(Prospect, await StatusAsync(id));

        await ByHandAsync(id, Lead, locked: false);
        await RecordAsync(anna, id, "sale", at: Local(Server.Clock.Now.AddDays(-2), Cast.Anna));
        Assert.Equal(Lead, await StatusAsync(id));
    }

    [Fact]
    public async Task A_locked_status_stays_until_it_is_unlocked()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Sous", "Clé");
        await ByHandAsync(id, Lead, locked: true);
        await RecordAsync(anna, id, "sale");
        Assert.Equal(Lead, await StatusAsync(id));
        await Server.InScopeAsync(Kernel.Access.Viewer.System, async services => { await services.GetRequiredService<SetStatus>().LockAsync(id, false, CancellationToken.None); return true; });
        Assert.Equal(Client, await StatusAsync(id));
    }

    [Fact]
    public async Task A_stale_edit_shows_both_versions_and_saves_when_sent_again()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        var id = await ContactAsync("Deux", "Mains");
        await RecordAsync(anna, id, "call", details: "Au départ");
        var activity = (await ActivitiesAsync(id)).Single();
        var mine = (await anna.GetAsync($"/activities/{activity.Id}/edit")).Form("#composer form").Fill("Activity.Details", "Le mien");
        await EditAsync(admin, activity.Id, f => f.Fill("Activity.Details", "Le leur"));
        var page = (await mine.SubmitAsync()).Expect(409);
        Assert.Contains("Le leur", page.Find("main table").TextContent, StringComparison.Ordinal);
        Assert.Equal("Le mien", page.Form("#composer form")["Activity.Details"]);
        (await page.Form("#composer form").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal("Le mien", (await ActivitiesAsync(id)).Single().Details);
    }

    [Fact]
    public async Task Two_who_edit_different_fields_both_keep_theirs()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        var id = await ContactAsync("Quatre", "Mains");
        await RecordAsync(anna, id, "call", "noAnswer", at: "2026-02-03T10:00", details: "Au\ndépart");
        var activity = (await ActivitiesAsync(id)).Single();
        var mine = (await anna.GetAsync($"/activities/{activity.Id}/edit")).Form("#composer form").Fill("Activity.Campaign", "Salon").Choose("Activity.Rating", "4");
        await EditAsync(admin, activity.Id, f => f.Fill("Activity.Details", "Le leur").Fill("Activity.OccurredAt", "2026-02-04T11:00").Choose("Activity.Outcome", "reached"));
        (await mine.SubmitAsync(follow: false)).Expect(303);
        var both = (await ActivitiesAsync(id)).Single();
        Assert.Equal(("Le leur", "Salon", 4, ActivityOutcome.Reached, 4), (both.Details, both.Campaign, both.Rating, both.Outcome, both.OccurredAt.Day));

        mine = (await anna.GetAsync($"/activities/{activity.Id}/edit")).Form("#composer form").Fill("Activity.Campaign", "Le mien").Fill("Activity.Details", "Le mien");
        await EditAsync(admin, activity.Id, f => f.Fill("Activity.Details", "Encore").Choose("Activity.Rating", "2"));
        var page = (await mine.SubmitAsync()).Expect(409);
        Assert.Single(page.All("main table tbody tr"));
        Assert.Equal(("Le mien", "Le mien", "2"), (page.Form("#composer form")["Activity.Details"], page.Form("#composer form")["Activity.Campaign"], page.Form("#composer form")["Activity.Rating"]));
        Assert.Equal("Salon", (await ActivitiesAsync(id)).Single().Campaign);
    }

    [Fact]
    public async Task Two_who_edit_a_response_keep_what_the_other_left_and_are_asked_about_the_same()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        var id = await ContactAsync("Répond", "À Deux");
        await RecordAsync(anna, id, "call", "noAnswer", at: "2026-02-03T10:00");
        var activity = (await ActivitiesAsync(id)).Single();
        await (await anna.GetAsync($"/activities/{activity.Id}/responses/new")).Form("form.response-form").Fill("Answer.Text", "Oui").Fill("Answer.OccurredAt", "2026-02-05T10:00").SubmitAsync(follow: false);
        var address = $"/responses/{(await ActivitiesAsync(id)).Single().Responses.Single().Id}/edit";
        async Task<FormToFill> OpenAsync(Browserlike by) => (await by.GetAsync(address)).Expect(200).Form("form.response-form");

        var mine = (await OpenAsync(anna)).Fill("Answer.Text", "Oui, volontiers");
        (await (await OpenAsync(admin)).Fill("Answer.OccurredAt", "2026-02-06T10:00").SubmitAsync(follow: false)).Expect(303);
        (await mine.SubmitAsync(follow: false)).Expect(303);
        var response = (await ActivitiesAsync(id)).Single().Responses.Single();
        Assert.Equal(("Oui, volontiers", 6), (response.Text, response.OccurredAt.Day));

        mine = (await OpenAsync(anna)).Fill("Answer.Text", "Le mien");
        (await (await OpenAsync(admin)).Fill("Answer.Text", "Le leur").SubmitAsync(follow: false)).Expect(303);
        var page = (await mine.SubmitAsync()).Expect(409);
        Assert.Contains("Le leur", page.Find("main table").TextContent, StringComparison.Ordinal);
        (await page.Form("form.response-form").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal("Le mien", (await ActivitiesAsync(id)).Single().Responses.Single().Text);
    }

    [Fact]
    public async Task A_response_can_be_edited_deleted_and_restored()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Répond", "Toujours");
        await RecordAsync(anna, id, "call", "noAnswer");
        var activity = (await ActivitiesAsync(id)).Single();
        await (await anna.GetAsync($"/activities/{activity.Id}/responses/new")).Form("form.response-form").Fill("Answer.Text", "Oui").SubmitAsync(follow: false);
        var response = (await ActivitiesAsync(id)).Single().Responses.Single();

        (await (await anna.GetAsync($"/responses/{response.Id}/edit")).Form("form.response-form").Fill("Answer.Text", "  ").SubmitAsync()).Expect(422);
        (await (await anna.GetAsync($"/responses/{response.Id}/edit")).Form("form.response-form").Fill("Answer.Text", "Oui, volontiers").SubmitAsync(follow: false)).Expect(303);
        var edited = (await ActivitiesAsync(id)).Single().Responses.Single();
        Assert.Equal(("Oui, volontiers", response.OccurredAt), (edited.Text, edited.OccurredAt));

        var page = await OpenAsync(anna, id);
        (await PostAsync(anna, page, $"/responses/{response.Id}/deletion")).Expect(303);
        Assert.Equal(Lead, await StatusAsync(id));
        (await PostAsync(anna, page, $"/responses/{response.Id}/deletion?handler=restore")).Expect(303);
        Assert.Equal(Prospect, await StatusAsync(id));
    }

    private static async Task EditAsync(Browserlike browser, long activityId, Action<FormToFill> change)
    {
        var form = (await browser.GetAsync($"/activities/{activityId}/edit")).Expect(200).Form("#composer form");
        change(form);
        (await form.SubmitAsync(follow: false)).Expect(303);
    }

    private Task ByHandAsync(long id, ContactStatus status, bool locked) => Server.InScopeAsync(Kernel.Access.Viewer.System, services =>
        services.GetRequiredService<StatusByHand>().RunAsync(id, status, "essai", locked, CancellationToken.None));
}
