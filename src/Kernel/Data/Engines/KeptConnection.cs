using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Liaison.Kernel.Data.Engines;

/// <summary>
/// A connection to SQLite that stays open with what it has prepared until it is disposed: it goes back to the pool with its context. Preparing a statement
/// costs as much as running it, and a page sends the same dozen each time.
/// </summary>
internal sealed class KeptConnection(string connectionString) : SqliteConnection(connectionString)
{
    private const int Most = 150, LongestText = 20_000;
    private const int EnableTrigger = 1003; // SQLITE_DBCONFIG_ENABLE_TRIGGER
    private readonly Dictionary<string, KeptCommand> _commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(StringComparer.Ordinal);
    private bool _isDisposed;

    // Before the first connection of the process: the sum of all memory in use, which nobody asks for, would cost a lock with each piece of it.
    static KeptConnection()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>Whether triggers are left out at the moment.</summary>
    public bool HasNoTriggers { get; private set; }

    /// <summary>Leaves triggers out until disposed; null when they are already. SQLite prepares all statements again, twice.</summary>
    public IDisposable? WithoutTriggers() => HasNoTriggers ? null : new TriggersOff(this);

    /// <summary>Takes back what was not committed; the file stays open.</summary>
    public override void Close()
    {
        if (_isDisposed) { base.Close(); return; }
        // A reader that somebody left open would keep the log from being emptied.
        Forget(c => c.IsInUse);
        Transaction?.Dispose();
    }

    /// <summary>
    /// Why SQLite took the transaction back by itself, as it does when it finds no room at the end of a statement; the provider only notices at the next one.
    /// Null when it did not.
    /// </summary>
    public SqliteException? TookBack(Exception noticed)
    {
        if (State != System.Data.ConnectionState.Open || raw.sqlite3_get_autocommit(Handle) == 0) return null;
        var code = raw.sqlite3_extended_errcode(Handle);
        if ((code & 0xff) is not (raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY or raw.SQLITE_NOMEM)) return null;
        return new SqliteException($"SQLite Error {code & 0xff}: '{raw.sqlite3_errmsg(Handle).utf8_to_string()}'. {noticed.Message}", code & 0xff, code);
    }

    /// <summary>The command of the same text that is prepared already; itself when there is none or it should not be kept.</summary>
    public SqliteCommand Prepared(SqliteCommand command)
    {
        var text = command.CommandText;
        if (State != System.Data.ConnectionState.Open || !IsKept(text)) return command;
        if (!_commands.TryGetValue(text, out var kept))
        {
            if (_commands.Count >= Most) Forget(c => !c.IsInUse);
            _commands[text] = kept = new KeptCommand { Connection = this, CommandText = text };
        }
        if (kept.IsInUse) return command;
        kept.TakeOver(command);
        return kept;
    }

    /// <summary>A statement of SQLite itself, prepared once for each text; whoever uses it resets it.</summary>
    public sqlite3_stmt Statement(string text)
    {
        if (_statements.TryGetValue(text, out var kept)) return kept;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(Handle, text, raw.SQLITE_PREPARE_PERSISTENT, out var made), Handle);
        return _statements[text] = made;
    }

    /// <summary>Another number each time somebody else has written to the file, from this process or another one.</summary>
    public long OthersVersion()
    {
        var statement = Statement("PRAGMA data_version");
        var code = raw.sqlite3_step(statement);
        var version = code == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : 0;
        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_ROW) SqliteException.ThrowExceptionForRC(code, Handle);
        return version;
    }

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        if (disposing)
        {
            Forget(_ => true);
            foreach (var statement in _statements.Values) statement.Dispose();
            _statements.Clear();
        }
        base.Dispose(disposing);
    }

    private sealed class TriggersOff : IDisposable
    {
        private readonly KeptConnection _connection;

        public TriggersOff(KeptConnection connection)
        {
            (_connection, connection.HasNoTriggers) = (connection, true);
            _ = raw.sqlite3_db_config(connection.Handle, EnableTrigger, 0, out _);
        }

        public void Dispose()
        {
            _ = raw.sqlite3_db_config(_connection.Handle, EnableTrigger, 1, out _);
            _connection.HasNoTriggers = false;
        }
    }

    private static bool IsKept(string text) => text.Length < LongestText && (Starts(text, "SELECT") || Starts(text, "INSERT") || Starts(text, "UPDATE") || Starts(text, "DELETE"));

    private static bool Starts(string text, string word) => text.StartsWith(word, StringComparison.Ordinal);

    private void Forget(Predicate<KeptCommand> which)
    {
        foreach (var (text, command) in _commands)
        {
            if (!which(command)) continue;
            _commands.Remove(text);
            command.Forget();
        }
    }
}

/// <summary>A command that stays prepared when it is disposed, until its connection forgets it.</summary>
internal sealed class KeptCommand : SqliteCommand
{
    private bool _isForgotten;

    public bool IsInUse { get; private set; }

    /// <summary>Stands in for another command of the same text: takes its parameters.</summary>
    public void TakeOver(SqliteCommand command)
    {
        IsInUse = true;
        Transaction = command.Transaction;
        CommandTimeout = command.CommandTimeout;
        foreach (SqliteParameter parameter in command.Parameters) Parameters.Add(parameter);
        command.Dispose();
    }

    public void Forget()
    {
        _isForgotten = true;
        Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (!_isForgotten && disposing) (Transaction, IsInUse) = (null, false);
        else base.Dispose(disposing);
        if (disposing) Parameters.Clear();
    }
}

/// <summary>Gives each context such a connection, and closes them all at the end: only then SQLite empties its log into the file.</summary>
internal sealed class KeptConnections(DatabaseSettings settings) : DbCommandInterceptor, IDbConnectionInterceptor, IDisposable
{
    private readonly ConcurrentDictionary<KeptConnection, bool> _all = new();

    public InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result)
    {
        var connection = new KeptConnection(settings.ConnectionString);
        _all[connection] = true;
        connection.Disposed += (_, _) => _all.TryRemove(connection, out var _);
        return InterceptionResult<DbConnection>.SuppressWithResult(connection);
    }

    public void Dispose()
    {
        foreach (var connection in _all.Keys) connection.Dispose();
    }

    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) =>
        result is SqliteCommand { Connection: KeptConnection connection } command ? connection.Prepared(command) : result;
}
