using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Liaison.Kernel.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Liaison.Tests.Faults;

/// <summary>Keeps a server's database from working, for a while. On SQLite the file is locked by another program or its disk is full; PostgreSQL is stopped or frozen.</summary>
public abstract class Outage : IDisposable
{
    /// <summary>The kinds this run's engine knows.</summary>
    public static TheoryData<string> Kinds => TestDatabase.Engine == Engine.Sqlite ? ["locked", "full"] : ["stopped", "frozen"];

    public abstract void Begin(string kind);

    public abstract void End();

    public static Outage Of(TestDatabase database) => TestDatabase.Engine == Engine.Sqlite ? new FileOutage(database) : new ServerOutage(database);

    public abstract void Dispose();
}

/// <summary>A SQLite file.</summary>
internal sealed class FileOutage(TestDatabase database) : Outage
{
    private SqliteConnection? _other;

    /// <summary>Makes each connection of the server see a full disk, and wait shorter than it would.</summary>
    public Disk Interceptor { get; } = new();

    public override void Begin(string kind)
    {
        if (kind == "full") Interceptor.IsFull = true;
        else
        {
            _other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database.Settings.File, Pooling = false }.ToString());
            _other.Open();
            using var command = _other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
        }
    }

    public override void End()
    {
        Interceptor.IsFull = false;
        _other?.Dispose();
    }

    public override void Dispose() => End();

    internal sealed class Disk : DbCommandInterceptor, IDbConnectionInterceptor
    {
        private readonly ConditionalWeakTable<DbConnection, StrongBox<bool>> _told = [];

        public bool IsFull { get; set; }

        public void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => BeImpatient((SqliteConnection)connection);

        public Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            BeImpatient((SqliteConnection)connection);
            return Task.CompletedTask;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Tell(command);
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Tell(command);
            return new(result);
        }

        private static void BeImpatient(SqliteConnection connection)
        {
            connection.DefaultTimeout = 1;
            Execute(connection, null, "PRAGMA busy_timeout=500");
        }

        // SQLite takes a limit below the present size for the present size.
        private void Tell(DbCommand command)
        {
            command.CommandTimeout = 1;
            var told = _told.GetOrCreateValue(command.Connection!);
            if (told.Value == IsFull) return;
            told.Value = IsFull;
            Execute((SqliteConnection)command.Connection!, (SqliteTransaction?)command.Transaction, $"PRAGMA max_page_count={(IsFull ? 1 : 1_000_000_000)}");
        }

        private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
        {
            using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            command.ExecuteNonQuery();
        }
    }
}

/// <summary>A PostgreSQL server behind a line that can be cut or go silent.</summary>
internal sealed class ServerOutage : Outage
{
    private readonly List<(Socket Here, Socket There)> _lines = [];
    private readonly int _port;
    private TcpListener _listener;
    private volatile TaskCompletionSource? _silence;

    public ServerOutage(TestDatabase database)
    {
        _listener = Listen(0);
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        database.GoThrough(_port);
    }

    public override void Begin(string kind)
    {
        if (kind == "frozen")
        {
            _silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return;
        }
        _listener.Dispose();
        lock (_lines)
        {
            foreach (var (here, there) in _lines) { here.Dispose(); there.Dispose(); }
            _lines.Clear();
        }
    }

    public override void End()
    {
        if (_silence is { } silence)
        {
            _silence = null;
            silence.TrySetResult();
        }
        else _listener = Listen(_port);
    }

    public override void Dispose()
    {
        _silence?.TrySetResult();
        _listener.Dispose();
    }

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var here = await listener.AcceptSocketAsync();
                var there = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await there.ConnectAsync(IPAddress.Loopback, TestDatabase.Port);
                here.NoDelay = true;
                lock (_lines) _lines.Add((here, there));
                _ = PassOnAsync(here, there);
                _ = PassOnAsync(there, here);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { /* closed */ }
    }

    private async Task PassOnAsync(Socket from, Socket to)
    {
        var buffer = new byte[65536];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                if (_silence is { } silence) await silence.Task;
                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { /* cut */ }
        from.Dispose();
        to.Dispose();
    }
}
