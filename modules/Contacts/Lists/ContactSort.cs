using System.Linq.Expressions;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>
/// An order of the list, ascending or (with "-") descending. By status and by city it is that of names within each; those without one come last either way.
/// </summary>
/// <param name="Key">One of <see cref="Keys"/>.</param>
/// <param name="Descending">Largest first.</param>
public sealed record ContactSort(string Key, bool Descending)
{
    /// <summary>By name.</summary>
    public static readonly ContactSort Default = new("name", false);
    /// <summary>Names that can be sorted by.</summary>
    public static readonly IReadOnlyList<string> Keys = ["name", "status", "city", "createdAt", "lastAction"];

    // Between a status or a city and the name. No city holds one.
    private const char Then = '\n';

    /// <summary>Reads "name" or "-createdAt"; the default for nothing, null for what is not known.</summary>
    public static ContactSort? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return Default;
        var key = text[0] == '-' ? text[1..] : text;
        return Keys.Contains(key) ? new(key, text[0] == '-') : null;
    }

    /// <summary>As in the query string.</summary>
    public override string ToString() => (Descending ? "-" : "") + Key;

    /// <summary>The place of a row in this order.</summary>
    public string KeyOf(ContactRow row) => Key switch
    {
        "createdAt" => Cursor.KeyOf(row.CreatedAt), "lastAction" => Cursor.KeyOf(row.LastActivityAt),
        "status" => ContactFilter.Word(row.Status) + Then + row.SortName, "city" => row.CityKey + Then + row.SortName, _ => row.SortName,
    };

    /// <summary>The place behind the last row: the page before it is the last page.</summary>
    public Cursor End()
    {
        var name = Descending ? "" : "\U0010FFFF";
        return new(Key switch
        {
            "name" => name, "status" => ContactFilter.Word(ContactStatus.None) + Then + name, "city" => Then + name,
            _ => Cursor.KeyOf(Descending ? Kernel.Time.Moments.Never : DateTime.MaxValue.AddYears(-1)),
        }, Descending ? 0 : long.MaxValue, true);
    }

    /// <summary>
    /// The contacts that start after (or, for the page before, end at) the cursor, as parts in this order, to be read one after the other until the page is full: an index gives
    /// each part in its order. Those of <paramref name="next"/>, the cities that come next, are parts of their own; none goes beyond <paramref name="end"/>. A cursor of another
    /// order is refused with null.
    /// </summary>
    internal IEnumerable<IQueryable<Contact>>? Parts(IQueryable<Contact> contacts, Cursor? cursor, IReadOnlyList<string>? next = null, ListPlace? end = null) => Key switch
    {
        "name" => [ByName(Until(contacts, cursor, end), cursor)],
        "city" => ByCity(contacts, cursor, next, end),
        _ when cursor is { Moment: null } => null,
        _ => [ByMoment(Until(contacts, cursor, end), cursor)],
    };

    /// <summary>The place behind so many contacts of this order, from the cursor on; null when there are not so many.</summary>
    internal Task<ListPlace?> PlaceAsync(IQueryable<Contact> contacts, Cursor? cursor, int beyond, CancellationToken cancel)
    {
        if (Key == "city" && CityBefore(cursor) is null) return Task.FromResult<ListPlace?>(null);
        var walked = Key == "city" ? Onwards(contacts, cursor, null, null).Single() : Parts(contacts, cursor)?.Single();
        return walked is null ? Task.FromResult<ListPlace?>(null)
            : Places(walked.Skip(beyond)).FirstOrDefaultAsync(cancel);
    }

    // Only what the index of the order holds: no contact is read.
    private IQueryable<ListPlace> Places(IQueryable<Contact> contacts) => Key switch
    {
        "name" => contacts.Select(c => new ListPlace(c.SortName, "", default, default, c.Id)),
        "city" => contacts.Select(c => new ListPlace(c.SortName, c.CityKey, default, default, c.Id)),
        "createdAt" => contacts.Select(c => new ListPlace("", "", c.CreatedAt, default, c.Id)),
        _ => contacts.Select(c => new ListPlace("", "", default, c.LastActivityAt, c.Id)),
    };

    private IQueryable<Contact> Until(IQueryable<Contact> contacts, Cursor? cursor, ListPlace? end)
    {
        if (end is not var (name, city, created, active, id)) return contacts;
        return (Key, Falls(cursor)) switch
        {
            ("name", false) => contacts.Where(c => string.Compare(c.SortName, name) <= 0),
            ("name", true) => contacts.Where(c => string.Compare(c.SortName, name) >= 0),
            ("city", false) => contacts.Where(c => string.Compare(c.CityKey, city) < 0 || (c.CityKey == city && string.Compare(c.SortName, name) <= 0)),
            ("city", true) => contacts.Where(c => string.Compare(c.CityKey, city) > 0 || (c.CityKey == city && string.Compare(c.SortName, name) >= 0)),
            ("createdAt", false) => contacts.Where(c => c.CreatedAt <= created && (c.CreatedAt < created || c.Id <= id)),
            ("createdAt", true) => contacts.Where(c => c.CreatedAt >= created && (c.CreatedAt > created || c.Id >= id)),
            (_, false) => contacts.Where(c => c.LastActivityAt <= active && (c.LastActivityAt < active || c.Id <= id)),
            _ => contacts.Where(c => c.LastActivityAt >= active && (c.LastActivityAt > active || c.Id >= id)),
        };
    }

    /// <summary>The statuses from the cursor on, each with the place in its own list by name, of which this order is made; null for a cursor of another order.</summary>
    internal IEnumerable<(ContactStatus Status, Cursor? Place)>? Statuses(Cursor? cursor)
    {
        var order = Enum.GetValues<ContactStatus>().OrderBy(s => s == ContactStatus.None).ThenBy(s => Descending ? -(int)s : (int)s);
        if (cursor is not { } at) return order.Select(s => (s, (Cursor?)null));
        if (Split(at) is not var (word, place) || EnumWords.Find<ContactStatus>(word) is not { } status) return null;
        return (at.Before ? order.Reverse() : order).SkipWhile(s => s != status).Select(s => (s, s == status ? place : (Cursor?)null));
    }

    private static (string Group, Cursor Place)? Split(Cursor cursor) =>
        cursor.Key.IndexOf(Then, StringComparison.Ordinal) is >= 0 and var at ? (cursor.Key[..at], cursor with { Key = cursor.Key[(at + 1)..] }) : null;

    private bool Falls(Cursor? cursor) => Descending ^ (cursor?.Before ?? false);

    private IQueryable<Contact> ByMoment(IQueryable<Contact> contacts, Cursor? cursor)
    {
        Expression<Func<Contact, DateTime>> column = Key == "createdAt" ? c => c.CreatedAt : c => c.LastActivityAt;
        var descending = Falls(cursor);
        if (cursor is { Moment: { } at, Id: var id })
        {
            contacts = (Key, descending) switch
            {
                ("createdAt", false) => contacts.Where(c => c.CreatedAt >= at && (c.CreatedAt > at || c.Id > id)),
                ("createdAt", true) => contacts.Where(c => c.CreatedAt <= at && (c.CreatedAt < at || c.Id < id)),
                (_, false) => contacts.Where(c => c.LastActivityAt >= at && (c.LastActivityAt > at || c.Id > id)),
                _ => contacts.Where(c => c.LastActivityAt <= at && (c.LastActivityAt < at || c.Id < id)),
            };
        }
        return descending ? contacts.OrderByDescending(column).ThenByDescending(c => c.Id) : contacts.OrderBy(column).ThenBy(c => c.Id);
    }

    private IQueryable<Contact> ByName(IQueryable<Contact> contacts, Cursor? cursor)
    {
        var descending = Falls(cursor);
        if (cursor is { Key: var key, Id: var id })
        {
            contacts = descending
                ? contacts.Where(c => string.Compare(c.SortName, key) <= 0 && (string.Compare(c.SortName, key) < 0 || c.Id < id))
                : contacts.Where(c => string.Compare(c.SortName, key) >= 0 && (string.Compare(c.SortName, key) > 0 || c.Id > id));
        }
        return descending ? contacts.OrderByDescending(c => c.SortName).ThenByDescending(c => c.Id) : contacts.OrderBy(c => c.SortName).ThenBy(c => c.Id);
    }

    /// <summary>After which city, in the direction of the cursor, others may come; null when none do.</summary>
    internal string? CityBefore(Cursor? cursor)
    {
        var end = Falls(cursor) ? Cities.Last : "";
        if (cursor is not { } at) return end;
        return Split(at) is var (city, _) && (city.Length > 0 || at.Before) ? city.Length > 0 ? city : end : null;
    }

    private IEnumerable<IQueryable<Contact>>? ByCity(IQueryable<Contact> contacts, Cursor? cursor, IReadOnlyList<string>? next, ListPlace? end)
    {
        IQueryable<Contact>[] nowhere = end is null ? [ByName(contacts.Where(c => c.CityKey == ""), null)] : [];
        if (cursor is not { } at) return [.. Onwards(contacts, cursor, next, end), .. nowhere];
        if (Split(at) is not var (city, place)) return null;
        var first = ByName(contacts.Where(c => c.CityKey == city), place);
        if (at.Before) return [first, .. Onwards(contacts, cursor, next, end)];
        return city.Length == 0 ? [first] : [first, .. Onwards(contacts, cursor, next, end), .. nowhere];
    }

    private IEnumerable<IQueryable<Contact>> Onwards(IQueryable<Contact> contacts, Cursor? cursor, IReadOnlyList<string>? next, ListPlace? end)
    {
        var falls = Falls(cursor);
        var byName = Default with { Descending = falls };
        contacts = Until(contacts, cursor, end);
        foreach (var city in next ?? [])
        {
            yield return byName.ByName(contacts.Where(c => c.CityKey == city), null);
            if (city == end?.CityKey) yield break;
        }
        if (next?.Count < Cities.Few) yield break;
        var last = next?[^1] ?? CityBefore(cursor)!;
        yield return falls
            ? contacts.Where(c => string.Compare(c.CityKey, last) < 0 && c.CityKey != "").OrderByDescending(c => c.CityKey).ThenByDescending(c => c.SortName).ThenByDescending(c => c.Id)
            : contacts.Where(c => string.Compare(c.CityKey, last) > 0).OrderBy(c => c.CityKey).ThenBy(c => c.SortName).ThenBy(c => c.Id);
    }
}

/// <summary>A contact's place in any of the orders.</summary>
internal sealed record ListPlace(string SortName, string CityKey, DateTime CreatedAt, DateTime LastActivityAt, long Id);

/// <summary>A contact's place in the order of names, compared as the databases do: by code points.</summary>
internal readonly record struct NamePlace(string SortName, long Id)
{
    public static int Compare(NamePlace one, NamePlace other)
    {
        var (name, others) = (one.SortName, other.SortName);
        var same = name.AsSpan().CommonPrefixLength(others);
        if (same == name.Length || same == others.Length) return name.Length != others.Length ? name.Length.CompareTo(others.Length) : one.Id.CompareTo(other.Id);
        return Weight(name[same]).CompareTo(Weight(others[same]));
    }

    // A surrogate stands for a code point beyond all single characters.
    private static int Weight(char letter) => char.IsSurrogate(letter) ? letter + 0x10000 : letter;
}
