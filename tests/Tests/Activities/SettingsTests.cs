using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Liaison.Contacts.Lifecycle.ContactStatus;

namespace Liaison.Tests.Activities;

public sealed class SettingsTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task Rules_say_what_would_change_and_then_change_it_in_the_background()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        var visited = await ContactAsync("Visite", "Seule");
        var called = await ContactAsync("Appel", "Seul");
        var locked = await ContactAsync("Visite", "Verrouillée");
        await RecordAsync(anna, visited, "visit");
        await RecordAsync(anna, called, "call");
        await RecordAsync(anna, locked, "visit");
        await using (var db = Db())
        {
            db.Set<Contact>().Single(c => c.Id == locked).StatusLocked = true;
            await db.SaveChangesAsync();
        }
        (await anna.GetAsync("/settings/activity-rules")).Expect(403);

        var page = (await admin.GetAsync("/settings/activity-rules")).Expect(200);
        var visit = page.All("select[name^=class_]").Single(s => s.ParentElement!.ParentElement!.TextContent.Contains("Visite", StringComparison.Ordinal)).GetAttribute("name")!;
        var preview = (await page.Form("main form[method=get]").Fill(visit, "neutral").SubmitAsync()).Expect(200);
        Assert.Contains("1 contact changerait", preview.Find("#preview h2").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Visite Seule", "Prospect", "Lead"], preview.Texts("#preview tbody td"));
        Assert.Equal(Prospect, await StatusAsync(visited));

        (await preview.Form("#preview form").SubmitAsync(follow: false)).Expect(303);
        await Server.RunJobsAsync();
        Assert.Equal((Lead, Prospect, Prospect), (await StatusAsync(visited), await StatusAsync(called), await StatusAsync(locked)));
        Assert.Contains("1 contact a changé", (await admin.GetAsync("/settings/activity-rules")).Find("#replay").TextContent, StringComparison.Ordinal);
        await using var read = Db();
        var last = await read.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && j.SubjectId == visited).OrderByDescending(j => j.Id).FirstAsync();
        Assert.Equal(("contact.statusChanged", "rules"), (last.Kind, last.CauseType));
    }

    [Fact]
    public async Task A_type_is_added_renamed_hidden_and_deleted_only_while_unused()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        var id = await ContactAsync("Type", "Nouveau");
        (await (await admin.GetAsync("/settings/activity-types/new")).Form("main form").SubmitAsync()).Expect(422);
        (await (await admin.GetAsync("/settings/activity-types/new")).Form("main form").Fill("Input.Name", "Démo en ligne").Choose("Input.Icon", "globe").Choose("Input.Class", "Engagement").SubmitAsync(follow: false)).Expect(303);
        await RecordAsync(anna, id, "demoEnLigne");
        Assert.Equal(Prospect, await StatusAsync(id));

        var page = (await admin.GetAsync("/settings/activity-types")).Expect(200);
        var type = (await ActivitiesAsync(id)).Single().TypeId;
        Assert.Empty(page.All($"form[action*='handler=remove&id={type}']"));
        (await PostAsync(admin, page, $"/settings/activity-types?handler=remove&id={type}")).Expect(303);
        (await PostAsync(admin, page, $"/settings/activity-types?handler=hide&id={type}")).Expect(303);
        Assert.Empty((await OpenAsync(anna, id)).All("input[value=demoEnLigne]"));
        (await (await admin.GetAsync($"/settings/activity-types/{type}")).Form("main form").Fill("Input.Name", "Démonstration").SubmitAsync(follow: false)).Expect(303);
        Assert.Contains("Démonstration", (await anna.GetAsync("/activities")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sorting_fields_carry_the_names_that_were_set()
    {
        var admin = As(Cast.Admin);
        var id = await ContactAsync("Champ", "Nommé");
        (await (await admin.GetAsync("/settings/activity-types")).Form("form[action$='handler=settings']").Fill("Settings.Field1", "Secteur").Fill("Settings.Silent", "0").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal("Secteur", (await OpenAsync(As(Cast.Anna), id)).Find("label[for=Activity_Field1]").TextContent.Trim());
        (await (await admin.GetAsync("/settings/activity-types")).Form("form[action$='handler=settings']").Fill("Settings.Silent", "-1").SubmitAsync()).Expect(422);
    }
}
