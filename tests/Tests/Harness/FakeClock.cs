namespace Liaison.Tests.Harness;

/// <summary>The server's clock: runs as the real one does, from wherever a test puts it, or stands still. Timers keep the real pace.</summary>
public sealed class FakeClock : TimeProvider
{
    private long _ahead;
    private long _stoppedAt;

    public override DateTimeOffset GetUtcNow() => new(Base + Interlocked.Read(ref _ahead), TimeSpan.Zero);

    public DateTime Now => GetUtcNow().UtcDateTime;

    private long Base => Interlocked.Read(ref _stoppedAt) is var stopped and > 0 ? stopped : System.GetUtcNow().Ticks;

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ahead, span.Ticks);

    /// <summary>Puts the clock to a UTC moment.</summary>
    public void Set(DateTime utc) => Interlocked.Exchange(ref _ahead, utc.Ticks - Base);

    /// <summary>From now on it moves only when a test moves it.</summary>
    public void Stop() => Interlocked.Exchange(ref _stoppedAt, System.GetUtcNow().Ticks);
}
