using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Tests.Contacts;
using Liaison.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Liaison.Contacts.Lifecycle.ContactStatus;

namespace Liaison.Tests.Activities;

public sealed class SettingsTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task Icons_to_choose_from_are_said_in_words()
    {
        var page = (await As(Cast.Admin).GetAsync("/settings/activity-types/new")).Expect(200);
        var said = page.Texts("#Input_Icon label .sr");
        Assert.Equal(ActivityTypeInput.Icons.Count, said.Distinct().Count());
        Assert.Equal(("Téléphone", "Poignée de main"), (said[0], said[16]));
        Assert.All(said, word => Assert.True(char.IsUpper(word[0]), word));
    }

    [Fact]
    public async Task Rules_say_what_would_change_and_then_change_it_in_the_background()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        var visited = await ContactAsync("Visite", "Seule");
        var called = await ContactAsync("Appel", "Seul");
        var locked = await ContactAsync("Visite", "Verrouillée");
        var deleted = await ContactAsync("Visite", "Jetée");
        await RecordAsync(anna, visited, "visit");
        await RecordAsync(anna, called, "call");
        await RecordAsync(anna, locked, "visit");
        await RecordAsync(anna, deleted, "visit");
        (await Api(Cast.Anna).DeleteAsync($"contacts/{deleted}")).ExpectSuccess();
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
        Assert.Equal((Lead, Prospect, Prospect, Lead), (await StatusAsync(visited), await StatusAsync(called), await StatusAsync(locked), await StatusAsync(deleted)));
        Assert.Contains("1 contact a changé", (await admin.GetAsync("/settings/activity-rules")).Find("#replay").TextContent, StringComparison.Ordinal);
        await using var read = Db();
        var last = await read.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && j.SubjectId == visited).OrderByDescending(j => j.Id).FirstAsync();
        Assert.Equal(("contact.statusChanged", "rules"), (last.Kind, last.CauseType));
    }

    [Fact]
    public async Task Of_very_many_actions_only_the_latest_are_looked_at_before_saving()
    {
        var (old, recent) = (await ContactAsync("Ancienne", "Lettre"), await ContactAsync("Récentes", "Lettres"));
        await using (var db = Db())
        {
            var type = await db.Set<ActivityType>().Where(t => t.Key == "socialMedia").Select(t => t.Id).SingleAsync();
            var ids = await db.ReserveIdsAsync<Activity>(RulesPreview.Most + 1, default);
            await db.InTransactionAsync(() => db.BulkInsertAsync(ids.Select((id, i) => new Activity { Id = id, ContactId = i == 0 ? old : recent, TypeId = type, OccurredAt = Server.Clock.Now.AddDays(i == 0 ? -9 : -1), CreatedAt = Server.Clock.Now, UpdatedAt = Server.Clock.Now, Version = 1 }).ToList(), default), default);
        }
        using var api = Api(Cast.Admin);
        var reply = (await api.PostAsync("activity-rules/preview", new { types = new { socialMedia = "sale" } })).Expect(200);
        Assert.Equal((1, true, recent), (reply["count"].GetInt32(), reply["countIsCapped"].GetBoolean(), reply["contacts"][0].GetProperty("id").GetInt64()));
        var admin = As(Cast.Admin);
        var preview = (await (await admin.GetAsync("/settings/activity-rules")).Form("main form[method=get]").Fill($"class_{(await TypeIdsAsync())["socialMedia"]}", "sale").SubmitAsync()).Expect(200);
        Assert.Contains("Au moins 1 contact", preview.Find("#preview h2").TextContent, StringComparison.Ordinal);
        // Saved, all of them are computed.
        (await preview.Form("#preview form").SubmitAsync(follow: false)).Expect(303);
        await Server.RunJobsAsync();
        Assert.Equal((Client, Client), (await StatusAsync(old), await StatusAsync(recent)));
        (await api.PatchAsync("activity-rules", new { types = new { socialMedia = "engagement" } })).Expect(200);
        await Server.RunJobsAsync();
    }

    [Fact]
    public async Task A_type_is_added_renamed_hidden_and_replaced_where_it_was_used()
    {
        var (anna, admin) = (As(Cast.Anna), As(Cast.Admin));
        var id = await ContactAsync("Type", "Nouveau");
        (await (await admin.GetAsync("/settings/activity-types/new")).Form("main form").SubmitAsync()).Expect(422);
        (await (await admin.GetAsync("/settings/activity-types/new")).Form("main form").Fill("Input.Name", "Démo en ligne").Choose("Input.Icon", "globe").Choose("Input.Class", "Engagement").SubmitAsync(follow: false)).Expect(303);
        await RecordAsync(anna, id, "demoEnLigne");
        Assert.Equal(Prospect, await StatusAsync(id));

        var page = (await admin.GetAsync("/settings/activity-types")).Expect(200);
        var type = (await ActivitiesAsync(id)).Single().TypeId;
        page = (await page.Form($"form[action$='handler=hide&id={type}&hidden=true']").SubmitAsync()).Expect(200);
        await page.Form(".toast form[action*='hide']").SubmitAsync();
        Assert.NotEmpty((await OpenAsync(anna, id)).All("input[value=demoEnLigne]"));
        (await (await admin.GetAsync("/settings/activity-types")).Form($"form[action$='handler=hide&id={type}&hidden=true']").SubmitAsync(follow: false)).Expect(303);
        Assert.Empty((await OpenAsync(anna, id)).All("input[value=demoEnLigne]"));
        (await (await admin.GetAsync($"/settings/activity-types/{type}")).Form("main form").Fill("Input.Name", "Démonstration").SubmitAsync(follow: false)).Expect(303);
        Assert.Contains("Démonstration", (await anna.GetAsync("/activities")).Expect(200).Text, StringComparison.Ordinal);
        // The reason of a status calls it as it is called now.
        Assert.Contains("Démonstration", (await Api(Cast.Anna).GetAsync($"contacts/{id}/status"))["because"].GetString(), StringComparison.Ordinal);

        var ask = (await admin.GetAsync($"/settings/activity-types/{type}/delete")).Expect(200);
        Assert.Contains("1 action", ask.Find("main form p").TextContent, StringComparison.Ordinal);
        (await ask.Form("main form").SubmitAsync()).Expect(422);
        (await anna.GetAsync($"/settings/activity-types/{type}/delete")).Expect(403);
        var note = (await TypeIdsAsync())["note"];
        page = (await ask.Form("main form").Fill("By", $"{note}").SubmitAsync()).Expect(200);
        Assert.DoesNotContain("Démonstration", page.Texts("td.name a"));
        Assert.Equal(note, (await ActivitiesAsync(id)).Single().TypeId);
        await Server.RunJobsAsync();
        Assert.Equal(Lead, await StatusAsync(id));
        // Once more: it is said, not lost.
        Assert.EndsWith("/settings/activity-types", (await ask.Form("main form").Fill("By", $"{note}").SubmitAsync()).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_that_somebody_else_changed_meanwhile_stay_and_what_would_change_is_shown_anew()
    {
        var admin = As(Cast.Admin);
        var ids = await TypeIdsAsync();
        var (visit, letter) = ($"class_{ids["visit"]}", $"class_{ids["letter"]}");
        var id = await ContactAsync("Règles", "Croisées");
        await RecordAsync(As(Cast.Anna), id, "letter");

        // A form opened before the other change shows the old rules and wants only what it changes itself.
        var old = (await admin.GetAsync("/settings/activity-rules")).Form("main form[method=get]").Fill(letter, "neutral");
        var preview = (await (await admin.GetAsync("/settings/activity-rules")).Form("main form[method=get]").Fill("effect_refused", "none").SubmitAsync()).Expect(200);
        await ChangeAsync(visit, "sale");
        var mine = (await old.SubmitAsync()).Expect(200);
        Assert.Equal("sale", mine.Form("main form[method=get]")[visit]);
        Assert.Contains("1 contact changerait", mine.Find("#preview h2").TextContent, StringComparison.Ordinal);
        Assert.Empty(mine.All("main table tbody th[scope=row]"));

        var stale = (await preview.Form("#preview form").SubmitAsync()).Expect(409);
        Assert.NotEmpty(stale.All(".note.warn[role=alert][autofocus]"));
        (await stale.Form("#preview form").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal(("sale", "none"), (await RuleAsync(visit), await RuleAsync("effect_refused")));

        // Both changed the same: both are shown.
        var both = (await (await admin.GetAsync("/settings/activity-rules")).Form("main form[method=get]").Fill(visit, "neutral").SubmitAsync()).Expect(200);
        await ChangeAsync(visit, "engagement");
        stale = (await both.Form("#preview form").SubmitAsync()).Expect(409);
        Assert.Equal(["Visite", "Prise de contact", "Sans effet"], stale.Texts("main .note.warn[role=alert][autofocus] tbody > tr > *"));
        Assert.Equal("engagement", await RuleAsync(visit));
        (await stale.Form("#preview form").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal("neutral", await RuleAsync(visit));
        await ChangeAsync(visit, "engagement");
        await ChangeAsync("effect_refused", "refusal");
        await Server.RunJobsAsync();

        async Task<string?> RuleAsync(string name) => (await admin.GetAsync("/settings/activity-rules")).Form("main form[method=get]")[name];
        async Task ChangeAsync(string name, string value)
        {
            var page = (await (await admin.GetAsync("/settings/activity-rules")).Form("main form[method=get]").Fill(name, value).SubmitAsync()).Expect(200);
            (await page.Form("#preview form").SubmitAsync(follow: false)).Expect(303);
        }
    }

    [Fact]
    public async Task A_type_and_the_settings_keep_what_somebody_else_changed_meanwhile()
    {
        var admin = As(Cast.Admin);
        var sms = (await TypeIdsAsync())["sms"];
        Task<PageResult> TypeAsync() => admin.GetAsync($"/settings/activity-types/{sms}");
        var stale = (await TypeAsync()).Form("main form").Choose("Input.Icon", "star");
        var both = (await TypeAsync()).Form("main form").Fill("Input.Name", "Mon texto");
        (await (await TypeAsync()).Form("main form").Fill("Input.Name", "Leur texto").SubmitAsync(follow: false)).Expect(303);
        (await stale.SubmitAsync(follow: false)).Expect(303);
        Assert.Equal(("Leur texto", "star"), ((await TypeAsync()).Form("main form")["Input.Name"], (await TypeAsync()).Form("main form")["Input.Icon"]));
        var page = (await both.SubmitAsync()).Expect(409);
        Assert.Equal(["Nom", "Leur texto", "Mon texto"], page.Texts("main .note.warn tbody > tr > *"));
        Assert.Equal("Leur texto", (await TypeAsync()).Form("main form")["Input.Name"]);
        (await page.Form("main form").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal(("Mon texto", "star"), ((await TypeAsync()).Form("main form")["Input.Name"], (await TypeAsync()).Form("main form")["Input.Icon"]));

        const string Form = "form[action$='handler=settings']";
        Task<PageResult> SettingsAsync() => admin.GetAsync("/settings/activity-types");
        var first = (await SettingsAsync()).Form(Form).Fill("Settings.Field1", "Métier");
        var second = (await SettingsAsync()).Form(Form).Fill("Settings.Field1", "Branche").Fill("Settings.SuggestDeadAfter", "7");
        (await (await SettingsAsync()).Form(Form).Fill("Settings.Field2", "Stand").SubmitAsync(follow: false)).Expect(303);
        (await first.SubmitAsync(follow: false)).Expect(303);
        page = (await second.SubmitAsync()).Expect(409);
        Assert.Contains("Métier", page.Find("main .note.warn").TextContent, StringComparison.Ordinal);
        var form = page.Form(Form);
        Assert.Equal(("Branche", "7"), (form["Settings.Field1"], form["Settings.SuggestDeadAfter"]));
        var kept = (await SettingsAsync()).Form(Form);
        Assert.Equal(("Métier", "Stand"), (kept["Settings.Field1"], kept["Settings.Field2"]));
    }

    [Fact]
    public async Task The_sorting_fields_carry_the_names_that_were_set()
    {
        var admin = As(Cast.Admin);
        var id = await ContactAsync("Champ", "Nommé");
        (await (await admin.GetAsync("/settings/activity-types")).Form("form[action$='handler=settings']").Fill("Settings.Field1", "Secteur").Fill("Settings.SuggestDeadAfter", "0").SubmitAsync(follow: false)).Expect(303);
        Assert.Equal("Secteur", (await OpenAsync(As(Cast.Anna), id)).Find("label[for=Activity_Field1]").TextContent.Trim());
        (await (await admin.GetAsync("/settings/activity-types")).Form("form[action$='handler=settings']").Fill("Settings.SuggestDeadAfter", "-1").SubmitAsync()).Expect(422);
    }

    [Theory]
    [InlineData("Input.Class", "gibt es nicht")]
    [InlineData("Input.AdvancesGroup", "peut-être")]
    public async Task What_no_form_offers_is_refused_in_the_language_of_the_page(string field, string value)
    {
        var refused = (await As(Cast.Admin).PostAsync("/settings/activity-types/new", ("Input.Name", "Signal de fumée"), ("Input.Icon", "phone"), (field, value))).Expect(422);
        Assert.Contains("Choisissez une des valeurs proposées.", refused.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Equal("Signal de fumée", refused.Form("main form.card")["Input.Name"]);
    }
}
