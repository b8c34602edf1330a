using Liaison.Contacts;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

/// <summary>Acting on many contacts: each is looked at again, what was refused is told, and it can be taken back.</summary>
public sealed class GroupTests(LiaisonServer server) : HttpTests(server)
{
    private static (string, string) Id(long id) => ("ids", id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Ticked_contacts_are_tagged_those_not_ours_refused_and_undo_takes_it_back()
    {
        var own = await Server.ContactAsync(Cast.Ben, "Taggable");
        var shared = await Server.ContactAsync(Cast.Anna, "Readable", c => c.Access = ContactAccess.Read);
        var hidden = await Server.ContactAsync(Cast.Anna, "Hidden");
        var ben = As(Cast.Ben);
        (await ben.PostAsync("/contacts/groups/tag", Id(own), Id(shared), Id(hidden), ("tags", "Neu, VIP"))).Expect(303);
        Assert.Equal((2, 0, 0), ((await Server.StoredAsync(own)).Tags.Count, (await Server.StoredAsync(shared)).Tags.Count, (await Server.StoredAsync(hidden)).Tags.Count));
        var page = await ben.GetAsync("/contacts?q=taggable");
        Assert.Contains("1 contact étiqueté. 2 refusés", page.Find(".toast").TextContent, StringComparison.Ordinal);
        await page.Form(".toast form").SubmitAsync();
        Assert.Empty((await Server.StoredAsync(own)).Tags);
        await using var db = Db();
        Assert.Equal(["contact.tagged", "contact.untagged"], await db.Set<JournalEntry>().Where(j => j.SubjectId == own && j.CauseId != null).OrderBy(j => j.Id).Select(j => j.Kind).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("q=Zoë\u202e", "/contacts?q=Zo%C3%AB%E2%80%AE")]
    [InlineData("q=Zo%C3%AB&city=Lyon", "/contacts?q=Zo%C3%AB&city=Lyon")]
    public async Task A_list_that_was_asked_for_in_any_letters_is_gone_back_to(string filter, string address)
    {
        await Server.ContactAsync(Cast.Ben, "Letters");
        var back = (await As(Cast.Ben).PostAsync("/contacts/groups/tag", ("all", "true"), ("filter", filter), ("tags", ""))).Expect(303);
        Assert.Equal(address, back.Location);
    }

    [Fact]
    public async Task A_tag_with_a_comma_is_put_on_and_taken_off_as_one()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Server.ContactAsync(Cast.Ben, $"Comma{i}")));
        var ben = As(Cast.Ben);
        (await ben.PostAsync("/contacts/groups/tag", Id(ids[0]), Id(ids[1]), ("tags", "\"Lyon, 2026\", VIP"))).Expect(303);
        Assert.Equal(2, (await ben.GetAsync("/contacts?tag=" + Uri.EscapeDataString("Lyon, 2026"))).All("tbody tr").Count);
        var ask = (await ben.PostAsync("/contacts/groups/tag", ("all", "true"), ("filter", "q=comma"), ("tags", "\"Lyon, 2026\""), ("count", "2"))).Expect(422);
        Assert.Contains("Lyon, 2026", ask.Text, StringComparison.Ordinal);
        await ask.Form("main form.card").SubmitAsync();
        Assert.Single((await Server.StoredAsync(ids[2])).Tags);
        (await ben.PostAsync("/contacts/groups/untag", Id(ids[0]), ("tags", "\"Lyon, 2026\""))).Expect(303);
        Assert.Single((await Server.StoredAsync(ids[0])).Tags);
    }

    [Fact]
    public async Task Responsible_and_access_are_changed_and_taken_back()
    {
        var id = await Server.ContactAsync(Cast.Ben, "Handed");
        var ben = As(Cast.Ben);
        (await ben.PostAsync("/contacts/groups/responsible", Id(id), ("user", $"{Cast.Anna.Id}"), ("replace", "false"))).Expect(303);
        Assert.Equal(new[] { Cast.Anna.Id, Cast.Ben.Id }.Order(), (await Server.StoredAsync(id)).Responsibles.Select(r => r.UserId).Order());
        (await ben.PostAsync("/contacts/groups/access", Id(id), ("access", "readWrite"))).Expect(303);
        Assert.Equal(ContactAccess.ReadWrite, (await Server.StoredAsync(id)).Access);
        await (await ben.GetAsync("/contacts?q=handed")).Form(".toast form[action*='undo']").SubmitAsync();
        Assert.NotEqual(ContactAccess.ReadWrite, (await Server.StoredAsync(id)).Access);
    }

    [Fact]
    public async Task A_responsible_typed_by_name_counts_as_well_as_a_chosen_one()
    {
        var id = await Server.ContactAsync(Cast.Ben, "Named");
        var ben = As(Cast.Ben);
        (await ben.PostAsync("/contacts/groups/responsible", Id(id), ("user", $"{Cast.Ben.Id}"), ("userName", Cast.Anna.Name.ToUpperInvariant()), ("replace", "false"))).Expect(303);
        Assert.Equal(new[] { Cast.Anna.Id, Cast.Ben.Id }.Order(), (await Server.StoredAsync(id)).Responsibles.Select(r => r.UserId).Order());
        (await ben.PostAsync("/contacts/groups/responsible", Id(id), ("user", $"{Cast.Ben.Id}"), ("userName", "Nobody here"), ("replace", "true"))).Expect(303);
        Assert.Equal(2, (await Server.StoredAsync(id)).Responsibles.Count);
    }

    [Fact]
    public async Task All_that_match_are_counted_and_confirmed_first()
    {
        for (var i = 0; i < 25; i++) await Server.ContactAsync(Cast.Anna, $"Massed{i:00}");
        var anna = As(Cast.Anna);
        var ask = (await anna.PostAsync("/contacts/groups/delete", ("all", "true"), ("filter", "q=massed"))).Expect(422);
        Assert.Contains("25", ask.Find("h1").TextContent, StringComparison.Ordinal);
        ask = (await ask.Form("main form.card").Fill("number", "24").SubmitAsync()).Expect(422);
        var empty = await ask.Form("main form.card").Fill("number", "25").SubmitAsync();
        Assert.NotEmpty(empty.All(".empty"));
        await empty.Form(".toast form[action*='undo']").SubmitAsync();
        Assert.Equal(25, (await anna.GetAsync("/contacts?q=massed")).All("tbody tr").Count);
        ask = (await anna.PostAsync("/contacts/groups/delete", ("all", "true"), ("filter", "q=massed"), ("number", "25"), ("count", "25"))).Expect(303);
        var trash = await anna.GetAsync("/contacts/trash?q=massed07");
        await trash.Form("main form[data-list]").SubmitAsync("tbody button");
        Assert.Single((await anna.GetAsync("/contacts?q=massed")).All("tbody tr"));
    }

    [Fact]
    public async Task More_than_a_person_waits_for_goes_on_in_the_background()
    {
        await using (var db = Db())
        {
            for (var i = 0; i < 2100; i++) db.Add(new Contact { LastName = $"Bulk{i}", SortName = $"bulk{i:0000}", SearchText = $"bulk{i:0000}", Access = ContactAccess.ReadWrite, StatusSince = Server.Clock.Now });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var anna = As(Cast.Anna);
        var ask = (await anna.PostAsync("/contacts/groups/tag", ("all", "true"), ("filter", "q=bulk"), ("tags", "Viele"), ("once", "a"))).Expect(422);
        var progress = (await ask.Form("main form.card").SubmitAsync()).Expect(200);
        Assert.Equal(progress.Url, (await ask.Form("main form.card").SubmitAsync()).Url);
        Assert.Contains("/contacts/groups/progress/", progress.Url, StringComparison.Ordinal);
        Assert.Equal("En préparation…", progress.Find("#how-far").TextContent);
        await Server.RunJobsAsync();
        Assert.NotEmpty((await anna.GetAsync(progress.Url)).All(".note.good"));
        Assert.Equal(404, (await As(Cast.Ben).GetAsync(progress.Url)).Status);
        await using var look = Db();
        Assert.Equal(2100, await look.Set<ContactTag>().CountAsync(t => look.Set<Tag>().Any(x => x.Id == t.TagId && x.Key == "viele"), TestContext.Current.CancellationToken));

        ask = (await anna.PostAsync("/contacts/groups/delete", ("all", "true"), ("filter", "q=bulk"))).Expect(422);
        progress = (await ask.Form("main form.card").Fill("number", "2100").SubmitAsync()).Expect(200);
        // What is made before its turn comes was not among those that were counted.
        var later = await Server.ContactAsync(Cast.Anna, "Laterbulk");
        await Server.RunJobsAsync();
        Assert.Equal(0, await BulkAsync());
        Assert.Null((await Server.StoredAsync(later)).DeletedAt);
        progress = await (await anna.GetAsync(progress.Url)).Form("main form[action*='undo']").SubmitAsync();
        await Server.RunJobsAsync();
        Assert.NotEmpty((await anna.GetAsync(progress.Url)).All(".note.good"));
        Assert.Equal(2100, await BulkAsync());

        Task<int> BulkAsync() => look.Contacts().CountAsync(c => c.SortName.StartsWith("bulk"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_gave_a_contact_away_takes_it_back_unless_it_changed_meanwhile()
    {
        var (back, kept) = (await Server.ContactAsync(Cast.Anna, "Donné"), await Server.ContactAsync(Cast.Anna, "Gardé"));
        var anna = As(Cast.Anna);
        await anna.PostAsync("/contacts/groups/responsible", Id(back), Id(kept), ("user", $"{Cast.Ben.Id}"), ("replace", "true"));
        (await Api(Cast.Ben).PatchAsync($"contacts/{kept}", new { responsibles = new[] { Cast.Ben.Id, Cast.Admin.Id } })).Expect(200);
        var undo = (await anna.GetAsync("/contacts")).Form(".toast form[action*='undo']");
        var page = await undo.SubmitAsync();
        Assert.Contains("Annulé pour 1 contact. 1 laissé tel quel", page.Find(".toast").TextContent, StringComparison.Ordinal);
        Assert.Equal([Cast.Anna.Id], await OfAsync(back));
        Assert.DoesNotContain(Cast.Anna.Id, await OfAsync(kept));
        (await Api(Cast.Anna).PatchAsync($"contacts/{back}", new { responsibles = new[] { Cast.Ben.Id } })).Expect(200);
        Assert.Contains("Annulé pour 0 contact", (await undo.SubmitAsync()).Find(".toast").TextContent, StringComparison.Ordinal);
        Assert.Equal([Cast.Ben.Id], await OfAsync(back));
        (await As(Cast.Ben).PostAsync((await UndoUrlAsync(back))!)).Expect(404);

        async Task<IEnumerable<long>> OfAsync(long id) => (await Server.StoredAsync(id)).Responsibles.Select(r => r.UserId);
    }

    [Theory]
    [InlineData("tag", "Privé")]
    [InlineData("untag", "Commun")]
    public async Task Tags_of_a_contact_that_was_taken_from_whoever_put_them_on_stay(string operation, string tag)
    {
        var (ours, taken) = (await Server.ContactAsync(Cast.Anna, "Restant", c => c.Tags = ["Commun"]), await Server.ContactAsync(Cast.Anna, "Retiré", c => c.Tags = ["Commun"]));
        var anna = As(Cast.Anna);
        (await anna.PostAsync($"/contacts/groups/{operation}", Id(ours), Id(taken), ("tags", tag))).Expect(303);
        (await Api(Cast.Admin).PatchAsync($"contacts/{taken}", new { responsibles = new[] { Cast.Ben.Id } })).Expect(200);
        var page = await (await anna.GetAsync("/contacts")).Form(".toast form[action*='undo']").SubmitAsync();
        Assert.Contains("Annulé pour 1 contact. 1 laissé tel quel", page.Find(".toast").TextContent, StringComparison.Ordinal);
        Assert.Single((await Server.StoredAsync(ours)).Tags);
        Assert.Equal(operation == "tag" ? 2 : 0, (await Server.StoredAsync(taken)).Tags.Count);
    }

    [Fact]
    public async Task What_was_restored_and_deleted_again_stays_deleted_when_the_group_comes_back()
    {
        var (back, kept) = (await Server.ContactAsync(Cast.Anna, "Kehrt"), await Server.ContactAsync(Cast.Anna, "Bleibt"));
        using var api = Api(Cast.Anna);
        var anna = As(Cast.Anna);
        (await anna.PostAsync("/contacts/groups/delete", Id(back), Id(kept), ("number", "2"), ("count", "2"))).Expect(303);
        var undo = (await anna.GetAsync("/contacts")).Form(".toast form[action*='undo']");
        (await api.PostAsync($"contacts/{kept}/restoration")).ExpectSuccess();
        (await api.DeleteAsync($"contacts/{kept}")).Expect(204);
        Assert.Contains("Annulé pour 1 contact. 1 laissé tel quel", (await undo.SubmitAsync()).Find(".toast").TextContent, StringComparison.Ordinal);
        Assert.Null((await Server.StoredAsync(back)).DeletedAt);
        Assert.NotNull((await Server.StoredAsync(kept)).DeletedAt);
    }

    [Fact]
    public async Task A_removed_tag_and_a_changed_access_come_back_for_all()
    {
        var ids = new List<long>();
        for (var i = 0; i < 3; i++) ids.Add(await Server.ContactAsync(Cast.Anna, $"Zurück{i}", c => { c.Tags = [$"Bleibt{i % 2}", "Weg"]; c.Access = ContactAccess.Read; }));
        var anna = As(Cast.Anna);
        foreach (var (operation, field, value) in new[] { ("untag", "tags", "Weg, Bleibt0"), ("access", "access", "private") })
        {
            (await anna.PostAsync($"/contacts/groups/{operation}", [.. ids.Select(Id), (field, value)])).Expect(303);
            await (await anna.GetAsync("/contacts")).Form(".toast form[action*='undo']").SubmitAsync();
        }
        foreach (var id in ids) Assert.Equal((2, ContactAccess.Read), ((await Server.StoredAsync(id)).Tags.Count, (await Server.StoredAsync(id)).Access));
    }

    [Fact]
    public async Task A_tag_that_was_renamed_meanwhile_is_the_one_that_is_taken_off_and_put_back()
    {
        using var admin = Api(Cast.Admin);
        var worn = await Server.ContactAsync(Cast.Anna, "Étiquetée");
        foreach (var (operation, kept, other) in new[] { ("tag", false, "Alt"), ("untag", true, "Alt2") })
        {
            var batch = (await Api(Cast.Anna).PostAsync("contact-batches", new { operation, contactIds = new[] { worn }, tags = new[] { operation == "tag" ? "Alt" : "Alt2" } })).Expect(201);
            var tag = (await admin.GetAsync($"tags?q={other}")).Expect(200)["items"][0].GetProperty("id").GetInt64();
            (await admin.PatchAsync($"tags/{tag}", new { name = "Neu" + operation })).Expect(200);
            // Its old name is another tag's now.
            (await admin.PostAsync("tags", new { name = other })).Expect(201);
            Assert.Equal(1, (await Api(Cast.Anna).PostAsync($"contact-batches/{batch.Id}/undo")).Expect(200)["done"].GetInt32());
            Assert.Equal(kept ? [tag] : Array.Empty<long>(), (await Server.StoredAsync(worn)).Tags.Select(t => t.TagId));
            if (!kept) (await Api(Cast.Anna).PatchAsync($"contacts/{worn}", new { tags = new[] { "Alt2" } })).Expect(200);
        }
    }

    [Theory]
    [InlineData("-1", "private", 404)]
    [InlineData("3", "private", 404)]
    [InlineData("tag,access", "private", 404)]
    [InlineData("access", "foo", 303)]
    [InlineData("access", "0", 303)]
    [InlineData("access", "-1", 303)]
    [InlineData("access", "read,private", 303)]
    [InlineData("access", null, 303)]
    public async Task A_word_that_is_unknown_does_nothing(string operation, string? access, int status)
    {
        var id = await Server.ContactAsync(Cast.Anna, "Unverändert", c => c.Access = ContactAccess.ReadWrite);
        (await As(Cast.Anna).PostAsync($"/contacts/groups/{operation}", access is null ? [Id(id)] : [Id(id), ("access", access)])).Expect(status);
        var stored = await Server.StoredAsync(id);
        Assert.Equal((ContactAccess.ReadWrite, 1), (stored.Access, stored.Version));
    }

    private async Task<string?> UndoUrlAsync(long id)
    {
        await using var db = Db();
        var batch = await db.Set<JournalEntry>().Where(j => j.SubjectId == id && j.CauseType == "group").Select(j => j.CauseId).FirstAsync(TestContext.Current.CancellationToken);
        return $"/contacts/groups/undo?batch={batch}";
    }

    [Fact]
    public async Task A_tag_renamed_to_another_becomes_one_with_it()
    {
        var both = await Server.ContactAsync(Cast.Anna, "Labelled", c => c.Tags = ["Alpha", "Beta"]);
        var one = await Server.ContactAsync(Cast.Anna, "Labelledtoo", c => c.Tags = ["Alpha"]);
        await using (var db = Db())
        {
            var alpha = await db.Set<Tag>().SingleAsync(t => t.Key == "alpha", TestContext.Current.CancellationToken);
            (await As(Cast.Ben).GetAsync("/settings/tags")).Expect(403);
            await (await As(Cast.Admin).GetAsync("/settings/tags")).Form($"form[action='/settings/tags/{alpha.Id}']").Fill("name", "béta").SubmitAsync();
        }
        Assert.Single((await Server.StoredAsync(both)).Tags);
        Assert.Single((await Server.StoredAsync(one)).Tags);
        Assert.Equal(2, (await As(Cast.Anna).GetAsync("/contacts?tag=Beta")).All("tbody tr").Count);
    }

    [Fact]
    public async Task A_tag_that_was_renamed_meanwhile_is_not_renamed_unseen_and_the_list_stays_where_it_is()
    {
        await Server.ContactAsync(Cast.Anna, "Nommée", c => c.Tags = ["Zurvor", "Zurück", .. Enumerable.Range(10, 55).Select(i => $"Viele{i}")]);
        var admin = As(Cast.Admin);
        var (first, late) = (await FormAsync("Zurvor"), await FormAsync("Zurvor"));
        var page = await first.Fill("name", "Avant").SubmitAsync();
        Assert.Equal("/settings/tags?q=zur", page.Url);
        Assert.Equal("/settings/tags?q=zur", (await first.SubmitAsync()).Expect(200).Url);

        page = (await late.Fill("name", "Zuvor").SubmitAsync()).Expect(409);
        Assert.Contains("« Avant »".Replace(' ', '\u00a0'), page.Find("main .danger-text").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Zuvor", "Zurück"], page.All("main input[name=name]").Select(i => i.GetAttribute("value")));
        page = await page.Form("main form:has([aria-invalid=true])").SubmitAsync();
        Assert.Contains("Zuvor", page.Expect(200).Find(".toast").TextContent, StringComparison.Ordinal);

        // On another page of the list than the first it is said there.
        page = await admin.GetAsync("/settings/tags");
        page = await admin.GetAsync(page.Find("a[rel=next]").GetAttribute("href")!);
        page = (await page.Form("main form:has([value='Zuvor'])").Fill("name", "a,b").SubmitAsync()).Expect(422);
        Assert.Equal("a,b", page.Find("main [aria-invalid=true]").GetAttribute("value"));

        async Task<FormToFill> FormAsync(string name) => (await admin.GetAsync("/settings/tags?q=zur")).Form($"main form:has(input[value='{name}'])");
    }
}
