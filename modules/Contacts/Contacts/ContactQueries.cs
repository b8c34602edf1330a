using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts;

/// <summary>Named queries over contacts, as the viewer sees them.</summary>
public static class ContactQueries
{
    /// <summary>The contacts the viewer sees, without the trash; not tracked.</summary>
    public static IQueryable<Contact> Contacts(this LiaisonDb db) => db.Visible().AsNoTracking();

    // For those who see everything the condition is left out: their plans are simpler and counts need only the index.
    private static IQueryable<Contact> Visible(this LiaisonDb db) =>
        db.SeesAll ? db.Set<Contact>().IgnoreQueryFilters([ContactMapping.Visible]) : db.Set<Contact>();

    /// <summary>
    /// The same, said in conditions instead of filters: for a query that joins a set which does without filters, since that switches them off for all of it.
    /// </summary>
    public static IQueryable<Contact> ContactsBesideUnfiltered(this LiaisonDb db) => db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt == null).AsNoTracking().Seen(db);

    /// <summary>Those of the contacts that the viewer sees, said in conditions.</summary>
    public static IQueryable<Contact> Seen(this IQueryable<Contact> contacts, LiaisonDb db)
    {
        if (db.SeesAll) return contacts;
        var viewer = db.ViewerId;
        return contacts.Where(c => c.Access != ContactAccess.Private || c.Responsibles.Any(r => r.UserId == viewer));
    }

    /// <summary>The contacts in the trash that the viewer may see.</summary>
    public static IQueryable<Contact> DeletedContacts(this LiaisonDb db) =>
        db.Set<Contact>().IgnoreQueryFilters([ContactMapping.NotDeleted]).Where(c => c.DeletedAt != null).AsNoTracking();

    /// <summary>Which of these companies have a page for the viewer: those they see, in the trash too. A person tells the name of their company also to whoever does not see it.</summary>
    public static async Task<IReadOnlySet<long>> OpenCompaniesAsync(this LiaisonDb db, List<long> ids, CancellationToken cancel) =>
        (db.SeesAll || ids.Count == 0 ? ids : await Open.ListAsync(db, ids, cancel)).ToHashSet();

    private static readonly string[] NotDeleted = [ContactMapping.NotDeleted];

    private static readonly FixedQuery<List<long>, long> Open = new((db, ids) => db.Set<Contact>().IgnoreQueryFilters(NotDeleted).Where(c => ids.Contains(c.Id)).Select(c => c.Id));

    /// <summary>Whether there is a company and the viewer can open it.</summary>
    public static async Task<bool> OpensCompanyAsync(this LiaisonDb db, long? id, CancellationToken cancel) => id is { } company && (await db.OpenCompaniesAsync([company], cancel)).Count > 0;

    /// <summary>Those whose sorted name starts with a folded text, as a range of the name's index.</summary>
    public static IQueryable<Contact> NamedFrom(this IQueryable<Contact> contacts, string start)
    {
        var end = start + "\U0010FFFF";
        return contacts.Where(c => string.Compare(c.SortName, start) >= 0 && string.Compare(c.SortName, end) < 0);
    }

    /// <summary>Those whose name begins as one says it who types words too short for any other index: the last name is typed first or last.</summary>
    public static IQueryable<Contact> NamedFrom(this IQueryable<Contact> contacts, IReadOnlyList<SearchWord> words)
    {
        var (first, last) = (words[0].Text, words[^1].Text);
        if (first == last) return contacts.NamedFrom(first);
        var (firstEnd, lastEnd) = (first + "\U0010FFFF", last + "\U0010FFFF");
        return contacts.Where(c => (string.Compare(c.SortName, first) >= 0 && string.Compare(c.SortName, firstEnd) < 0) || (string.Compare(c.SortName, last) >= 0 && string.Compare(c.SortName, lastEnd) < 0));
    }

    /// <summary>With e-mails, phones, addresses, tags and responsibles.</summary>
    public static IQueryable<Contact> WithParts(this IQueryable<Contact> contacts) =>
        contacts.Include(c => c.Points).Include(c => c.Addresses).Include(c => c.Responsibles).Include(c => c.Tags).AsTracking();

    /// <summary>Whether the viewer may change this contact: administrators, its responsibles, everybody when it is shared for writing.</summary>
    public static bool MayEdit(this LiaisonDb db, Contact contact) =>
        db.SeesAll || contact.Access == ContactAccess.ReadWrite || contact.Responsibles.Exists(r => r.UserId == db.ViewerId);

    /// <summary>Those of the contacts that the viewer may change, as a condition for the database.</summary>
    public static IQueryable<Contact> Editable(this IQueryable<Contact> contacts, LiaisonDb db)
    {
        if (db.SeesAll) return contacts;
        var viewer = db.ViewerId;
        return contacts.Where(c => c.Access == ContactAccess.ReadWrite || c.Responsibles.Any(r => r.UserId == viewer));
    }
}
