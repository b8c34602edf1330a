using Liaison.Kernel.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Liaison.Kernel.Data.Engines;

/// <summary>
/// Puts what was written since into PostgreSQL's trigram indexes. These gather new entries in a list of up to 4 MB, which each search reads from end to end: at a million contacts
/// it cost more than the index itself. Left to PostgreSQL, the list is only emptied when it is full, by whoever writes then, or by a vacuum.
/// </summary>
public sealed class PendingEntries(Databases databases, WriteGate gate, DatabaseSettings settings) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? seen = null;
        while (settings.Engine == Engine.PostgreSql && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = gate.Generation;
            if (now == seen || stoppingToken.IsCancellationRequested) continue;
            try
            {
                await using var db = databases.Open(Viewer.System);
                await PutInAsync(db, stoppingToken);
                seen = now;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested) { }
            // Only a matter of speed; it is tried again.
            catch (Exception e) when (e is TimeoutException || StorageFault.Of(e) is not null) { }
        }
    }

    /// <summary>Empties the lists of all such indexes that this user of PostgreSQL owns; how many pages they had. Nothing on SQLite.</summary>
    public static async Task<long> PutInAsync(LiaisonDb db, CancellationToken cancel) => db.Engine == Engine.Sqlite ? 0 : await db.Database.SqlQueryRaw<long>("""
        SELECT coalesce(sum(gin_clean_pending_list(c.oid)), 0)::bigint AS "Value" FROM pg_class c JOIN pg_am a ON a.oid = c.relam
            WHERE a.amname = 'gin' AND c.relkind = 'i' AND c.relnamespace = current_schema()::regnamespace AND pg_has_role(c.relowner, 'USAGE')
        """).SingleAsync(cancel);
}
