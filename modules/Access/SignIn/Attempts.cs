using System.Text;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>
/// Slows guessing down per account: after five failures the next try waits 1 s, then 2 s, 4 s … at most a minute. An attempt is
/// counted before its password is looked at, so that guesses in parallel gain nothing. Unknown names are counted alike.
/// </summary>
public sealed class Attempts(Databases databases, TimeProvider clock)
{
    private const int Free = 5;
    private const int LongestWait = 60;
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>Counts an attempt; returns how long it must wait instead, zero when it may go on.</summary>
    public async Task<TimeSpan> BeginAsync(string key, CancellationToken cancel)
    {
        key = Hash(key);
        await using var db = databases.Open(Viewer.System);
        for (; ; )
        {
            var now = clock.Now();
            var known = await db.Set<SignInAttempt>().AsNoTracking().FirstOrDefaultAsync(a => a.Key == key, cancel);
            if (known?.BlockedUntil > now) return known.BlockedUntil - now;
            var failures = known is null || now - known.At > Forgotten ? 1 : known.Failures + 1;
            var until = now + Wait(failures);
            var counted = await db.InTransactionAsync(async () =>
            {
                await db.Set<SignInAttempt>().Where(a => a.At < now - Forgotten && a.Key != key).ExecuteDeleteAsync(cancel);
                return known is null
                    ? await db.Database.ExecuteSqlAsync($"INSERT INTO sign_in_attempt (key, failures, blocked_until, at) VALUES ({key}, {failures}, {Stored(db, until)}, {Stored(db, now)}) ON CONFLICT DO NOTHING", cancel)
                    : await db.Set<SignInAttempt>().Where(a => a.Key == key && a.Failures == known.Failures && a.At == known.At).ExecuteUpdateAsync(s => s
                        .SetProperty(a => a.Failures, failures).SetProperty(a => a.BlockedUntil, until).SetProperty(a => a.At, now), cancel);
            }, cancel);
            if (counted > 0) return TimeSpan.Zero;
        }
    }

    /// <summary>Forgets the failures after a right password.</summary>
    public async Task SucceedAsync(string key, CancellationToken cancel)
    {
        key = Hash(key);
        await using var db = databases.Open(Viewer.System);
        await db.InTransactionAsync(() => db.Set<SignInAttempt>().Where(a => a.Key == key).ExecuteDeleteAsync(cancel), cancel);
    }

    private static TimeSpan Wait(int failures) =>
        failures < Free ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestWait, 1L << Math.Min(failures - Free, 20)));

    private static object Stored(LiaisonDb db, DateTime moment) => db.Engine == Engine.Sqlite ? (moment.Ticks - DateTime.UnixEpoch.Ticks) / 10 : moment;

    private static string Hash(string key) => Sessions.Hash(Encoding.UTF8.GetBytes(key));
}
