namespace Liaison.Tests.Api;

/// <summary>Tags made by a program are there for everybody, and tell of no contact that is hidden.</summary>
public sealed class TagsApiTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("Projet Élan", "Projet Élan")]
    [InlineData("Salon Été", "SALON ete")]
    public async Task A_tag_that_hidden_contacts_carry_is_made_like_a_new_one(string hidden, string made)
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var contact = (await ben.PostAsync("contacts", new { lastName = "Verdeckt", tags = new[] { hidden } })).Expect(201);
        var fresh = await anna.PostAsync("tags", new { name = made + " x" });
        var taken = await anna.PostAsync("tags", new { name = made });
        foreach (var (reply, name) in new[] { (fresh, made + " x"), (taken, made) })
        {
            Assert.Equal($$"""{"id":{{reply.Expect(201).Id}},"name":"{{name}}","contacts":0,"contactsIsCapped":false}""", reply.Body);
            Assert.Equal($"/api/v1/tags/{reply.Id}", reply.Location);
            var read = (await anna.GetAsync($"tags/{reply.Id}")).Expect(200);
            Assert.Equal((reply.Body, reply.ETag), (read.Body, read.ETag));
            Assert.Contains(reply.Id, (await anna.GetAsync("tags?limit=500"))["items"].EnumerateArray().Select(t => t.GetProperty("id").GetInt64()));
            Assert.Contains($"\"{name}\"", (await As(Cast.Anna).GetAsync($"/contacts/tags/suggest?q={Uri.EscapeDataString(name)}")).Html, StringComparison.Ordinal);
            (await anna.PostAsync("tags", new { name = name.ToUpperInvariant() })).ExpectProblem(422, "name");
        }
        Assert.Equal(fresh.Headers.Keys.Order(), taken.Headers.Keys.Order());
        // Its contacts keep it, and whoever sees them counts them.
        Assert.Equal(made, Assert.Single((await ben.GetAsync($"contacts/{contact.Id}"))["tags"].EnumerateArray()).GetString());
        Assert.Equal(1, (await ben.GetAsync($"tags/{taken.Id}"))["contacts"].GetInt32());
        Assert.Equal(0, (await anna.GetAsync($"contacts?tag={Uri.EscapeDataString(made)}"))["count"].GetInt32());
    }

    [Fact]
    public async Task A_word_of_hidden_contacts_is_not_told_by_becoming_free_nor_by_being_in_use()
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        var hidden = (await ben.PostAsync("contacts", new { lastName = "Verdeckt", tags = new[] { "Geheim frei", "Geheim belegt" } })).Expect(201);
        (await ben.PatchAsync($"contacts/{hidden.Id}", new { tags = new[] { "Geheim belegt" } })).Expect(200);
        Assert.Equal("", await NamesAsync(anna, "geheim"));

        // Anna's own come and go alike, whether somebody else has them or nobody.
        var own = (await anna.PostAsync("contacts", new { lastName = "Eigen", tags = new[] { "Geheim belegt", "Geheim neu" } })).Expect(201);
        Assert.Equal("Geheim belegt, Geheim neu", await NamesAsync(anna, "geheim"));
        (await anna.PatchAsync($"contacts/{own.Id}", new { tags = Array.Empty<string>() })).Expect(200);
        Assert.Equal("", await NamesAsync(anna, "geheim"));

        // One that was made stays, on hidden contacts only as well.
        var made = (await anna.PostAsync("tags", new { name = "Geheim gemacht" })).Expect(201);
        (await ben.PatchAsync($"contacts/{hidden.Id}", new { tags = new[] { "Geheim gemacht" } })).Expect(200);
        Assert.Equal(0, (await anna.GetAsync($"tags/{made.Id}")).Expect(200)["contacts"].GetInt32());
        Assert.Equal("Geheim belegt, Geheim frei, Geheim gemacht, Geheim neu", await NamesAsync(Api(Cast.Admin), "geheim"));
    }

    [Fact]
    public async Task A_tag_that_somebody_made_meanwhile_stays_when_the_import_that_had_it_is_undone()
    {
        using var anna = Api(Cast.Anna);
        using var ben = Api(Cast.Ben);
        using var upload = new MultipartFormDataContent { { new ByteArrayContent("Nachname;Tags\nImportiert;\"Reihe eins, Reihe zwei\"\n"u8.ToArray()), "file", "a.csv" } };
        var import = (await ben.PostAsync("imports", upload)).Expect(201).Id;
        (await ben.PostAsync($"imports/{import}/run")).Expect(200);
        await Server.RunJobsAsync();
        Assert.Equal("Reihe eins, Reihe zwei", await NamesAsync(ben, "reihe"));
        (await anna.PostAsync("tags", new { name = "Reihe eins" })).Expect(201);
        (await ben.PostAsync($"imports/{import}/undo")).Expect(200);
        await Server.RunJobsAsync();
        Assert.Equal("Reihe eins", await NamesAsync(Api(Cast.Admin), "reihe"));
    }

    private static async Task<string> NamesAsync(ApiClient api, string word) =>
        string.Join(", ", (await api.GetAsync($"tags?q={word}")).Expect(200)["items"].EnumerateArray().Select(t => t.GetProperty("name").GetString()));
}
