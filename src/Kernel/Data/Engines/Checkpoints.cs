using Liaison.Kernel.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using SQLitePCL;

namespace Liaison.Kernel.Data.Engines;

/// <summary>
/// Copies what SQLite has written to its log into the file, beside those who read and write. Otherwise whoever commits when the log is long does it, while all other
/// writers wait: beside an import each user would copy what the import wrote.
/// </summary>
public sealed class Checkpoints(Databases databases, WriteGate gate, DatabaseSettings settings) : BackgroundService
{
    /// <summary>From so many pages on a writer copies the log itself: where no server runs, or the server does not keep up.</summary>
    public const int Longest = 12_000;

    // A log of so many pages is to begin anew; a shorter one can wait.
    private const int Long = 1_000;
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1), Seldom = TimeSpan.FromSeconds(8);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (pause, seen) = (Often, gate.Generation);
        while (settings.Engine == Engine.Sqlite && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (gate.Generation == seen || stoppingToken.IsCancellationRequested) continue;
            try { pause = await CopyAsync(stoppingToken) >= Long ? Often : Seldom; }
            catch (Exception) when (stoppingToken.IsCancellationRequested) { }
            // Whoever writes next meets the same fault, and it is told to them.
            catch (Exception e) when (e is TimeoutException || StorageFault.Of(e) is not null) { }
            seen = gate.Generation;
        }
    }

    // How many pages the log had.
    private async Task<int> CopyAsync(CancellationToken cancel)
    {
        await using var db = databases.Open(Viewer.System);
        await db.Database.OpenConnectionAsync(cancel);
        var handle = ((KeptConnection)db.Database.GetDbConnection()).Handle!;
        var (all, left) = Copy(handle);
        if (left > Long) (_, left) = Copy(handle);
        // The log only begins anew when all of it was copied: what was written meanwhile, while nobody writes.
        if (left > 0 && all >= Long) await gate.WriteAsync(0, isAwaited: false, () => Task.FromResult(Copy(handle)), cancel);
        return all;
    }

    private static (int All, int Left) Copy(sqlite3 handle)
    {
        _ = raw.sqlite3_wal_checkpoint_v2(handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var all, out var copied);
        return (Math.Max(all, 0), Math.Max(all - copied, 0));
    }
}
