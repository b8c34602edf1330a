using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts;

/// <summary>Tags by name, created on the fly.</summary>
public static class Tags
{
    /// <summary>Ids of the tags of these names; missing ones are created. Call inside a transaction.</summary>
    public static async Task<List<long>> NamedAsync(LiaisonDb db, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        if (names.Count == 0) return [];
        var keys = names.Select(n => SearchText.Fold(n)).Distinct(StringComparer.Ordinal).ToList();
        var known = await db.Set<Tag>().Where(t => keys.Contains(t.Key)).ToListAsync(cancel);
        foreach (var name in names.Where(n => known.TrueForAll(t => t.Key != SearchText.Fold(n))).DistinctBy(SearchText.Fold).ToList())
        {
            var tag = new Tag { Name = name, Key = SearchText.Fold(name) };
            db.Add(tag);
            known.Add(tag);
        }
        await db.SaveChangesAsync(cancel);
        return [.. known.Select(t => t.Id)];
    }
}
