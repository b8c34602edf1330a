using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Faults;

/// <summary>Two servers and a command on one database, all writing: nobody is refused, nothing is done twice.</summary>
public sealed class TwoProgramsTests
{
    [Fact]
    public async Task Two_servers_and_a_command_share_a_database()
    {
        await using var database = await TestDatabase.CopyAsync();
        var path = Path.Combine(database.Settings.DataFolder, "command.csv");
        await File.WriteAllTextAsync(path, Rows("command", 4000), TestContext.Current.CancellationToken);
        using var first = LiaisonProcess.Serve(database);
        using var second = LiaisonProcess.Serve(database);
        using var anna = new ApiClient(await first.ReadyAsync(), Cast.Anna);
        using var ben = new ApiClient(await second.ReadyAsync(), Cast.Ben);
        using var command = LiaisonProcess.Start(database, "import", "contacts", path);
        var ids = await Task.WhenAll(StartAsync(anna, "anna"), StartAsync(ben, "ben"));
        await Task.WhenAll(CreateAsync(anna, "posted"), CreateAsync(ben, "posted"));

        Assert.Equal((4000, 0, 0, 0), (await anna.SettledAsync(ids[0])).Counts());
        Assert.Equal((4000, 0, 0, 0), (await ben.SettledAsync(ids[1])).Counts());
        var code = await command.EndAsync();
        Assert.True(code == 0, command.Said);
        Assert.Contains("créés\u202f: 4000", command.Said, StringComparison.Ordinal);
        await using var eyes = database.Build();
        await using var db = eyes.Services.GetRequiredService<Databases>().Open(Viewer.System);
        foreach (var owner in new[] { "command", "anna", "ben" })
            Assert.Equal(4000, await db.Set<Contact>().CountAsync(c => c.PrimaryEmail.EndsWith($"@{owner}.example")));
        // The same names under the same keys, asked for by two people: each has one.
        Assert.Equal(100, await db.Set<Contact>().CountAsync(c => c.LastName!.StartsWith("posted")));
        Assert.All(await db.Set<Job>().AsNoTracking().ToListAsync(), job => Assert.Equal(JobState.Done, job.State));
        Assert.DoesNotContain("fail:", first.Said + second.Said, StringComparison.Ordinal);
    }

    private static string Rows(string owner, int count) => "Last name,E-mail\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{owner}{i},{owner}{i}@{owner}.example\n"));

    private static async Task<long> StartAsync(ApiClient api, string owner)
    {
        var id = (await api.UploadAsync(owner + ".csv", Rows(owner, 4000))).Expect(201).Id;
        (await api.PostAsync($"imports/{id}/run")).ExpectSuccess();
        return id;
    }

    private static async Task CreateAsync(ApiClient api, string name)
    {
        for (var i = 0; i < 50; i++) (await api.PostAsync("contacts", new { lastName = name + i }, key: name + i)).Expect(201);
    }
}
