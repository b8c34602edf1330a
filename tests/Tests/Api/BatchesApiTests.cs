using Liaison.Contacts;

namespace Liaison.Tests.Api;

/// <summary>What the list's pages do with many contacts, the trash and the tags, a program can do too.</summary>
public sealed class BatchesApiTests(LiaisonServer server) : HttpTests(server)
{
    private async Task<List<long>> ContactsAsync(Person owner, string name, int count)
    {
        var ids = new List<long>();
        for (var i = 0; i < count; i++) ids.Add((await Api(owner).PostAsync("contacts", new { lastName = $"{name}{i}" })).Expect(201).Id);
        return ids;
    }

    [Fact]
    public async Task Contacts_are_tagged_handed_over_shared_and_deleted_and_each_is_taken_back()
    {
        using var anna = Api(Cast.Anna);
        var own = await ContactsAsync(Cast.Anna, "Stapel", 3);
        var foreign = (await ContactsAsync(Cast.Ben, "Stapel", 1))[0];
        foreach (var (body, filter) in new (object, string)[]
        {
            (new { operation = "tag", contactIds = own.Append(foreign), tags = new[] { "Gestapelt" } }, "tag=gestapelt"),
            (new { operation = "access", filter = "q=stapel", count = 3, access = "readWrite" }, "q=stapel"),
            (new { operation = "responsible", contactIds = own, responsible = Cast.Ben.Id, replace = true }, $"q=stapel&responsible={Cast.Ben.Id}"),
        })
        {
            var batch = (await anna.PostAsync("contact-batches", body)).Expect(201);
            Assert.Equal(("done", 3), (batch["state"].GetString(), batch["done"].GetInt32()));
            Assert.Equal(batch.Body, (await anna.GetAsync(batch.Location![("/api/v1/".Length)..])).Expect(200).Body);
            (await Api(Cast.Ben).GetAsync($"contact-batches/{batch.Id}")).ExpectProblem(404);
            (await Api(Cast.Ben).PostAsync($"contact-batches/{batch.Id}/undo")).ExpectProblem(404);
            Assert.Equal(("undo", 3), ((await anna.PostAsync($"contact-batches/{batch.Id}/undo")).Expect(200) is var undone ? undone["operation"].GetString() : null, undone["done"].GetInt32()));
        }
        Assert.Equal(0, (await anna.GetAsync("contacts?tag=gestapelt"))["count"].GetInt32());
        Assert.Equal(3, (await anna.GetAsync("contacts?q=stapel&responsible=me"))["count"].GetInt32());

        (await anna.PostAsync("contact-batches", new { operation = "delete", filter = "q=stapel", count = 4 })).ExpectProblem(409);
        var gone = (await anna.PostAsync("contact-batches", new { operation = "delete", filter = "q=stapel", count = 3 })).Expect(201);
        var trash = (await anna.GetAsync("trash?q=stapel&limit=2")).Expect(200);
        Assert.Equal((2, 3, Cast.Anna.Name), (trash["items"].GetArrayLength(), trash["count"].GetInt32(), trash["items"][0].GetProperty("by").GetProperty("name").GetString()));
        Assert.Equal(1, (await anna.GetAsync($"trash?q=stapel&limit=2&cursor={trash["nextCursor"].GetString()}")).Expect(200)["items"].GetArrayLength());
        Assert.Equal(0, (await Api(Cast.Ben).GetAsync("trash?q=stapel"))["count"].GetInt32());
        (await anna.PostAsync($"contact-batches/{gone.Id}/undo")).Expect(200);
        Assert.Equal(0, (await anna.GetAsync("trash?q=stapel"))["count"].GetInt32());
        Assert.Equal(3, (await anna.GetAsync("contacts?q=stapel"))["count"].GetInt32());
    }

