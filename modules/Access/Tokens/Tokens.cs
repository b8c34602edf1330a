using System.Security.Cryptography;
using System.Text;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Liaison.Access;

/// <summary>Makes and finds API tokens.</summary>
public sealed class Tokens(Databases databases, Viewers viewers, TimeProvider clock, ILogger<Tokens> log)
{
    private const string Prefix = "lia_";
    private const int Length = 43; // characters of 62: 256 bits
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);
    private readonly Recent _recent = new(clock);

    /// <summary>Creates a token and returns it; it cannot be read again.</summary>
    public async Task<string> CreateAsync(LiaisonDb db, long userId, string name, IEnumerable<string>? permissions = null, DateTime? expiresAt = null, CancellationToken cancel = default)
    {
        var secret = Prefix + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", Length);
        var token = new ApiToken
        {
            Hash = Hash(secret), Name = name, UserId = userId, Permissions = permissions is null ? null : string.Join(' ', permissions),
            CreatedAt = clock.Now(), ExpiresAt = expiresAt,
        };
        await db.InTransactionAsync(async () =>
        {
            db.Add(token);
            await db.SaveChangesAsync(cancel);
            db.Record("token.created", "user", userId, new { token.Id, token.Name });
            await db.SaveChangesAsync(cancel);
        }, cancel);
        return secret;
    }

    /// <summary>Ends one token of an account, or all of them; returns how many. Other instances refuse it within five seconds.</summary>
    public async Task<int> RevokeAsync(LiaisonDb db, long userId, long? only = null, CancellationToken cancel = default)
    {
        var ended = await db.InTransactionAsync(async () =>
        {
            var tokens = await db.Set<ApiToken>().Where(t => t.UserId == userId && (only == null || t.Id == only)).ToListAsync(cancel);
            db.RemoveRange(tokens);
            foreach (var token in tokens) db.Record("token.revoked", "user", userId, new { token.Id, token.Name });
            await db.SaveChangesAsync(cancel);
            return tokens.Count;
        }, cancel);
        Forget(userId);
        return ended;
    }

    /// <summary>Who the token stands for, or null.</summary>
    public async ValueTask<SignedInAs?> FindAsync(string? secret, CancellationToken cancel)
    {
        if (secret is null || secret.Length != Prefix.Length + Length || !secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        if (_recent.Find(secret) is { } known) return known;
        var hash = Hash(secret);
        var now = clock.Now();
        await using var db = databases.Open(Viewer.System);
        var found = await (from t in db.Set<ApiToken>().AsNoTracking()
                           join u in db.Set<User>().AsNoTracking() on t.UserId equals u.Id
                           where t.Hash == hash && (t.ExpiresAt == null || t.ExpiresAt > now) && u.ClosedAt == null
                           select new { t.Id, t.Permissions, t.LastUsedAt, User = u }).FirstOrDefaultAsync(cancel);
        if (found is null) return null;
        if (found.LastUsedAt is null || now - found.LastUsedAt >= UsedEvery) _ = UsedAsync(found.Id, now); // nobody waits for it
        var who = SignedInAs.Make(viewers.Of(found.User, found.Permissions?.Split(' ').ToHashSet()), found.Id);
        _recent.Keep(secret, who);
        return who;
    }

    /// <summary>Makes this instance look the account's tokens up again; the others do within five seconds.</summary>
    public void Forget(long userId) => _recent.ForgetUser(userId);

    private static string Hash(string secret) => Sessions.Hash(Encoding.ASCII.GetBytes(secret));

    private async Task UsedAsync(long id, DateTime now)
    {
        try
        {
            await using var db = databases.Open(Viewer.System);
            await db.InTransactionAsync(() => db.Set<ApiToken>().Where(t => t.Id == id).ExecuteUpdateAsync(s => s.SetProperty(t => t.LastUsedAt, now)));
        }
        catch (Exception e) { log.LogWarning(e, "The time a token was last used could not be written"); }
    }
}
