using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Contacts;

/// <summary>How long a figure holds, by what it costs and who wrote meanwhile.</summary>
public sealed class RememberedTests(LiaisonServer server) : HttpTests(server)
{
    // The seconds that counting takes, who writes, the seconds that pass, and whether the viewer is shown a new figure.
    [Theory]
    [InlineData(0, null, 4, false), InlineData(0, null, 11, true)]
    [InlineData(0, 9001, 0, true), InlineData(0, 9002, 0, true)]
    [InlineData(0.2, 9001, 0, true), InlineData(0.2, 9002, 9, false), InlineData(0.2, 9002, 21, true)]
    [InlineData(60, 9002, 59, false), InlineData(60, 9002, 121, true)]
    public async Task What_the_viewer_wrote_is_counted_at_once_and_what_others_wrote_when_it_is_worth_it(double takes, int? writer, int passed, bool isNew)
    {
        var figures = new Remembered<string, int>(Server.Services.GetRequiredService<WriteGate>(), Server.Clock);
        await using var viewer = Open(9001);
        var counted = 0;
        Assert.Equal(1, await figures.OfAsync(viewer, "leads", CountAsync));
        if (writer is { } id)
        {
            await using var other = Open(id);
            await other.InTransactionAsync(() => Task.CompletedTask, TestContext.Current.CancellationToken);
        }
        Server.Clock.Advance(TimeSpan.FromSeconds(passed));
        Assert.Equal(isNew ? 2 : 1, await figures.OfAsync(viewer, "leads", CountAsync));

        Task<int> CountAsync()
        {
            Server.Clock.Advance(TimeSpan.FromSeconds(takes));
            return Task.FromResult(++counted);
        }
    }

    [Fact]
    public async Task A_search_shows_at_once_what_one_created_and_what_went_and_soon_what_others_created()
    {
        var (anna, ben) = (Api(Cast.Anna), Api(Cast.Ben));
        for (var i = 0; i < 120; i++) await CreateAsync(anna, $"Quorum {i:000}");
        Assert.Equal("Quorum 000", (await FoundAsync())[0]);
        await CreateAsync(anna, "Quorum -Anna");
        Assert.Equal("Quorum -Anna", (await FoundAsync())[0]);
        var bens = await CreateAsync(ben, "Quorum -Ben");
        Server.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(["Quorum -Anna", "Quorum -Ben"], (await FoundAsync()).Take(2));
        (await ben.DeleteAsync($"contacts/{bens}")).Expect(204);
        var found = await FoundAsync();
        Assert.Equal("Quorum 000", found[1]);
        Assert.Equal(121, found.Distinct().Count());
        Assert.Equal(121, found.Count);

        async Task<List<string>> FoundAsync()
        {
            var names = new List<string>();
            for (string? next = ""; next is not null;)
            {
                var page = (await anna.GetAsync($"contacts?limit=50&q=quorum&cursor={Uri.EscapeDataString(next)}")).Expect(200);
                names.AddRange(page["items"].EnumerateArray().Select(c => c.GetProperty("lastName").GetString()!));
                next = page["nextCursor"].GetString();
            }
            return names;
        }
    }

    private static async Task<long> CreateAsync(ApiClient api, string name) =>
        (await api.PostAsync("contacts", new { kind = "person", lastName = name, access = "readWrite" })).Expect(201)["id"].GetInt64();

    private LiaisonDb Open(long user) => Server.Services.GetRequiredService<Databases>().Open(new Viewer { UserId = user });
}
