using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>Finds contacts by the beginning of their city.</summary>
internal static class Cities
{
    /// <summary>How many are gone to one by one.</summary>
    private const int Few = 20;

    // From one city to the next in the index, however many contacts live in each.
    private const string Distinct = """
        WITH RECURSIVE city(key) AS (
          SELECT min(city_key) FROM contact WHERE city_key >= {0} AND city_key < {1} AND city_key <> '' AND deleted_at IS NULL
          UNION ALL
          SELECT (SELECT min(c.city_key) FROM contact c WHERE c.city_key > city.key AND c.city_key < {1} AND c.city_key <> '' AND c.deleted_at IS NULL) FROM city WHERE city.key IS NOT NULL)
        SELECT key AS "Value" FROM city WHERE key IS NOT NULL LIMIT {2}
        """;

    /// <summary>What a folded beginning may look like in a record: "saint etienne" is written with a hyphen too.</summary>
    public static IReadOnlyList<string> Starts(string city)
    {
        var key = SearchText.Fold(city);
        return [.. new[] { key, key.Replace(' ', '-'), key.Replace('-', ' ') }.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Those whose city starts with this, case and accents ignored. Of one or two letters it is a condition for each contact: as a range, a large part of the base
    /// would be fetched by the index and sorted for one page.
    /// </summary>
    public static IQueryable<Contact> InCity(this IQueryable<Contact> contacts, string city)
    {
        var starts = Starts(city);
        var (first, second, third) = (starts[0], starts[starts.Count / 2], starts[^1]);
        if (starts.Count == 1 && first.Length > 2) return contacts.From(first);
        return contacts.Where(c => c.CityKey != "" && (c.CityKey.StartsWith(first) || c.CityKey.StartsWith(second) || c.CityKey.StartsWith(third)));
    }

    /// <summary>Those of one way of writing, as a range of the index.</summary>
    public static IQueryable<Contact> From(this IQueryable<Contact> contacts, string start)
    {
        var end = start + Last;
        return contacts.Where(c => c.CityKey != "" && string.Compare(c.CityKey, start) >= 0 && string.Compare(c.CityKey, end) < 0);
    }

    /// <summary>The cities, folded, that start with this, whoever lives there; null when they are many.</summary>
    public static async Task<IReadOnlyList<string>?> StartingAsync(LiaisonDb db, string city, CancellationToken cancel)
    {
        var cities = new List<string>();
        foreach (var start in Starts(city)) cities.AddRange(await db.Database.SqlQueryRaw<string>(Distinct, start, start + Last, Few + 1).ToListAsync(cancel));
        return cities.Count <= Few ? cities : null;
    }

    /// <summary>Behind all of them.</summary>
    public const string Last = "\U0010FFFF";
}
