using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Finding;

/// <summary>
/// Cities of the contacts that somebody sees, as the suggestions want them: the first that start with what is typed. Mostly the first contacts of a city tell. Whoever sees little may see nobody in the
/// cities that come first: then those of all they see are collected, which takes a look at each of them, and remembered while more is typed.
/// </summary>
internal sealed class SeenCities(WriteGate gate, ListSizes sizes, TimeProvider clock)
{
    // So many contacts beyond a city are looked at for the next one.
    private const int Looked = 1000;
    private readonly Remembered<long, SortedDictionary<string, string>> _collected = new(gate, clock, most: 100);

    /// <summary>The first cities, each under its folded name.</summary>
    public async Task<IEnumerable<KeyValuePair<string, string>>> StartingAsync(LiaisonDb db, ContactList list, string start, int most, CancellationToken cancel)
    {
        if (await list.FewSeenAsync(cancel) is { } ids) return await CitiesAsync(db.Contacts().Where(c => ids.Contains(c.Id)).From(start), most, cancel);
        var parts = await list.SeenApartAsync(cancel);
        var walk = ContactSets.Name("cities", db.ViewerId) + " " + start;
        if (!sizes.IsMany(walk))
        {
            if (await NextAsync(db, start, most, isBounded: parts is not null, cancel) is { } next) return next;
            sizes.RememberMany(walk);
        }
        var all = await _collected.OfAsync(db, db.ViewerId, async () =>
        {
            var cities = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var part in parts!)
                foreach (var (key, city) in await CitiesAsync(part.Where(c => c.CityKey != ""), int.MaxValue, cancel)) cities.TryAdd(key, city);
            return cities;
        });
        return all.Where(city => city.Key.StartsWith(start, StringComparison.Ordinal)).Take(most);
    }

    private static async Task<List<KeyValuePair<string, string>>> CitiesAsync(IQueryable<Contact> contacts, int most, CancellationToken cancel)
    {
        var found = contacts.GroupBy(c => c.CityKey).Select(g => new { g.Key, Name = g.Min(c => c.City)! }).OrderBy(g => g.Key).Take(most);
        return (await found.ToListAsync(cancel)).ConvertAll(city => KeyValuePair.Create(city.Key, city.Name));
    }

    // From one city to the next in the index, however many contacts live in each; null where that would take too many looks.
    private static async Task<List<KeyValuePair<string, string>>?> NextAsync(LiaisonDb db, string start, int most, bool isBounded, CancellationToken cancel)
    {
        var (cities, all) = (new List<KeyValuePair<string, string>>(), db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt == null));
        for (var rest = Rest(start, inclusive: true); cities.Count < most; rest = Rest(cities[^1].Key, inclusive: false))
        {
            var end = isBounded ? await rest(all).OrderBy(c => c.CityKey).ThenBy(c => c.SortName).ThenBy(c => c.Id).Select(c => new { c.CityKey, c.SortName }).BehindAsync(db, Looked, cancel) : null;
            var near = rest(db.Contacts());
            if (end is not null) near = near.Where(c => string.Compare(c.CityKey, end.CityKey) <= 0 && (string.Compare(c.CityKey, end.CityKey) < 0 || string.Compare(c.SortName, end.SortName) <= 0));
            if (await near.OrderBy(c => c.CityKey).ThenBy(c => c.SortName).ThenBy(c => c.Id).Select(c => new { c.CityKey, c.City }).FirstOrDefaultAsync(cancel) is { } city) cities.Add(new(city.CityKey, city.City ?? ""));
            else return end is null ? cities : null;
        }
        return cities;

        // One bound on each side: of two, the database may begin at the wrong one.
        Func<IQueryable<Contact>, IQueryable<Contact>> Rest(string from, bool inclusive)
        {
            var last = start + Cities.Last;
            return inclusive && from.Length > 0 ? contacts => contacts.Where(c => c.CityKey != "" && string.Compare(c.CityKey, from) >= 0 && string.Compare(c.CityKey, last) < 0)
                : contacts => contacts.Where(c => string.Compare(c.CityKey, from) > 0 && string.Compare(c.CityKey, last) < 0);
        }
    }
}
