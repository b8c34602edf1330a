namespace Liaison.Tests.Harness;

/// <summary>The server's clock: runs as the real one does, from wherever a test puts it. Timers keep the real pace.</summary>
public sealed class FakeClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public DateTime Now => GetUtcNow().UtcDateTime;

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ahead, span.Ticks);

    /// <summary>Puts the clock to a UTC moment.</summary>
    public void Set(DateTime utc) => Interlocked.Exchange(ref _ahead, utc.Ticks - System.GetUtcNow().Ticks);
}
