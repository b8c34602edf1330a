namespace Liaison.Kernel.Data;

/// <summary>
/// SQLite has one writer at a time. Writers of this process queue here, in order, instead of polling a locked file;
/// other processes are met by the busy timeout. On PostgreSQL the gate is open.
/// </summary>
public sealed class WriteGate(DatabaseSettings settings) : IDisposable
{
    private readonly SemaphoreSlim? _one = settings.Engine == Engine.Sqlite ? new(1, 1) : null;

    internal async ValueTask<Turn> EnterAsync(CancellationToken cancel)
    {
        if (_one is not null) await _one.WaitAsync(cancel);
        return new Turn(_one);
    }

    /// <inheritdoc/>
    public void Dispose() => _one?.Dispose();

    internal readonly struct Turn(SemaphoreSlim? one) : IDisposable
    {
        public void Dispose() => one?.Release();
    }
}
