using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>
/// Writes batches that are apart from each other at the same time, each in a transaction on a connection of its own: one connection keeps only one processor of
/// PostgreSQL busy. They commit in the order of the file, so that what is done is always its beginning.
/// </summary>
internal sealed class ImportLanes(Func<LiaisonDb> open) : IAsyncDisposable
{
    private const int Count = 2;
    private readonly LiaisonDb?[] _databases = new LiaisonDb?[Count];
    private readonly Task[] _work = [.. Enumerable.Repeat(Task.CompletedTask, Count)];
    private Task _last = Task.CompletedTask;
    private int _next;

    /// <summary>
    /// Begins to write as soon as a lane is free; the work gets its database and, to wait for before it commits, the one before it.
    /// </summary>
    /// <exception cref="Exception">What went wrong in an earlier one.</exception>
    public async Task WriteAsync(Func<LiaisonDb, Task, Task> work, CancellationToken cancel)
    {
        var lane = _next;
        _next = (_next + 1) % Count;
        await _work[lane];
        if (_databases[lane] is not { } db) await (db = _databases[lane] = open()).Database.OpenConnectionAsync(cancel);
        var before = _last;
        _last = _work[lane] = Task.Run(() => work(db, before), CancellationToken.None);
    }

    /// <summary>Waits until all is committed.</summary>
    /// <exception cref="Exception">What went wrong.</exception>
    public Task SettleAsync() => _last;

    /// <summary>Waits for what is under way, however it ends.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var work in _work) await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var db in _databases) if (db is not null) await db.DisposeAsync();
    }
}
