using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>Makes the viewer of an account: what it sees, may do, and how it reads dates and numbers.</summary>
public sealed class Viewers(Databases databases, ModuleList modules) : IViewerOfUser, IViewerOfName
{
    private readonly HashSet<string> _ofUsers = [.. modules.Permissions.Values.Where(p => p.ForUsers).Select(p => p.Key)];

    /// <summary>The viewer of this account; <paramref name="only"/> narrows it to some of its permissions.</summary>
    public Viewer Of(User user, IReadOnlySet<string>? only = null)
    {
        var isAdministrator = user.Level == Level.Administrator;
        return new()
        {
            UserId = user.Id, Name = user.Name, SeesAll = isAdministrator, MayAll = isAdministrator && only is null,
            Permissions = only is null ? _ofUsers : isAdministrator ? only : only.Intersect(_ofUsers).ToHashSet(),
            MustChangePassword = user.MustChangePassword, Culture = Cultures.Of(user.Language),
            Zone = TimeZoneInfo.TryFindSystemTimeZoneById(user.Zone, out var zone) ? zone : TimeZoneInfo.Utc,
        };
    }

    /// <inheritdoc/>
    public async Task<Viewer> FindAsync(long userId, CancellationToken cancel)
    {
        await using var db = databases.Open(Viewer.System);
        var user = await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == userId && u.ClosedAt == null, cancel);
        return user is null ? Viewer.Nobody : Of(user);
    }

    /// <inheritdoc/>
    public async Task<Viewer?> FindAsync(string? name, CancellationToken cancel)
    {
        await using var db = databases.Open(Viewer.System);
        if (name is not null) return await UserCommands.FindAsync(db, name) is { ClosedAt: null } user ? Of(user) : null;
        var first = await db.Users().Where(u => u.Level == Level.Administrator).OrderBy(u => u.Id).FirstOrDefaultAsync(cancel);
        return first is null ? null : Of(first);
    }
}
