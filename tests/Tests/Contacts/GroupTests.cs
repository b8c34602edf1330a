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
        Assert.Equal(["contact.tagged", "contact.untagged"], await db.Set<JournalEntry>().Where(j => j.SubjectId == own && j.CauseType == "group").OrderBy(j => j.Id).Select(j => j.Kind).ToListAsync(TestContext.Current.CancellationToken));
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
    public async Task All_that_match_are_counted_and_confirmed_first()
    {
        for (var i = 0; i < 25; i++) await Server.ContactAsync(Cast.Anna, $"Massed{i:00}");
        var anna = As(Cast.Anna);
        var ask = (await anna.PostAsync("/contacts/groups/delete", ("all", "true"), ("filter", "q=massed"))).Expect(422);
        Assert.Contains("25", ask.Find("h1").TextContent, StringComparison.Ordinal);
        ask = (await ask.Form("main form.card").Fill("number", "24").SubmitAsync()).Expect(422);
        await ask.Form("main form.card").Fill("number", "25").SubmitAsync();
        Assert.NotEmpty((await anna.GetAsync("/contacts?q=massed")).All(".empty"));
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
        var ask = (await anna.PostAsync("/contacts/groups/tag", ("all", "true"), ("filter", "q=bulk"), ("tags", "Viele"))).Expect(422);
        var progress = (await ask.Form("main form.card").SubmitAsync()).Expect(200);
        Assert.Contains("/contacts/groups/progress/", progress.Url, StringComparison.Ordinal);
        await Server.RunJobsAsync();
        Assert.NotEmpty((await anna.GetAsync(progress.Url)).All(".note.good"));
        Assert.Equal(404, (await As(Cast.Ben).GetAsync(progress.Url)).Status);
        await using var look = Db();
        Assert.Equal(2100, await look.Set<ContactTag>().CountAsync(t => look.Set<Tag>().Any(x => x.Id == t.TagId && x.Key == "viele"), TestContext.Current.CancellationToken));
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
}