    [Theory]
    [InlineData("""{"operation":"undo","contactIds":[1]}""", 422, "operation")]
    [InlineData("""{"contactIds":[1]}""", 422, "operation")]
    [InlineData("""{"operation":"destroy","contactIds":[1]}""", 400, "operation")]
    [InlineData("""{"operation":"delete"}""", 422, "contactIds")]
    [InlineData("""{"operation":"delete","contactIds":[1],"filter":"q=x"}""", 422, "contactIds")]
    [InlineData("""{"operation":"delete","filter":"colour=red"}""", 422, "filter")]
    [InlineData("""{"operation":"delete","filter":"status=queen"}""", 422, "filter")]
    [InlineData("""{"operation":"tag","contactIds":[1]}""", 422, "tags")]
    [InlineData("""{"operation":"tag","contactIds":[1,0],"tags":["x"]}""", 422, "contactIds")]
    [InlineData("""{"operation":"access","contactIds":[1]}""", 422, "access")]
    [InlineData("""{"operation":"responsible","contactIds":[1],"responsible":99999}""", 422, "responsible")]
    [InlineData("""{"operation":"tag","contactIds":[1],"tags":["x"],"access":"read","replace":true,"responsible":1}""", 422, "access", "replace", "responsible")]
    public async Task What_is_not_understood_does_nothing(string body, int status, params string[] fields)
    {
        (await Api(Cast.Anna).PostAsync("contact-batches", body)).ExpectProblem(status, fields);
    }

    [Fact]
    public async Task A_tag_is_merged_into_another()
    {
        using var admin = Api(Cast.Admin);
        using var anna = Api(Cast.Anna);
        var contact = (await anna.PostAsync("contacts", new { lastName = "Merged", tags = new[] { "Alt", "Neu" } })).Expect(201);
        await anna.PostAsync("contacts", new { lastName = "Merged too", tags = new[] { "Alt" } });
        long IdOf(ApiReply list) => list["items"][0].GetProperty("id").GetInt64();
        var (from, into) = (IdOf(await admin.GetAsync("tags?q=alt")), IdOf(await admin.GetAsync("tags?q=neu")));
        (await anna.PostAsync($"tags/{from}/merge", new { into })).ExpectProblem(403);
        (await admin.PostAsync($"tags/{from}/merge", new { into = from })).ExpectProblem(422, "into");
        (await admin.PostAsync($"tags/{from}/merge", new { into = 99999 })).ExpectProblem(422, "into");
        Assert.Equal(2, (await admin.PostAsync($"tags/{from}/merge", new { into })).Expect(200)["contacts"].GetInt32());
        (await admin.GetAsync($"tags/{from}")).ExpectProblem(404);
        Assert.Equal(["Neu"], (await anna.GetAsync($"contacts/{contact.Id}"))["tags"].EnumerateArray().Select(t => t.GetString()));
    }

    [Fact]
    public async Task A_contact_that_has_all_the_tags_it_may_have_is_refused_another()
    {
        using var anna = Api(Cast.Anna);
        var tags = Enumerable.Range(0, 100).Select(i => $"Voll {i}").ToArray();
        var full = (await anna.PostAsync("contacts", new { lastName = "Vollgeklebt", tags })).Expect(201);
        var empty = (await anna.PostAsync("contacts", new { lastName = "Unbeklebt" })).Expect(201);
        await PutAsync(["Überzählig"], done: 1);
        (await anna.PatchAsync($"contacts/{empty.Id}", new { tags = Array.Empty<string>() })).Expect(200);
        await PutAsync(tags, done: 2);
        await PutAsync(["Voll 1", "Überzählig"], done: 0);
        Assert.Equal(100, (await anna.PatchAsync($"contacts/{full.Id}", new { jobTitle = "Litfaßsäule" })).Expect(200)["tags"].GetArrayLength());
        (await anna.PostAsync("contact-batches", new { operation = "tag", contactIds = new[] { empty.Id }, tags = tags.Append("One more") })).ExpectProblem(422, "tags");

        async Task PutAsync(string[] put, int done)
        {
            var batch = (await anna.PostAsync("contact-batches", new { operation = "tag", contactIds = new[] { full.Id, empty.Id }, tags = put })).Expect(201);
            Assert.Equal((done, 2 - done), (batch["done"].GetInt32(), batch["refused"].GetInt32()));
        }
    }
}
