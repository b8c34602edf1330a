namespace Liaison.Tests.Harness;

/// <summary>The server's clock: runs as the real one does, from wherever a test puts it, or stands still. Timers keep the real pace.</summary>
public sealed class FakeClock : TimeProvider
{
    private long _ahead;
    private long _stoppedAt;

    public override DateTimeOffset GetUtcNow() => new(Base + Interlocked.Read(ref _ahead), TimeSpan.Zero);

    /// <summary>What took a while took no time unless a test moves the clock.</summary>
    public override long GetTimestamp() => Interlocked.Read(ref _ahead);
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public DateTime Now => GetUtcNow().UtcDateTime;

    private long Base => Interlocked.Read(ref _stoppedAt) is var stopped and > 0 ? stopped : System.GetUtcNow().Ticks;

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ahead, span.Ticks);

    /// <summary>Puts the clock to a UTC moment.</summary>
    public void Set(DateTime utc) => Interlocked.Exchange(ref _ahead, utc.Ticks - Base);

    /// <summary>From now on it moves only when a test moves it.</summary>
    public void Stop() => Interlocked.Exchange(ref _stoppedAt, System.GetUtcNow().Ticks);
}
