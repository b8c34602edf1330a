using Liaison.Kernel.Access;

namespace Liaison.Contacts.Lists;

/// <summary>A column of the list of contacts.</summary>
/// <param name="Key">Its word in the URL.</param>
/// <param name="Text">Key of its heading.</param>
/// <param name="Slot">The other module's column, when it is one.</param>
public sealed record ListColumn(string Key, string Text, ContactColumn? Slot = null)
{
    /// <summary>The order it sorts by, or null.</summary>
    public string? Sort => ContactSort.Keys.Contains(Key) ? Key : null;
    /// <summary>Whether the first click shows the latest first.</summary>
    public bool LatestFirst => Key is "lastAction" or "createdAt";
    /// <summary>Whether a phone shows it.</summary>
    public bool OnPhone => Key is "name" or "status";
}

/// <summary>The columns there are, and those chosen: by the URL, else by this person's last choice, else the usual ones.</summary>
public sealed class ListColumns(IEnumerable<ContactColumn> slots, CurrentViewer current)
{
    /// <summary>The usual columns.</summary>
    public static readonly IReadOnlyList<string> Usual = ["name", "company", "status", "lastAction", "tags", "responsible"];

    /// <summary>The column of the next reminder, which comes with whatever plans reminders.</summary>
    public const string Reminder = "nextReminder";

    private static readonly string[] Own =
        ["name", "company", "jobTitle", "status", "lastAction", Reminder, "tags", "responsible", "email", "phone", "city", "type", "temperature", "createdAt"];

    /// <summary>All columns in their order; another module's column of the same key takes the place of ours.</summary>
    public IReadOnlyList<ListColumn> All { get; } = Every([.. slots.For(current.Viewer)]);

    /// <summary>Whether anything plans reminders.</summary>
    public bool HasReminders => All.Any(c => c.Key == Reminder);

    /// <summary>The columns of these keys, in the order of <see cref="All"/>; the name is always there, unknown ones are left out.</summary>
    public IReadOnlyList<ListColumn> Chosen(IEnumerable<string>? keys)
    {
        var wanted = (keys ?? []).SelectMany(k => k.Split(',', '.')).Select(k => k.Trim()).Where(k => k.Length > 0).ToHashSet(StringComparer.Ordinal);
        if (!wanted.Overlaps(All.Select(c => c.Key))) wanted = [.. Usual];
        return [.. All.Where(c => c.Key == "name" || wanted.Contains(c.Key))];
    }

    /// <summary>Name of the cookie that remembers a person's choice.</summary>
    public static string Cookie(long userId) => FormattableString.Invariant($"contacts.columns.{userId}");

    private static IReadOnlyList<ListColumn> Every(List<ContactColumn> slots) =>
        [.. Own.Where(key => key != Reminder || slots.Exists(s => s.Key == key)).Select(key => slots.Find(s => s.Key == key) is { } slot ? new ListColumn(key, slot.Text, slot) : new ListColumn(key, "contacts.column." + key)),
         .. slots.Where(s => !Own.Contains(s.Key)).Select(s => new ListColumn(s.Key, s.Text, s))];
}
