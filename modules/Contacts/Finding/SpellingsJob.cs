using System.Buffers;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Finding;

/// <summary>Notes of contacts what lists read of them and writes anew by what they are found and sorted, at most a thousand at a time, where that is not what it would be today; goes on after the last one it did.</summary>
internal sealed class SpellingsJob : IJobHandler
{
    public const string Name = "contacts.spellings";
    private const int Most = 1000;

    private static readonly SearchValues<char> Signs = SearchValues.Create("\u2010\u2011\u2012\u2013\u2212\u201B\u2032");

    public string Kind => Name;

    public Task RunAsync(JobRun run, CancellationToken cancel) => run.WalkAsync(0, Most, (after, count) => BatchAsync(run, after, count, cancel), cancel);

    // Two spellings, parts that others write as one, or a sign that was not taken for a hyphen or an apostrophe.
    private static bool IsWrittenAnew(string text) => text.AsSpan().IndexOfAny(Signs) >= 0 || SearchText.Spelled(text) != SearchText.Fold(text);

    private static bool IsJoined(string name, bool isPerson) => JoinedNames.Of(SearchText.Fold(name), isPerson).Count > 0;

    // The last one it did.
    private static async Task<long?> BatchAsync(JobRun run, long after, int count, CancellationToken cancel)
    {
        var all = run.Db.Set<Contact>().IgnoreQueryFilters();
        // Almost all persons have the company's own name, which is folded already.
        await all.Where(c => c.Id > after && c.Id <= after + count && c.Kind == ContactKind.Person && c.CompanyKey == "" && c.CompanyId != null)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.CompanyKey, c => all.Where(o => o.Id == c.CompanyId).Select(o => o.SortName).First()), cancel);
        var names = await all.AsNoTracking().Where(c => c.Id > after).OrderBy(c => c.Id).Take(count)
            .Select(c => new { c.Id, c.Kind, c.FirstName, c.LastName, c.CompanyName, c.CompanyKey, c.NameKey, Cities = c.Addresses.Select(a => a.City) }).ToListAsync(cancel);
        if (names.Count == 0) return null;
        await PartsMark.NoteAsync(run.Db, after, names[^1].Id, cancel);
        var ids = names.Where(c => c.Cities.Append(c.FirstName).Append(c.LastName).Append(c.CompanyName).Any(IsWrittenAnew) || IsJoined(c.FirstName + " " + c.LastName, isPerson: true) || IsJoined(c.CompanyName, isPerson: false)
            || (c.Kind == ContactKind.Person && c.CompanyKey != SearchText.Fold(c.CompanyName)) || c.NameKey != Duplicates.NameKey(c.Kind, c.FirstName, c.LastName, c.CompanyName)).Select(c => c.Id).ToList();
        await Lifecycle.ContactLock.HoldAsync(run.Db, ids, cancel);
        foreach (var contact in await all.AsNoTracking().Include(c => c.Points).Include(c => c.Addresses).AsSplitQuery().Where(c => ids.Contains(c.Id)).ToListAsync(cancel))
        {
            contact.Derive();
            await all.Where(c => c.Id == contact.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.SearchText, contact.SearchText)
                .SetProperty(c => c.SortName, contact.SortName).SetProperty(c => c.NameKey, contact.NameKey).SetProperty(c => c.CityKey, contact.CityKey).SetProperty(c => c.CompanyKey, contact.CompanyKey), cancel);
        }
        return names[^1].Id;
    }
}
