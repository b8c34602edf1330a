using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>Named queries over accounts.</summary>
public static class UserQueries
{
    /// <summary>Open accounts; not tracked. Everybody signed in may see who works here.</summary>
    public static IQueryable<User> Users(this LiaisonDb db) => db.Set<User>().AsNoTracking().Where(u => u.ClosedAt == null);
}
