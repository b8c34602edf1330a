using Liaison.Contacts;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Search;

/// <summary>What an action is found by: any part of the contact's name, its campaign, sorting fields and details, and of what was answered.</summary>
public static class ActivitySearch
{
    /// <summary>The folded text of an action, one part a line; the first is the contact's name, taken from what the contact is found by.</summary>
    public static string TextOf(Activity activity, string contact, IEnumerable<string> responses)
    {
        var parts = new[] { activity.Campaign, activity.Field1, activity.Field2, activity.Details }.Concat(responses).Select(SearchText.Spellings).Where(part => part.Length > 0);
        return string.Join('\n', parts.Prepend(contact.Split('\n', 2)[0])) + "\n";
    }

    /// <summary>Those that contain all words of a query. No index finds parts of two letters: where all are as short, the contact's name begins with one of them, as in the list of contacts. For actions that are asked for without filters.</summary>
    public static IQueryable<Activity> Containing(this IQueryable<Activity> activities, LiaisonDb db, IReadOnlyList<SearchWord> words)
    {
        if (IsShort(words))
        {
            var named = db.Set<Contact>().IgnoreQueryFilters().NamedFrom(words);
            activities = activities.Where(a => named.Any(c => c.Id == a.ContactId));
            if (words.Count == 1) return activities;
        }
        foreach (var (text, other) in words)
            activities = other is null ? activities.Where(a => a.SearchText.Contains(text)) : activities.Where(a => a.SearchText.Contains(text) || a.SearchText.Contains(other));
        return activities;
    }

    private static bool IsShort(IReadOnlyList<SearchWord> words) => words.Count > 0 && words[0].Text.Length < 3;

    /// <summary>The ids of all that an index finds, and perhaps some that do not contain the words; of everybody's actions, deleted ones too. Null when no index helps.</summary>
    public static IQueryable<long>? Found(LiaisonDb db, IReadOnlyList<SearchWord> words)
    {
        var indexed = ContactSearch.Indexed(words);
        var all = db.Set<Activity>().IgnoreQueryFilters();
        if (words.Count == 0 || (indexed.Count == 0 && !IsShort(words))) return null;
        if (indexed.Count == 0) return db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt == null).NamedFrom(words).Join(all, c => c.Id, a => a.ContactId, (_, a) => a.Id);
        if (db.Engine == Engine.PostgreSql) return all.Containing(db, indexed).Select(a => a.Id);
        // The latest ones wait to be put into the index together.
        return db.Database.SqlQueryRaw<long>("""
            SELECT rowid AS "Value" FROM activity_search WHERE activity_search MATCH {0} UNION ALL SELECT id FROM activity WHERE id > (SELECT last FROM activity_search_mark)
            """, ContactSearch.Trigrams(indexed));
    }

    /// <summary>A part of the details around the first of the words, for one line.</summary>
    public static string Excerpt(string details, IReadOnlyList<SearchWord> words)
    {
        if (details.Length <= Shown) return details;
        var folded = SearchText.Fold(details);
        var at = words.SelectMany(w => w.Spellings).Select(w => folded.IndexOf(w, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(0).Min();
        if (at < Shown / 2) return details[..Shown];
        var start = details.IndexOf(' ', Math.Clamp(at - (Shown / 3), 0, details.Length - 1));
        return start < 0 ? details[..Shown] : "…" + details.Substring(start, Math.Min(Shown, details.Length - start));
    }

    /// <summary>So many letters of the details stand in the list.</summary>
    public const int Shown = 160;
}
