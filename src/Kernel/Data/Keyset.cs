using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Liaison.Kernel.Data;

/// <summary>
/// A place in a sorted list: the sort key and id of a row, and whether the page goes on after it or ends before it.
/// Written into URLs as opaque text; a text that is not ours is refused, never guessed.
/// </summary>
public readonly record struct Cursor(string Key, long Id, bool Before)
{
    // Three names of 200 characters in a script of three bytes each, in Base64; an address takes 8 KB.
    private const int Longest = 4000;

    /// <summary>The opaque text.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{(Before ? '<' : '>')}{Id.ToString(CultureInfo.InvariantCulture)}:{Key}"));

    /// <summary>Reads the text back; null when it is empty or not a cursor.</summary>
    public static Cursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > Longest || !Base64Url.IsValid(text)) return null;
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        var colon = plain.IndexOf(':', StringComparison.Ordinal);
        if (colon < 2 || plain[0] is not ('<' or '>') || plain.Contains('\0', StringComparison.Ordinal)) return null; // a NUL is no text for PostgreSQL
        return long.TryParse(plain.AsSpan(1, colon - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new Cursor(plain[(colon + 1)..], id, plain[0] == '<') : null;
    }

    /// <summary>A moment as a key.</summary>
    public static string KeyOf(DateTime moment) => moment.Ticks.ToString(CultureInfo.InvariantCulture);

    /// <summary>The key as a moment; null when it is not one.</summary>
    public DateTime? Moment => long.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
        ? new DateTime(ticks, DateTimeKind.Utc) : null;
}

/// <summary>Where rows of a query are in the order of a text and an id; each engine is asked in the way it finds the place in an index.</summary>
public static class Keyset
{
    /// <summary>In a query: the row comes after this place.</summary>
    public static bool After(string key, long id, string place, long placeId) => throw new NotSupportedException("Only in a query.");

    /// <summary>In a query: the row comes before this place.</summary>
    public static bool Before(string key, long id, string place, long placeId) => throw new NotSupportedException("Only in a query.");
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">Where the next page starts, or null at the end.</param>
/// <param name="Previous">Where the page before ends, or null at the beginning.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, string? Previous);

/// <summary>A count that stops at a limit, so that it stays cheap on large lists.</summary>
public readonly record struct CappedCount(int Value, bool IsCapped)
{
    /// <summary>Where counting stops.</summary>
    public const int Limit = 10_000;

    /// <summary>Makes a capped count of a number counted up to <see cref="Limit"/> + 1.</summary>
    public static CappedCount Of(int counted) => counted > Limit ? new(Limit, true) : new(counted, false);
}
