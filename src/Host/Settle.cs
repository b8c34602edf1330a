namespace Liaison.Host;

/// <summary>Once, when the first pages have been made after a start: gives back the memory that only starting needed.</summary>
internal sealed class Settle(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Soon, clock, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
