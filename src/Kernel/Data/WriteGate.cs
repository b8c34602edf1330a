using System.Collections.Concurrent;

namespace Liaison.Kernel.Data;

/// <summary>
/// SQLite has one writer at a time. Writers of this process queue here instead of polling a locked file, those for whom somebody waits first;
/// other processes are met by the busy timeout. On PostgreSQL the gate is open.
/// </summary>
public sealed class WriteGate(DatabaseSettings settings)
{
    private readonly WriteQueue? _queue = settings.Engine == Engine.Sqlite ? new() : null;

    private readonly ConcurrentDictionary<long, long> _own = new();
    private long _generation;

    /// <summary>Why the last write was refused by the storage (disk full, locked, damaged, unreachable); null once one was accepted again.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Goes up with every write of this process: what was counted under an older number may be out of date.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>The same for the writes of one user.</summary>
    public long GenerationOf(long user) => _own.GetValueOrDefault(user);

    /// <summary>Runs a write of a user, for which somebody waits or not, and notes whether the storage took it.</summary>
    internal async Task<T> WriteAsync<T>(long user, bool isAwaited, Func<Task<T>> write, CancellationToken cancel)
    {
        if (_queue is not null) await _queue.EnterAsync(isAwaited, cancel);
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
        finally
        {
            _own.AddOrUpdate(user, 1, static (_, count) => count + 1);
            Interlocked.Increment(ref _generation);
            _queue?.Leave();
        }
    }
}
