using Liaison.Tests.Exchange;

namespace Liaison.Tests.Api;

/// <summary>Following nextCursor to the end gives every record once, in every order, also where many are alike.</summary>
public sealed class PagingTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task Contacts_page_in_every_order()
    {
        using var api = Api(Cast.Anna);
        var all = new List<long>();
        for (var i = 0; i < 23; i++)
        {
            var contact = (await api.PostAsync("contacts", new { lastName = "Same" + (i % 3), tags = new[] { "Paging" } })).Expect(201);
            all.Add(contact.Id);
            if (i % 2 == 0) (await api.PostAsync("activities", new { contactId = contact.Id, type = "call", occurredAt = "2026-05-05T10:00:00Z" })).Expect(201);
        }
        foreach (var sort in new[] { "", "name", "-name", "createdAt", "-createdAt", "lastAction", "-lastAction" })
            Assert.Equal(all, (await WalkAsync(api, $"contacts?tag=paging&limit=4&sort={sort}", 23)).Order());
        var first = (await api.GetAsync("contacts?tag=paging&limit=4&sort=name"))["nextCursor"].GetString();
        (await api.GetAsync($"contacts?tag=paging&limit=4&sort=createdAt&cursor={first}")).ExpectProblem(400, "cursor");
        for (var limit = 1; limit <= all.Count; limit++)
            Assert.Equal(limit, (await api.GetAsync($"contacts?tag=paging&limit={limit}")).Expect(200)["items"].GetArrayLength());
        foreach (var sort in new[] { "occurredAt", "-occurredAt", "createdAt", "-createdAt" })
            Assert.Equal(12, (await WalkAsync(api, $"activities?type=call&limit=5&sort={sort}", 12)).Count);
    }

    [Theory]
    [InlineData("", "A", "B", "C", "D", "E", "F", "\uFA0E", "\U00020000")]
    [InlineData("&status=client", "D", "\U00020000")]
    public async Task What_a_search_finds_pages_in_the_order_of_names(string filter, params string[] names)
    {
        using var api = Api(Cast.Anna);
        var word = "Ordered" + filter.Length;
        foreach (var name in new[] { "\U00020000", "F", "B", "\uFA0E", "A", "D", "C", "E" })
        {
            var contact = (await api.PostAsync("contacts", new { lastName = name + " " + word })).Expect(201);
            if (name is "D" or "\U00020000") (await api.PutAsync($"contacts/{contact.Id}/status", new { status = "client" })).Expect(200);
        }
        foreach (var (sort, expected) in new[] { ("name", names), ("-name", names.Reverse()) })
        {
            var found = new List<string>();
            foreach (var id in await WalkAsync(api, $"contacts?q={word}&limit=3&sort={sort}{filter}", names.Length))
                found.Add((await api.GetAsync($"contacts/{id}"))["lastName"].GetString()!.Split(' ')[0]);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public async Task Tags_histories_timelines_and_responses_page()
    {
        using var api = Api(Cast.Ben);
        var contact = (await api.PostAsync("contacts", new { lastName = "Long", tags = Enumerable.Range(0, 7).Select(i => "Étiquette " + i) })).Expect(201);
        Assert.True((await WalkAsync(api, "tags?limit=3&q=etiquette", 7)).Count == 7);
        for (var i = 0; i < 6; i++) (await api.PutAsync($"contacts/{contact.Id}/status", new { status = i % 2 == 0 ? "client" : "lead" })).Expect(200);
        var call = (await api.PostAsync("activities", new { contactId = contact.Id, type = "call", occurredAt = "2026-05-05T10:00:00Z" })).Expect(201);
        for (var i = 0; i < 5; i++) (await api.PostAsync($"activities/{call.Id}/responses", new { text = "answer " + i, occurredAt = "2026-05-06T10:00:00Z" })).Expect(201);
        Assert.Equal(5, (await WalkAsync(api, $"activities/{call.Id}/responses?limit=2", 5)).Count);
        var moves = new List<string?>();
        string? cursor = null;
        do
        {
            var page = (await api.GetAsync($"contacts/{contact.Id}/status-history?limit=2&cursor={cursor}")).Expect(200);
            moves.AddRange(page["items"].EnumerateArray().Select(m => m.GetProperty("to").GetString()));
            cursor = page["nextCursor"].GetString();
        }
        while (cursor is not null);
        Assert.Equal(["lead", "client", "lead", "client", "lead", "client", "lead"], moves);
        Assert.True((await WalkAsync(api, $"contacts/{contact.Id}/timeline?limit=3", null)).Count >= 7);
    }

    [Theory]
    [InlineData("contact-types")]
    [InlineData("temperatures")]
    [InlineData("activity-types")]
    public async Task Short_lists_page_in_their_own_order(string path)
    {
        using var api = Api(Cast.Anna);
        var whole = (await api.GetAsync(path)).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("id").GetInt64()).ToList();
        Assert.Equal(whole, await WalkAsync(api, path + "?limit=2", whole.Count));
        for (var i = 0; i < 2; i++) (await api.PostAsync("contacts", new { lastName = "Elsewhere" + i })).Expect(201);
        (await api.GetAsync(path + "?cursor=" + (await api.GetAsync("contacts?limit=1"))["nextCursor"].GetString())).ExpectProblem(400, "cursor");
    }

    [Fact]
    public async Task The_longest_names_page_in_every_order()
    {
        using var api = Api(Cast.Anna);
        var all = new List<long>();
        for (var i = 0; i < 3; i++)
            all.Add((await api.PostAsync("contacts", new { firstName = Long('\u6f22'), lastName = Long('\u5b57'), companyName = Long('\u793e'), addresses = new[] { new { city = Long('\u5e02') } }, tags = new[] { "Longest" } })).Expect(201).Id);
        foreach (var sort in new[] { "name", "company", "status", "city" })
            foreach (var direction in new[] { "", "-" }) Assert.Equal(all, (await WalkAsync(api, $"contacts?tag=longest&limit=1&sort={direction}{sort}", 3)).Order());

        static string Long(char letter) => new(letter, 200);
    }

    [Fact]
    public async Task A_cursor_is_refused_by_every_other_list_and_order()
    {
        using var api = Api(Cast.Admin);
        var contact = (await api.PostAsync("contacts", new { lastName = "Zeiger", tags = new[] { "Zeiger eins", "Zeiger zwei" } })).Expect(201).Id;
        (await api.PostAsync("contacts", new { lastName = "Zeiger" })).Expect(201);
        for (var i = 0; i < 2; i++)
        {
            var action = (await api.PostAsync("activities", new { contactId = contact, type = "call" })).Expect(201).Id;
            for (var j = 0; j < 2; j++) (await api.PostAsync($"activities/{action}/responses", new { text = "x" })).Expect(201);
            (await api.PutAsync($"contacts/{contact}/status", new { status = i == 0 ? "client" : "lead" })).Expect(200);
            await api.UploadAsync("a.csv", "Nachname\nZeiger\n");
            (await api.DeleteAsync($"contacts/{(await api.PostAsync("contacts", new { lastName = "Fort" })).Id}")).Expect(204);
        }
        var answered = (await api.GetAsync($"activities?contactId={contact}"))["items"][0].GetProperty("id").GetInt64();
        string[] lists =
        [
            "contacts?sort=name", "contacts?sort=createdAt", "activities?sort=createdAt", "activities?sort=occurredAt", $"activities/{answered}/responses?", "tags?", "users?", "imports?", "contact-types?", "temperatures?", "activity-types?", "trash?",
            $"contacts/{contact}/status-history?", $"contacts/{contact}/timeline?",
        ];
        var cursors = new List<(string List, string Cursor)>();
        foreach (var list in lists) cursors.Add((list, (await api.GetAsync($"{list}&limit=1")).Expect(200)["nextCursor"].GetString() ?? throw new InvalidOperationException(list)));
        var taken = new List<string>();
        foreach (var list in lists)
            foreach (var (from, cursor) in cursors)
                if ((await api.GetAsync($"{list}&cursor={cursor}")) is var reply && (reply.Status == 200) != (list == from)) taken.Add($"{list} answers {reply.Status} to the cursor of {from}");
        Assert.Equal("", string.Join('\n', taken));
    }

    private static async Task<List<long>> WalkAsync(ApiClient api, string path, int? count)
    {
        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await api.GetAsync(path + (cursor is null ? "" : "&cursor=" + cursor))).Expect(200);
            if (count is not null) Assert.Equal(count, page["count"].GetInt32());
            ids.AddRange(page["items"].EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));
            cursor = page["nextCursor"].GetString();
            Assert.True(ids.Count < 1000, "the list has an end");
        }
        while (cursor is not null);
        if (count is not null) Assert.Equal(ids.Count, ids.Distinct().Count());
        return ids;
    }
}
