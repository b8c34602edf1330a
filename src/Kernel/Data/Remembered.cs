using System.Collections.Concurrent;

namespace Liaison.Kernel.Data;

/// <summary>
/// Figures that are asked for far more often than they change. What the viewer wrote is counted at once. What others wrote is counted as soon as a fiftieth of the
/// time goes into counting: at once where it is cheap, seldom where it is not. Other instances may write unnoticed, so no figure lasts. While one request counts
/// anew, others show the old figure. Of <paramref name="most"/> figures at once, and only of those that are worth it.
/// </summary>
public sealed class Remembered<TKey, T>(WriteGate gate, TimeProvider clock, int most = 5000, Func<T, bool>? isWorth = null) where TKey : notnull
{
    private const int Share = 50;
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
        var value = await count();
        if (isWorth?.Invoke(value) == false)
        {
            _known.TryRemove(key, out _);
            return value;
        }
        if (_known.Count > most) _known.Clear();
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
