using System.Collections.Concurrent;

namespace Liaison.Kernel.Data;

/// <summary>
/// SQLite has one writer at a time. Writers of this process queue here, in order, instead of polling a locked file;
/// other processes are met by the busy timeout. On PostgreSQL the gate is open.
/// </summary>
public sealed class WriteGate(DatabaseSettings settings) : IDisposable
{
    private readonly SemaphoreSlim? _one = settings.Engine == Engine.Sqlite ? new(1, 1) : null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<long, long> _own = new();
    private long _generation;

    /// <summary>Why the last write was refused by the storage (disk full, locked, damaged, unreachable); null once one was accepted again.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Goes up with every write of this process: what was counted under an older number may be out of date.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>The same for the writes of one user.</summary>
    public long GenerationOf(long user) => _own.GetValueOrDefault(user);

    private async ValueTask<Turn> EnterAsync(long user, CancellationToken cancel)
    {
        if (_one is not null && !await _one.WaitAsync(Patience, cancel)) throw new TimeoutException("Other writers did not finish in time.");
        return new Turn(this, user);
    }

    /// <summary>Runs a write of a user and notes whether the storage took it.</summary>
    internal async Task<T> WriteAsync<T>(long user, Func<Task<T>> write, CancellationToken cancel)
    {
        using var turn = await EnterAsync(user, cancel);
        try
        {
            var result = await write();
            Trouble = null;
            return result;
        }
        catch (Exception e) when (StorageFault.Of(e) is not null)
        {
            Trouble = e;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one?.Dispose();

    private void Leave(long user)
    {
        _own.AddOrUpdate(user, 1, static (_, count) => count + 1);
        Interlocked.Increment(ref _generation);
        _one?.Release();
    }

    private readonly struct Turn(WriteGate gate, long user) : IDisposable
    {
        public void Dispose() => gate.Leave(user);
    }
}
