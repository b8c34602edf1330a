using System.Globalization;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Finding;

/// <summary>Sets of contacts that an index gives, each with the name under which its size is remembered; each holds all that a filter lets through, whoever sees it.</summary>
internal sealed class ContactSets(LiaisonDb db)
{
    /// <summary>Those of words, tags, users and the like.</summary>
    public IEnumerable<(string Name, IQueryable<long> Ids)> Of(ContactFilter filter)
    {
        var words = IndexedWords(filter);
        if (words.Count > 0) yield return (NameOf(words), Found(words));
        foreach (var tag in filter.Tags) yield return ("tag " + tag + " " + string.Join(' ', filter.Statuses), Within(Tagged(tag), filter.Statuses));
        if (filter.Responsible is { } user) yield return (Name("responsible", user) + " " + string.Join(' ', filter.Statuses), Within(HeldBy(user), filter.Statuses));
        if (filter.City is { } city)
            yield return ("city " + SearchText.Fold(city), Cities.Starts(city).Select(start => db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt == null).From(start).Select(c => c.Id)).Aggregate(Queryable.Concat));
        if (filter.Import is { } import) yield return (Name("import", import), db.Set<Contact>().IgnoreQueryFilters().Where(c => c.ImportId == import).Select(c => c.Id));
        if (filter.Type is { } type && type != "none")
            yield return ("type " + type, db.Set<ContactType>().Where(t => t.Key == type).Join(db.Set<Contact>().IgnoreQueryFilters(), t => t.Id, c => c.TypeId, (_, c) => c.Id));
        if (filter.Temperature is { } warmth && warmth != "none")
            yield return ("temperature " + warmth, db.Set<Temperature>().Where(t => t.Key == warmth).Join(db.Set<Contact>().IgnoreQueryFilters(), t => t.Id, c => c.TemperatureId, (_, c) => c.Id));
        if (filter.Reminder == true) yield return ("reminder", db.Set<Contact>().IgnoreQueryFilters().Where(c => c.NextReminderAt != null).Select(c => c.Id));
    }

    /// <summary>What an index of one column gives; to be counted they need no ids.</summary>
    public IEnumerable<(string Name, IQueryable<long> Ids)> OfColumns(ContactFilter filter)
    {
        var all = db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt == null);
        foreach (var one in new[]
        {
            new ContactFilter { CreatedAfter = filter.CreatedAfter, CreatedBefore = filter.CreatedBefore }, new() { Inactive = filter.Inactive },
            new() { Statuses = filter.Statuses.Count == 1 ? filter.Statuses : [] }, new() { Kind = filter.Kind },
        })
            if (!one.IsEmpty) yield return (one.ToQuery() + " " + db.Viewer.Zone.Id, one.On(all, db).Select(c => c.Id));
    }

    /// <summary>The words that an index can be asked for.</summary>
    public static List<SearchWord> IndexedWords(ContactFilter filter) => ContactSearch.Indexed(SearchText.Words(filter.Query));

    /// <summary>Whether it asks for such words and for nothing else.</summary>
    public static bool TellsAll(ContactFilter filter) => (filter with { Query = null }).IsEmpty && SearchText.Words(filter.Query) is { Count: > 0 } words && ContactSearch.Indexed(words).Count == words.Count;

    /// <summary>The name of what they find.</summary>
    public static string NameOf(List<SearchWord> words) => "q " + string.Join(' ', words.Select(w => w.Text + "|" + w.Other));

    /// <summary>The name of what belongs to this id.</summary>
    public static string Name(string word, long id) => string.Create(CultureInfo.InvariantCulture, $"{word} {id}");

    private IQueryable<ContactTag> Tagged(string tag)
    {
        var key = SearchText.Fold(tag);
        return db.Set<ContactTag>().Where(t => t.TagId == db.Set<Tag>().Where(x => x.Key == key).Select(x => x.Id).First());
    }

    private IQueryable<ContactResponsible> HeldBy(long user) => db.Set<ContactResponsible>().Where(r => r.UserId == user);

    /// <summary>Ids of the contacts outside the trash that have one of these statuses, or any.</summary>
    public static IQueryable<long> Within<T>(IQueryable<T> marks, IReadOnlyList<ContactStatus> statuses) where T : class, IContactMark
    {
        if (statuses.Count == 0) marks = marks.Where(m => m.Status != null);
        else if (statuses.Count == 1) { var status = statuses[0]; marks = marks.Where(m => m.Status == status); }
        else marks = marks.Where(m => statuses.Contains(m.Status!.Value));
        return marks.Select(m => m.ContactId);
    }

    /// <summary>The ids of all that an index finds, and perhaps of some that do not contain the words; of everybody's contacts.</summary>
    public IQueryable<long> Found(IReadOnlyList<SearchWord> words)
    {
        if (db.Engine == Engine.PostgreSql) return Containing(words).Select(c => c.Id);
        return db.Database.SqlQueryRaw<long>("SELECT rowid AS \"Value\" FROM contact_search WHERE contact_search MATCH {0}", ContactSearch.Trigrams(words));
    }

    /// <summary>Where the contacts that contain the words stand in the order of names, whoever sees them.</summary>
    public IQueryable<NamePlace> Places(IReadOnlyList<SearchWord> words)
    {
        var contacts = Containing(words);
        // PostgreSQL reads each contact to look whether the words are really there.
        return (db.Engine == Engine.PostgreSql ? contacts : Found(words).Join(contacts, id => id, c => c.Id, (_, c) => c)).Select(c => new NamePlace(c.SortName, c.Id));
    }

    /// <summary>The contacts that contain the words, whoever sees them.</summary>
    public IQueryable<Contact> Containing(IReadOnlyList<SearchWord> words) =>
        words.Aggregate(db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt == null).AsNoTracking(), (contacts, word) => contacts.Containing(word));
}
