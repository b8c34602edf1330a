using System.Linq.Expressions;
using Liaison.Contacts.Finding;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>
/// What somebody who does not see everything sees, as the two sets that indexes give: their own contacts and the shared ones. Query filters are off in queries with
/// these, so whatever is joined must say by itself who sees it (<see cref="ContactQueries.ContactsBesideUnfiltered"/>).
/// </summary>
internal static class SeenContacts
{
    /// <summary>The viewer's own, also those in the trash: these have no status.</summary>
    public static IQueryable<ContactResponsible> Own(LiaisonDb db)
    {
        var viewer = db.ViewerId;
        return db.Set<ContactResponsible>().Where(r => r.UserId == viewer);
    }

    /// <summary>All outside the trash, for statements that name the seen ones themselves: filters are on or off for a whole statement.</summary>
    public static readonly Expression<Func<LiaisonDb, IQueryable<Contact>>> AliveOf = db => db.Set<Contact>().IgnoreQueryFilters().AsNoTracking().Where(c => c.DeletedAt == null);

    /// <summary>Those that everybody sees.</summary>
    public static readonly Expression<Func<LiaisonDb, IQueryable<Contact>>> SharedOf = db => db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt == null && c.Access > ContactAccess.Private);

    private static readonly Func<LiaisonDb, IQueryable<Contact>> AskShared = SharedOf.Compile();

    /// <inheritdoc cref="SharedOf"/>
    public static IQueryable<Contact> Shared(LiaisonDb db) => AskShared(db);

    private static readonly Func<LiaisonDb, IQueryable<Contact>> AskAlive = AliveOf.Compile();

    /// <inheritdoc cref="AliveOf"/>
    public static IQueryable<Contact> Alive(LiaisonDb db) => AskAlive(db);

    /// <summary>Ids of both, each once.</summary>
    public static IQueryable<long> Ids(LiaisonDb db) => IdParts(db).Aggregate(Queryable.Concat);

    /// <summary>The ids of the viewer's own, and of the shared ones that are not theirs.</summary>
    public static IReadOnlyList<IQueryable<long>> IdParts(LiaisonDb db)
    {
        var viewer = db.ViewerId;
        return [Own(db).Where(r => r.Status != null).Select(r => r.ContactId), Shared(db).Where(c => !c.Responsibles.Any(r => r.UserId == viewer)).Select(c => c.Id)];
    }

    /// <summary>
    /// Of contacts that were asked for, whoever sees them, the viewer's own and those that are shared and not theirs, to be asked one after the other: put into one statement, the
    /// database looks at all that match for each part. A few shared ones are best told by their ids.
    /// </summary>
    public static IReadOnlyList<IQueryable<Contact>> Parts(LiaisonDb db, IQueryable<Contact> asked, IReadOnlyList<ContactStatus> statuses, IReadOnlyList<long>? shared)
    {
        var viewer = db.ViewerId;
        var theirs = asked.Where(c => c.Access != ContactAccess.Private && !c.Responsibles.Any(r => r.UserId == viewer));
        return
        [
            ContactSets.Within(Own(db), statuses).Join(asked, id => id, c => c.Id, (_, c) => c),
            shared is null ? theirs.Where(c => c.Access > ContactAccess.Private) : theirs.Where(c => shared.Contains(c.Id)),
        ];
    }
}
