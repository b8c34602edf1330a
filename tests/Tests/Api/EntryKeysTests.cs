namespace Liaison.Tests.Api;

/// <summary>Whatever an entry of a list is called, there is a word for it.</summary>
public sealed class EntryKeysTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("contact-types", 100, "entry")]
    [InlineData("temperatures", 100, "entry")]
    [InlineData("activity-types", 60, "type")]
    public async Task A_name_of_any_kind_gets_a_key(string list, int longest, string otherwise)
    {
        using var admin = Api(Cast.Admin);
        var keys = new List<string>();
        foreach (var name in new[] { "3D partner", "客户", "None", "Très proche !", "très-proche ?", new string('x', longest), new string('x', longest - 1) })
        {
            var made = (await AddAsync(name)).Expect(201);
            Assert.Equal(name, made["name"].GetString());
            keys.Add(made["key"].GetString()!);
        }
        Assert.Equal([otherwise, otherwise + "2", otherwise + "3", "tresProche", "tresProche2", new string('x', longest > 60 ? 60 : longest), longest > 60 ? new string('x', 55) + "2" : new string('x', longest - 1)], keys);
        (await AddAsync(new string('x', longest + 1))).ExpectProblem(422, "name");
        (await AddAsync("Wished", "two words")).ExpectProblem(422, "key");

        Task<ApiReply> AddAsync(string name, string? key = null) => admin.PostAsync(list, list == "activity-types" ? new { name, key, @class = "neutral" } : (object)new { name, key });
    }

    [Theory]
    [InlineData("contact-types", "partner", "Partenaire", "PARTNER")]
    [InlineData("temperatures", "hot", "tres chaud", "Hot")]
    [InlineData("activity-types", "meeting", "Rendez-vous", "meeting")]
    public async Task No_two_entries_of_a_list_are_called_the_same_by_anybody(string list, string key, string french, string english)
    {
        using var admin = Api(Cast.Admin);
        foreach (var name in new[] { french, english })
            (await AddAsync(name)).ExpectProblem(422, "name");
        var own = (await AddAsync("Own " + list)).Expect(201);
        (await AddAsync("own " + list)).ExpectProblem(422, "name");
        (await admin.PatchAsync($"{list}/{own.Id}", new { name = french })).ExpectProblem(422, "name");
        // Renamed, the delivered names are free, and taken once somebody has them.
        var delivered = (await admin.GetAsync(list))["items"].EnumerateArray().Single(e => e.GetProperty("key").GetString() == key).GetProperty("id").GetInt64();
        (await admin.PatchAsync($"{list}/{delivered}", new { name = "Renamed" })).Expect(200);
        (await admin.PatchAsync($"{list}/{own.Id}", new { name = french })).Expect(200);
        (await admin.PatchAsync($"{list}/{delivered}", new { name = (string?)null })).ExpectProblem(422, "name");
        (await admin.DeleteAsync($"{list}/{own.Id}")).Expect(204);
        (await admin.PatchAsync($"{list}/{delivered}", new { name = (string?)null })).Expect(200);

        Task<ApiReply> AddAsync(string name) => admin.PostAsync(list, list == "activity-types" ? new { name, @class = "neutral" } : (object)new { name });
    }
}
