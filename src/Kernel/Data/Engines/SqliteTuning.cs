using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Liaison.Kernel.Data.Engines;

/// <summary>Sets each new SQLite connection up once: write-ahead log, durable commits, waiting instead of failing when locked.</summary>
public sealed class SqliteTuning : DbConnectionInterceptor
{
    private const int StablePlans = 1007; // SQLITE_DBCONFIG_ENABLE_QPSG

    /// <summary>Each connection keeps 16 MB of pages. The file is not mapped into memory: an error of the disk would end the program instead of the request.</summary>
    public const string Cache = "PRAGMA cache_size=-16384;";

    /// <summary>
    /// So many entries of an index are looked at to estimate how many are alike: after a thousand, a city and a status would seem to hold as many contacts, and the list of one
    /// city's contacts of a status would walk through all of that status.
    /// </summary>
    public const string Analysis = "PRAGMA analysis_limit=100000;";

    private static readonly ConditionalWeakTable<sqlite3, object> Tuned = [];

    /// <summary>Lets every open connection drop the pages it keeps and does not use at this moment.</summary>
    public static void ReleaseMemory()
    {
        foreach (var (handle, _) in Tuned)
        {
            try { _ = raw.sqlite3_exec(handle, "PRAGMA shrink_memory"); }
            catch (ObjectDisposedException) { } // Closed meanwhile.
        }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tune(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tune(connection);
        return Task.CompletedTask;
    }

    private void Tune(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (!Tuned.TryAdd(handle, handle)) return;
        using var command = connection.CreateCommand();
        command.CommandText = FormattableString.Invariant($"PRAGMA busy_timeout=15000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint={Checkpoints.Longest}; {Cache} PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;");
        command.ExecuteNonQuery();
        // Plans do not depend on the values of parameters: what is prepared stays prepared.
        raw.sqlite3_db_config(handle, StablePlans, 1, out _);
    }
}
