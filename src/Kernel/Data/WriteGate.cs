namespace Liaison.Kernel.Data;

/// <summary>
/// SQLite has one writer at a time. Writers of this process queue here, in order, instead of polling a locked file;
/// other processes are met by the busy timeout. On PostgreSQL the gate is open.
/// </summary>
public sealed class WriteGate(DatabaseSettings settings) : IDisposable
{
    private readonly SemaphoreSlim? _one = settings.Engine == Engine.Sqlite ? new(1, 1) : null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private long _generation;

    /// <summary>Why the last write was refused by the storage (disk full, locked, damaged, unreachable); null once one was accepted again.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Goes up with every write of this process: what was counted under an older number may be out of date.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    private async ValueTask<Turn> EnterAsync(CancellationToken cancel)
    {
        if (_one is not null && !await _one.WaitAsync(Patience, cancel)) throw new TimeoutException("Other writers did not finish in time.");
        return new Turn(this);
    }

    /// <summary>Runs a write and notes whether the storage took it.</summary>
    internal async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancel)
    {
        using var turn = await EnterAsync(cancel);
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

    private void Leave()
    {
        Interlocked.Increment(ref _generation);
        _one?.Release();
    }

    private readonly struct Turn(WriteGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
