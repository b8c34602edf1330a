using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>What came of an attempt to sign in.</summary>
/// <param name="User">The account, when the password was right.</param>
/// <param name="Wait">How long to wait, when there were too many failures.</param>
public sealed record SignInOutcome(User? User, TimeSpan Wait);

/// <summary>Signs a person in by user name or e-mail and password. Unknown names, closed accounts and wrong passwords are answered alike.</summary>
public sealed class SigningIn(Databases databases, Viewers viewers, Sessions sessions, Passwords passwords, Attempts attempts, Addresses addresses, KnownDevice device)
{
    /// <summary>Tries; on success the session's cookie is sent.</summary>
    public async Task<SignInOutcome> TryAsync(string login, string password, HttpContext http, CancellationToken cancel)
    {
        var address = http.Connection.RemoteIpAddress;
        var wait = addresses.Begin(address);
        if (wait > TimeSpan.Zero) return new(null, wait);
        var name = User.Normalize(login);
        var user = await FindAsync(name, cancel);
        var key = user is null ? "name:" + name : device.KeyOf(user.Id, http);
        wait = await attempts.BeginAsync(key, cancel);
        if (wait > TimeSpan.Zero) return new(null, wait);
        if (!passwords.Check(user, password, out var isOutdated) || user is null)
        {
            await FailedAsync(user, http, cancel);
            return new(null, TimeSpan.Zero);
        }
        await attempts.SucceedAsync(key, cancel);
        addresses.Succeed(address);
        await StartAsync(user, isOutdated ? password : null, http, cancel);
        return new(user, TimeSpan.Zero);
    }

    private async Task<User?> FindAsync(string name, CancellationToken cancel)
    {
        await using var db = databases.Open(Viewer.System);
        return await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => (u.NormalizedUserName == name || u.NormalizedEmail == name) && u.ClosedAt == null, cancel);
    }

    private async Task StartAsync(User user, string? rehash, HttpContext http, CancellationToken cancel)
    {
        await using var db = databases.Open(viewers.Of(user));
        if (rehash is not null || user.MustChangePassword) db.Attach(user);
        if (rehash is not null) passwords.Set(user, rehash, user.MustChangePassword);
        // Whoever comes with a password that was given has chosen nothing yet: the language of the sign-in page is theirs.
        if (user.MustChangePassword) user.Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        await db.InTransactionAsync(async () =>
        {
            await sessions.ClearAsync(db, user.Id, http, cancel);
            sessions.Start(db, user.Id, http);
            db.Record("user.signedIn", "user", user.Id, new { Address = http.Connection.RemoteIpAddress?.ToString() });
            await db.SaveChangesAsync(cancel);
        }, cancel);
        device.Remember(user.Id, http);
    }

    // What was typed is not kept for unknown names: it may be a password.
    private async Task FailedAsync(User? user, HttpContext http, CancellationToken cancel)
    {
        await using var db = databases.Open(Viewer.System);
        db.Record("user.signInFailed", "user", user?.Id ?? 0, new { Address = http.Connection.RemoteIpAddress?.ToString() });
        await db.SaveChangesAsync(cancel);
    }
}
