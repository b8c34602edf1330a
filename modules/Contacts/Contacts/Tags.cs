using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts;

/// <summary>Tags by name, created on the fly.</summary>
public static class Tags
{
    /// <summary>Ids of the tags of these names; missing ones are created. Call inside a transaction. What is read <paramref name="beside"/> goes out together with the look for the tags.</summary>
    public static async Task<List<long>> NamedAsync(LiaisonDb db, IReadOnlyCollection<string> names, CancellationToken cancel, params IEnumerable<Func<Task>> beside)
    {
        var keys = names.Select(n => SearchText.Fold(n)).Distinct(StringComparer.Ordinal).ToList();
        List<Tag> known = [];
        await db.TogetherAsync([async () => known = keys.Count == 0 ? [] : await OfKeys.ListAsync(db, keys, cancel), .. beside]);
        var missing = names.Select(n => (Name: n, Key: SearchText.Fold(n))).DistinctBy(n => n.Key).Where(n => known.TrueForAll(t => t.Key != n.Key)).OrderBy(n => n.Key, StringComparer.Ordinal).ToList();
        if (missing.Count == 0) return [.. known.Select(t => t.Id)];
        // Somebody else may be creating the same one at this moment.
        foreach (var (name, key) in missing) await db.Database.ExecuteSqlAsync($"INSERT INTO tag (name, key) VALUES ({name}, {key}) ON CONFLICT (key) DO NOTHING", cancel);
        known = await OfKeys.ListAsync(db, keys, cancel);
        return [.. known.Select(t => t.Id)];
    }

    private static readonly FixedQuery<List<string>, Tag> OfKeys = new((db, keys) => db.Set<Tag>().Where(t => keys.Contains(t.Key)));
}
