using System.Collections.Concurrent;

namespace Liaison.Kernel.Data;

/// <summary>
/// Figures that are asked for far more often than they change. What the viewer wrote is counted at once. What others wrote is counted as soon as a fiftieth of the
/// time goes into counting: at once where it is cheap, seldom where it is not. Other instances may write unnoticed, so no figure lasts. While one request counts
/// anew, others show the old figure.
/// </summary>
public sealed class Remembered<TKey, T>(WriteGate gate, TimeProvider clock) where TKey : notnull
{
    private const int Most = 5000, Share = 50;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5), Longest = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<TKey, Figure> _known = new();

    /// <summary>The figure of this name, remembered or counted now; <paramref name="holds"/> tells how long it holds whatever is written.</summary>
    public async Task<T> OfAsync(LiaisonDb db, TKey key, Func<Task<T>> count, Func<T, TimeSpan>? holds = null)
    {
        var (all, own, begun) = (gate.Generation, gate.GenerationOf(db.ViewerId), clock.GetTimestamp());
        if (_known.TryGetValue(key, out var known))
        {
            var (age, fresh) = (clock.GetElapsedTime(known.At), holds?.Invoke(known.Value) ?? TimeSpan.Zero);
            if (known.Own == own) fresh = Later(fresh, known.Price);
            if (known.All == all) fresh = Later(fresh, Fresh);
            if (age < fresh || (age < fresh * 2 && !known.Renew())) return known.Value;
        }
        if (_known.Count > Most) _known.Clear();
        var value = await count();
        var price = clock.GetElapsedTime(begun) * Share;
        _known[key] = new(value, all, own, clock.GetTimestamp(), price < Longest ? price : Longest);
        return value;
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed record Figure(T Value, long All, long Own, long At, TimeSpan Price)
    {
        private int _renewing;

        // True for the first who asks.
        public bool Renew() => Interlocked.Exchange(ref _renewing, 1) == 0;
    }
}
