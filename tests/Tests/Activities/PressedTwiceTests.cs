using Liaison.Tests.Harness;

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
}
