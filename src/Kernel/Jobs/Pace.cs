using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Engines;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Kernel.Jobs;

/// <summary>
/// How many records of a kind background work writes in one transaction, at most <paramref name="most"/>. On SQLite everybody else waits meanwhile: while others write
/// too, as many as take a tenth of a second, told by the last ones. First only a few, since nobody knows yet. On PostgreSQL nobody waits.
/// </summary>
public sealed class Pace(LiaisonDb db, int most)
{
    private const int First = 8, Least = 40, Growth = 4;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100), Alone = TimeSpan.FromSeconds(10);
    private int _records;
    private TimeSpan _took;
    private long _version;
    private long? _others;

    /// <summary>How many records come next.</summary>
    public int Next
    {
        get
        {
            if (db.Engine != Engine.Sqlite) return most;
            if (_records == 0) return Part(First);
            double fitting = _records * Growth;
            if (_took > TimeSpan.Zero && _others is { } at && db.Clock.GetElapsedTime(at) < Alone) fitting = Math.Min(_records * (Turn / _took), fitting);
            return (int)Math.Clamp(fitting, Part(Least), most);
        }
    }

    /// <summary>Writes so many records in a transaction.</summary>
    public async Task<T> InTransactionAsync<T>(int records, Func<Task<T>> write, CancellationToken cancel)
    {
        var begun = 0L;
        var result = await db.InTransactionAsync(() =>
        {
            begun = db.Clock.GetTimestamp();
            LookForOthers(begun);
            return write();
        }, cancel);
        (_records, _took) = (records, db.Clock.GetElapsedTime(begun));
        return result;
    }

    private void LookForOthers(long now)
    {
        if (db.Engine != Engine.Sqlite) return;
        var version = ((KeptConnection)db.Database.GetDbConnection()).OthersVersion();
        if (_version != 0 && version != _version) _others = now;
        _version = version;
    }

    private int Part(int share) => Math.Max(most / share, 1);
}
