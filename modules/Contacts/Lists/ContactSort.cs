using System.Linq.Expressions;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Liaison.Contacts.Lists;

/// <summary>
/// An order of the list, ascending or (with "-") descending. By status, city and company it is that of names within each; those without one come last either way.
/// </summary>
/// <param name="Key">One of <see cref="Keys"/>.</param>
/// <param name="Descending">Largest first.</param>
public sealed record ContactSort(string Key, bool Descending)
{
    /// <summary>By name.</summary>
    public static readonly ContactSort Default = new("name", false);
    /// <summary>Names that can be sorted by.</summary>
    public static readonly IReadOnlyList<string> Keys = ["name", "company", "status", "city", "createdAt", "lastAction"];

    // Between a status, a city or a company and the name. None of them holds one.
    internal const char Then = '\n';

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
        "status" => ContactFilter.Word(row.Status) + Then + row.SortName, "city" => row.CityKey + Then + row.SortName,
        "company" => row.CompanyKey + Then + row.SortName, _ => row.SortName,
    };

    /// <summary>The place behind the last row: the page before it is the last page.</summary>
    public Cursor End()
    {
        var name = Descending ? "" : "\U0010FFFF";
        return new(Key switch
        {
            "name" => name, "status" => ContactFilter.Word(ContactStatus.None) + Then + name, "city" or "company" => Then + name,
            _ => Cursor.KeyOf(Descending ? Kernel.Time.Moments.Never : DateTime.MaxValue.AddYears(-1)),
        }, Descending ? 0 : long.MaxValue, true);
    }

    /// <summary>The city or the company when contacts stand in the order of these.</summary>
    internal InCommon? InCommon => Key switch { "city" => InCommon.City, "company" => InCommon.Company, _ => null };

    /// <summary>The contacts that start after (or, for the page before, end at) the cursor, in the order of names or of moments. A cursor of another order is refused with null.</summary>
    internal IQueryable<Contact>? After(IQueryable<Contact> contacts, Cursor? cursor) =>
        Key == "name" ? ByName(contacts, cursor) : cursor is { Moment: null } ? null : ByMoment(contacts, cursor);

    /// <summary>The city or company, in the direction of the cursor, beyond which others may come; null when none do.</summary>
    internal string? Beyond(Cursor? cursor)
    {
        var start = Falls(cursor) ? Cities.Last : "";
        if (cursor is not { } at) return start;
        return Split(at) is var (one, _) && (one.Length > 0 || at.Before) ? one.Length > 0 ? one : start : null;
    }

    /// <summary>The place behind so many contacts of this order, from the cursor on; null when there are not so many.</summary>
    internal Task<ListPlace?> PlaceAsync(LiaisonDb db, IQueryable<Contact> contacts, Cursor? cursor, int beyond, CancellationToken cancel)
    {
        var walked = InCommon is not { } common ? After(contacts, cursor) : Beyond(cursor) is { } after ? common.Between(contacts, after, null, Falls(cursor)) : null;
        return walked is null ? Task.FromResult<ListPlace?>(null) : Places(walked).BehindAsync(db, beyond, cancel);
    }

    // Only what the index of the order holds: no contact is read.
    private IQueryable<ListPlace> Places(IQueryable<Contact> contacts) => Key switch
    {
        "name" => contacts.Select(c => new ListPlace(c.SortName, "", default, default, c.Id)),
        "city" => contacts.Select(c => new ListPlace(c.SortName, c.CityKey, default, default, c.Id)),
        "company" => contacts.Select(c => new ListPlace(c.SortName, c.CompanyKey, default, default, c.Id)),
        "createdAt" => contacts.Select(c => new ListPlace("", "", c.CreatedAt, default, c.Id)),
        _ => contacts.Select(c => new ListPlace("", "", default, c.LastActivityAt, c.Id)),
    };

    /// <summary>Those that come no later than a place, in the direction of the cursor.</summary>
    internal IQueryable<Contact> Until(IQueryable<Contact> contacts, Cursor? cursor, ListPlace? end)
    {
        if (end is not var (name, common, created, active, id)) return contacts;
        return (Key, Falls(cursor)) switch
        {
            ("name", false) => contacts.Where(c => string.Compare(c.SortName, name) <= 0),
            ("name", true) => contacts.Where(c => string.Compare(c.SortName, name) >= 0),
            ("city", false) => contacts.Where(c => string.Compare(c.CityKey, common) < 0 || (c.CityKey == common && string.Compare(c.SortName, name) <= 0)),
            ("city", true) => contacts.Where(c => string.Compare(c.CityKey, common) > 0 || (c.CityKey == common && string.Compare(c.SortName, name) >= 0)),
            ("company", false) => contacts.Where(c => string.Compare(c.CompanyKey, common) < 0 || (c.CompanyKey == common && string.Compare(c.SortName, name) <= 0)),
            ("company", true) => contacts.Where(c => string.Compare(c.CompanyKey, common) > 0 || (c.CompanyKey == common && string.Compare(c.SortName, name) >= 0)),
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

    /// <summary>The status, city or company that a cursor is in, and the place there in the order of names; null for a cursor of another order.</summary>
    internal static (string Group, Cursor Place)? Split(Cursor cursor) =>
        cursor.Key.IndexOf(Then, StringComparison.Ordinal) is >= 0 and var at ? (cursor.Key[..at], cursor with { Key = cursor.Key[(at + 1)..] }) : null;

    /// <summary>Whether it is walked from the largest to the smallest.</summary>
    internal bool Falls(Cursor? cursor) => Descending ^ (cursor?.Before ?? false);

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

    internal IQueryable<Contact> ByName(IQueryable<Contact> contacts, Cursor? cursor)
    {
        var descending = Falls(cursor);
        if (cursor is { Key: var key, Id: var id })
        {
            contacts = descending
                ? contacts.Where(c => Keyset.Before(c.SortName, c.Id, key, id))
                : contacts.Where(c => Keyset.After(c.SortName, c.Id, key, id));
        }
        return descending ? contacts.OrderByDescending(c => c.SortName).ThenByDescending(c => c.Id) : contacts.OrderBy(c => c.SortName).ThenBy(c => c.Id);
    }
}

/// <summary>What many contacts have in common and can be sorted by: an index has the contacts of each in the order of names.</summary>
internal sealed record InCommon(string Column, Expression<Func<Contact, string>> Of)
{
    public static readonly InCommon City = new("city_key", c => c.CityKey), Company = new("company_key", c => c.CompanyKey);

    private readonly string _after = Ahead(Column, "min", ">"), _before = Ahead(Column, "max", "<");

    private IQueryable<Contact> Where(IQueryable<Contact> contacts, Expression<Func<string, bool>> condition) =>
        contacts.Where(Expression.Lambda<Func<Contact, bool>>(ReplacingExpressionVisitor.Replace(condition.Parameters[0], Of.Body, condition.Body), Of.Parameters));

    /// <summary>Those that have this one, or none.</summary>
    public IQueryable<Contact> At(IQueryable<Contact> contacts, string one) => one.Length == 0 ? Where(contacts, key => key == "") : Where(contacts, key => key != "" && key == one);

    /// <summary>Those beyond one, up to another or to the end, in their order and there in that of names.</summary>
    public IQueryable<Contact> Between(IQueryable<Contact> contacts, string after, string? until, bool falls)
    {
        // An index may leave out those without, and is used where that is said.
        contacts = falls ? Where(contacts, key => key != "" && string.Compare(key, after) < 0) : Where(contacts, key => key != "" && string.Compare(key, after) > 0);
        if (until is not null) contacts = falls ? Where(contacts, key => string.Compare(key, until) >= 0) : Where(contacts, key => string.Compare(key, until) <= 0);
        return falls ? contacts.OrderByDescending(Of).ThenByDescending(c => c.SortName).ThenByDescending(c => c.Id) : contacts.OrderBy(Of).ThenBy(c => c.SortName).ThenBy(c => c.Id);
    }

    /// <summary>The one so many further on, whoever has it; null when fewer are left.</summary>
    public async Task<string?> AheadAsync(LiaisonDb db, string after, int count, bool falls, CancellationToken cancel) =>
        (await db.Database.SqlQueryRaw<string>(falls ? _before : _after, after, count - 1).ToListAsync(cancel)).FirstOrDefault();

    // From one to the next in the index, however many contacts have each.
    private static string Ahead(string column, string nearest, string beyond) => $$"""
        WITH RECURSIVE one(key) AS (
          SELECT {{nearest}}({{column}}) FROM contact WHERE {{column}} {{beyond}} {0} AND {{column}} <> '' AND deleted_at IS NULL
          UNION ALL
          SELECT (SELECT {{nearest}}(c.{{column}}) FROM contact c WHERE c.{{column}} {{beyond}} one.key AND c.{{column}} <> '' AND c.deleted_at IS NULL) FROM one WHERE one.key IS NOT NULL)
        SELECT key AS "Value" FROM one WHERE key IS NOT NULL LIMIT 1 OFFSET {1}
        """;
}

/// <summary>A contact's place in any of the orders.</summary>
internal sealed record ListPlace(string SortName, string Common, DateTime CreatedAt, DateTime LastActivityAt, long Id);

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
