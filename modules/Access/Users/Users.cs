using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>What others need to know of an account.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Display name.</param>
/// <param name="Email">E-mail, if it has one.</param>
/// <param name="Level">Administrator or user.</param>
/// <param name="IsClosed">Whether it may no longer sign in.</param>
public sealed record Colleague(long Id, string Name, string? Email, Level Level, bool IsClosed);

/// <summary>Names of the accounts, read at most every five seconds: lists show them without a query.</summary>
public sealed class Users(Databases databases, TimeProvider clock)
{
    private (IReadOnlyDictionary<long, Colleague> All, DateTimeOffset At)? _known;

    /// <summary>All accounts by id, closed ones too.</summary>
    public async ValueTask<IReadOnlyDictionary<long, Colleague>> AllAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        if (_known is { } known && now >= known.At && now - known.At < Recent.Lifetime) return known.All;
        await using var db = databases.Open(Viewer.System);
        var all = await db.Set<User>().AsNoTracking().Select(u => new Colleague(u.Id, u.Name, u.Email, u.Level, u.ClosedAt != null)).ToDictionaryAsync(u => u.Id, cancel);
        _known = (all, now);
        return all;
    }

    /// <summary>All accounts by id, read anew when one of these is not among them: another process may just have added it.</summary>
    public async ValueTask<IReadOnlyDictionary<long, Colleague>> WithAsync(IEnumerable<long> ids, CancellationToken cancel = default)
    {
        var all = await AllAsync(cancel);
        if (ids.All(all.ContainsKey)) return all;
        Forget();
        return await AllAsync(cancel);
    }

    /// <summary>Accounts that may sign in, by name: for pickers.</summary>
    public async ValueTask<IReadOnlyList<Colleague>> ActiveAsync(CancellationToken cancel = default) =>
        [.. (await AllAsync(cancel)).Values.Where(u => !u.IsClosed).OrderBy(u => u.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(u => u.Id)];

    /// <summary>The account's name; empty when there is no such account (0 stands for the program).</summary>
    public async ValueTask<string> NameAsync(long id, CancellationToken cancel = default) =>
        (await AllAsync(cancel)).TryGetValue(id, out var user) ? user.Name : "";

    /// <summary>Reads anew at the next question, after a change.</summary>
    public void Forget() => _known = null;
}
