using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Liaison.Kernel.Data;

/// <summary>Sets each new SQLite connection up once: write-ahead log, durable commits, waiting instead of failing when locked.</summary>
internal sealed class SqliteTuning : DbConnectionInterceptor
{
    private const int StablePlans = 1007; // SQLITE_DBCONFIG_ENABLE_QPSG

    /// <summary>Each connection keeps 16 MB of pages. The file is not mapped into memory: an error of the disk would end the program instead of the request.</summary>
    public const string Cache = "PRAGMA cache_size=-16384;";

    private readonly ConditionalWeakTable<object, object> _done = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tune(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tune(connection);
        return Task.CompletedTask;
    }

    private void Tune(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (!_done.TryAdd(handle, handle)) return;
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=15000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; " + Cache + " PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;";
        command.ExecuteNonQuery();
        // Plans do not depend on the values of parameters: what is prepared stays prepared.
        SQLitePCL.raw.sqlite3_db_config(handle, StablePlans, 1, out _);
    }
}
