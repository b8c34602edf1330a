using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>Types whose contacts have no status.</summary>
public static class TypesWithout
{
    /// <summary>Their ids, as they are in the running transaction.</summary>
    public static Task<List<long>> WithoutLifecycleAsync(this LiaisonDb db, CancellationToken cancel) => db.Set<ContactType>().Where(t => !t.HasLifecycle).Select(t => t.Id).ToListAsync(cancel);

    /// <summary>Contacts that have a status although their type (one of <paramref name="without"/>) has none, or none although it has; those that are locked stay as they are.</summary>
    public static IQueryable<Contact> Unsettled(this LiaisonDb db, List<long> without) =>
        db.Set<Contact>().IgnoreQueryFilters().Where(c => !c.StatusLocked && (c.Status == ContactStatus.None) != (c.TypeId != null && without.Contains(c.TypeId.Value)));
}
