using System.Collections.Concurrent;
using System.Globalization;
using Liaison.Contacts;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Faults;

/// <summary>Programs that create contacts by the API, each under a key, and ask again when no reply came.</summary>
internal sealed class Creating
{
    private readonly ConcurrentDictionary<int, long> _acknowledged = new();
    private readonly ConcurrentQueue<int> _inDoubt = new();
    private int _last;

    /// <summary>Contacts that were said to be created.</summary>
    public int Acknowledged => _acknowledged.Count;

    /// <summary>Creates contacts until the server is gone.</summary>
    public async Task RunAsync(LiaisonProcess server)
    {
        var address = await server.ReadyAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => CreateAllAsync(address)));
    }

    /// <summary>Asks for everything again under its key: what was acknowledged is answered as before, what is in doubt is done or was done.</summary>
    public async Task SettleAsync(LiaisonProcess server)
    {
        using var api = new ApiClient(await server.ReadyAsync(), Cast.Ben);
        Assert.NotEmpty(_inDoubt);
        foreach (var number in _inDoubt) await CreateAsync(api, number);
        foreach (var (number, id) in _acknowledged)
        {
            var again = await PostAsync(api, number);
            Assert.Equal(id, again.Expect(201).Id);
            Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        }
    }

    /// <summary>Fails unless each number is one contact with one entry in the journal.</summary>
    public async Task AssertCreatedOnceAsync(LiaisonDb db)
    {
        var there = await db.Set<Contact>().AsNoTracking().Where(c => c.LastName!.StartsWith("Posted")).ToDictionaryAsync(c => c.LastName!, c => c.Id, StringComparer.Ordinal);
        Assert.Equal(_last, there.Count);
        Assert.All(_acknowledged, a => Assert.Equal(a.Value, there[NameOf(a.Key)]));
        var ids = there.Values.ToArray();
        var told = await db.Set<JournalEntry>().AsNoTracking().Where(j => j.Kind == "contact.created" && j.SubjectType == "contact" && EF.Parameter(ids).Contains(j.SubjectId)).Select(j => j.SubjectId).ToListAsync();
        Assert.Equal(ids.Order(), told.Order());
    }

    private async Task CreateAllAsync(Uri address)
    {
        using var api = new ApiClient(address, Cast.Ben);
        while (true)
        {
            var number = _inDoubt.TryDequeue(out var again) ? again : Interlocked.Increment(ref _last);
            try { await CreateAsync(api, number); }
            catch (HttpRequestException)
            {
                _inDoubt.Enqueue(number);
                return;
            }
        }
    }

    private async Task CreateAsync(ApiClient api, int number) => _acknowledged[number] = (await PostAsync(api, number)).Expect(201).Id;

    private static Task<ApiReply> PostAsync(ApiClient api, int number) => api.PostAsync("contacts", new { lastName = NameOf(number), emails = new[] { new { category = "work", value = $"{NameOf(number)}@posted.example" } } }, key: "posted-" + number.ToString(CultureInfo.InvariantCulture));

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"Posted{number}");
}
