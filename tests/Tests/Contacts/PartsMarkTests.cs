using Liaison.Contacts;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

/// <summary>Tags and responsible users that a contact notes for lists; that every note is right is looked at after each class of tests.</summary>
public sealed class PartsMarkTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task Contacts_from_before_show_their_tags_at_once_and_note_them_in_the_background()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Vieuxbourg", input => input.Tags = ["Ancien", "Fidèle"]);
        await using (var db = Db())
        {
            await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.PartsMark, (string?)null));
            Assert.Equal("Ancien, Fidèle", await ShownAsync());
            db.Enqueue("contacts.spellings", new { });
            await db.SaveChangesAsync();
        }
        await Server.RunJobsAsync();
        await using var now = Db();
        Assert.NotNull(await now.Set<Contact>().Where(c => c.Id == id).Select(c => c.PartsMark).SingleAsync());
        Assert.Equal("Ancien, Fidèle", await ShownAsync());

        async Task<string> ShownAsync() => string.Join(", ", (await As(Cast.Anna).GetAsync("/contacts?q=vieuxbourg")).Expect(200).Texts("tbody .tag"));
    }

    [Fact]
    public async Task A_tag_that_is_deleted_is_shown_no_more_and_one_of_its_name_is_another()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Nouveaubourg", input => input.Tags = ["Passager", "Reste"]);
        using var api = Api(Cast.Admin);
        var tag = (await api.GetAsync("tags?q=passager"))["items"].EnumerateArray().Single(t => t.GetProperty("name").GetString() == "Passager").GetProperty("id").GetInt64();
        (await api.DeleteAsync($"tags/{tag}")).Expect(204);
        Assert.Equal(["Reste"], await TagsAsync());
        Assert.Equal("Reste", (await api.GetAsync($"exports/contacts?ids={id}&fields=tags")).Expect(200).Body.Split('\n')[1].Trim());
        (await api.PostAsync("tags", new { name = "Passager" })).Expect(201);
        Assert.Equal(["Reste"], await TagsAsync());

        async Task<List<string>> TagsAsync() => [.. (await As(Cast.Anna).GetAsync("/contacts?q=nouveaubourg")).Expect(200).Texts("tbody .tag")];
    }
}
