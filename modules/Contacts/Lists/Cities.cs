using Liaison.Kernel.Data;

namespace Liaison.Contacts.Lists;

/// <summary>Finds contacts by the beginning of their city.</summary>
internal static class Cities
{
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
        var end = start + "\U0010FFFF";
        return contacts.Where(c => c.CityKey != "" && string.Compare(c.CityKey, start) >= 0 && string.Compare(c.CityKey, end) < 0);
    }
}
