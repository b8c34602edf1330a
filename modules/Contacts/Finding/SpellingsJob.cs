using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Finding;

/// <summary>How far it is: the last contact that was looked at.</summary>
internal sealed record SpellingsProgress(long After);

/// <summary>Writes anew by what contacts are found, a thousand at a time, where that is not what it would be today; goes on after the last one it did.</summary>
internal sealed class SpellingsJob : IJobHandler
{
    public const string Name = "contacts.spellings";
    private const int Batch = 1000;

    public string Kind => Name;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        for (var after = run.Progress<SpellingsProgress>()?.After ?? 0; after >= 0;)
        {
            after = await run.Db.InTransactionAsync(() => BatchAsync(run, after, cancel), cancel);
            run.Db.ChangeTracker.Clear();
        }
    }

    // The last one it did; below zero when there is nothing left.
    private static async Task<long> BatchAsync(JobRun run, long after, CancellationToken cancel)
    {
        var all = run.Db.Set<Contact>().IgnoreQueryFilters();
        var names = await all.AsNoTracking().Where(c => c.Id > after).OrderBy(c => c.Id).Take(Batch)
            .Select(c => new { c.Id, c.FirstName, c.LastName, c.CompanyName, Cities = c.Addresses.Select(a => a.City) }).ToListAsync(cancel);
        if (names.Count == 0) return -1;
        var ids = names.Where(c => c.Cities.Append(c.FirstName).Append(c.LastName).Append(c.CompanyName).Any(t => SearchText.Spelled(t) != SearchText.Fold(t))).Select(c => c.Id).ToList();
        await Lifecycle.ContactLock.HoldAsync(run.Db, ids, cancel);
        foreach (var contact in await all.AsNoTracking().Include(c => c.Points).Include(c => c.Addresses).AsSplitQuery().Where(c => ids.Contains(c.Id)).ToListAsync(cancel))
        {
            contact.Derive();
            await all.Where(c => c.Id == contact.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.SearchText, contact.SearchText), cancel);
        }
        await run.HoldAsync(new SpellingsProgress(names[^1].Id), cancel);
        return names[^1].Id;
    }
}
