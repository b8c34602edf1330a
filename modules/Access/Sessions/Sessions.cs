using System.Buffers.Text;
using System.Security.Cryptography;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Liaison.Access;

/// <summary>Starts, finds and ends browser sessions. They live in the database: they hold over restarts and on every instance.</summary>
public sealed class Sessions(Databases databases, Viewers viewers, IDataProtectionProvider protection, TimeProvider clock, ILogger<Sessions> log)
{
    /// <summary>Name of the cookie.</summary>
    public const string Cookie = "liaison.session";
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    // Protected, so that made-up cookies are refused without a query.
    private readonly IDataProtector _protector = protection.CreateProtector("Liaison.Session");
    private readonly Recent _recent = new(clock);

    /// <summary>Who the cookie stands for, or null.</summary>
    public async ValueTask<SignedInAs?> FindAsync(string? cookie, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(cookie)) return null;
        if (_recent.Find(cookie) is { } known) return known;
        if (Hash(cookie) is not { } hash) return null;
        var now = clock.Now();
        var seenAfter = now - Session.Idle;
        await using var db = databases.Open(Viewer.System);
        var found = await (from s in db.Set<Session>().AsNoTracking()
                           join u in db.Set<User>().AsNoTracking() on s.UserId equals u.Id
                           where s.Hash == hash && s.ExpiresAt > now && s.LastSeenAt > seenAfter && u.ClosedAt == null
                           select new { s.Id, s.LastSeenAt, User = u }).FirstOrDefaultAsync(cancel);
        if (found is null) return null;
        if (now - found.LastSeenAt >= SeenEvery) _ = SeenAsync(found.Id, now); // nobody waits for it
        var who = SignedInAs.Make(viewers.Of(found.User), found.Id);
        _recent.Keep(cookie, who);
        return who;
    }

    /// <summary>Adds a session of this account to the context and sends its cookie; saved with the action.</summary>
    public void Start(LiaisonDb db, long userId, HttpContext http) => http.Response.Cookies.Append(
        Cookie, Add(db, userId, http.Connection.RemoteIpAddress?.ToString() ?? "", http.Request.Headers.UserAgent.ToString()), Options(http, Session.Longest));

    /// <summary>Adds a session of this account to the context; returns what the cookie holds.</summary>
    public string Add(LiaisonDb db, long userId, string address, string agent)
    {
        var id = RandomNumberGenerator.GetBytes(32);
        var now = clock.Now();
        db.Add(new Session
        {
            Hash = Hash(id), UserId = userId, CreatedAt = now, LastSeenAt = now, ExpiresAt = now + Session.Longest,
            Address = address, Agent = agent.Length > 300 ? agent[..300] : agent,
        });
        return Base64Url.EncodeToString(_protector.Protect(id));
    }

    /// <summary>Deletes the session this browser had, and those of the account that are over.</summary>
    public async Task ClearAsync(LiaisonDb db, long userId, HttpContext http, CancellationToken cancel)
    {
        var now = clock.Now();
        var seenAfter = now - Session.Idle;
        var here = http.Request.Cookies[Cookie] is { Length: > 0 } cookie ? Hash(cookie) : null;
        await db.Set<Session>().IgnoreQueryFilters(["viewer"])
            .Where(s => s.Hash == here || (s.UserId == userId && (s.ExpiresAt <= now || s.LastSeenAt <= seenAfter))).ExecuteDeleteAsync(cancel);
        if (here is not null) _recent.Forget(http.Request.Cookies[Cookie]!);
    }

    /// <summary>Ends sessions of an account: one, or all but one (none: all).</summary>
    public async Task EndAsync(LiaisonDb db, long userId, long? only = null, long? except = null, CancellationToken cancel = default)
    {
        await db.InTransactionAsync(() => db.Set<Session>().Where(s => s.UserId == userId && (only == null || s.Id == only) && (except == null || s.Id != except))
            .ExecuteDeleteAsync(cancel), cancel);
        Forget(userId);
    }

    /// <summary>Makes this instance look the account up again at its next request; the others do within five seconds.</summary>
    public void Forget(long userId) => _recent.ForgetUser(userId);

    /// <summary>Takes the cookie back.</summary>
    public static void RemoveCookie(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http, null));

    internal static string Hash(ReadOnlySpan<byte> id) => Convert.ToHexStringLower(SHA256.HashData(id));

    internal static CookieOptions Options(HttpContext http, TimeSpan? maxAge) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = maxAge, IsEssential = true };

    private string? Hash(string cookie)
    {
        try { return Hash(_protector.Unprotect(Base64Url.DecodeFromChars(cookie))); }
        catch (Exception e) when (e is CryptographicException or FormatException) { return null; }
    }

    private async Task SeenAsync(long id, DateTime now)
    {
        try
        {
            await using var db = databases.Open(Viewer.System);
            await db.InTransactionAsync(() => db.Set<Session>().Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now)));
        }
        catch (Exception e) { log.LogWarning(e, "The time a session was last seen could not be written"); }
    }
}
