namespace Liaison.Kernel.Data;

/// <summary>
/// SQLite has one writer at a time. Writers of this process queue here, in order, instead of polling a locked file;
/// other processes are met by the busy timeout. On PostgreSQL the gate is open.
/// </summary>
public sealed class WriteGate(DatabaseSettings settings) : IDisposable
{
    private readonly SemaphoreSlim? _one = settings.Engine == Engine.Sqlite ? new(1, 1) : null;

    private long _generation;

    /// <summary>Goes up with every write of this process: what was counted under an older number may be out of date.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    internal async ValueTask<Turn> EnterAsync(CancellationToken cancel)
    {
        if (_one is not null) await _one.WaitAsync(cancel);
        return new Turn(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _one?.Dispose();

    private void Leave()
    {
        Interlocked.Increment(ref _generation);
        _one?.Release();
    }

    internal readonly struct Turn(WriteGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
