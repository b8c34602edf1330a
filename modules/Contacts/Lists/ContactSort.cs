using System.Linq.Expressions;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Lists;

/// <summary>An order of the list: by name, creation or last action, ascending or (with "-") descending.</summary>
/// <param name="Key">"name", "createdAt", "lastAction".</param>
/// <param name="Descending">Largest first.</param>
public sealed record ContactSort(string Key, bool Descending)
{
    /// <summary>By name.</summary>
    public static readonly ContactSort Default = new("name", false);
    /// <summary>Names that can be sorted by.</summary>
    public static readonly IReadOnlyList<string> Keys = ["name", "createdAt", "lastAction"];

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
        "createdAt" => Cursor.KeyOf(row.CreatedAt), "lastAction" => Cursor.KeyOf(row.LastActivityAt), _ => row.SortName,
    };

    /// <summary>The place behind the last row: the page before it is the last page.</summary>
    public Cursor End() => Key == "name"
        ? Descending ? new("", 0, true) : new("\U0010FFFF", long.MaxValue, true)
        : Descending ? new(Cursor.KeyOf(Kernel.Time.Moments.Never), 0, true) : new(Cursor.KeyOf(DateTime.MaxValue.AddYears(-1)), long.MaxValue, true);

    /// <summary>Orders the contacts and starts after (or, for the page before, ends at) the cursor. A cursor of another order is refused with null.</summary>
    public IQueryable<Contact>? Apply(IQueryable<Contact> contacts, Cursor? cursor)
    {
        if (Key == "name") return ByName(contacts, cursor);
        if (cursor is { Moment: null }) return null;
        Expression<Func<Contact, DateTime>> column = Key == "createdAt" ? c => c.CreatedAt : c => c.LastActivityAt;
        var descending = Descending ^ (cursor?.Before ?? false);
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

    private IOrderedQueryable<Contact> ByName(IQueryable<Contact> contacts, Cursor? cursor)
    {
        var descending = Descending ^ (cursor?.Before ?? false);
        if (cursor is { Key: var key, Id: var id })
        {
            contacts = descending
                ? contacts.Where(c => string.Compare(c.SortName, key) <= 0 && (string.Compare(c.SortName, key) < 0 || c.Id < id))
                : contacts.Where(c => string.Compare(c.SortName, key) >= 0 && (string.Compare(c.SortName, key) > 0 || c.Id > id));
        }
        return descending ? contacts.OrderByDescending(c => c.SortName).ThenByDescending(c => c.Id) : contacts.OrderBy(c => c.SortName).ThenBy(c => c.Id);
    }
}

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
