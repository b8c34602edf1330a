namespace Liaison.Host;

/// <summary>Once, when the first pages have been made after a start: gives back the memory that only starting needed.</summary>
internal static class Settle
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    public static async Task SoonAsync(CancellationToken stop)
    {
        try { await Task.Delay(Soon, stop); }
        catch (OperationCanceledException) { return; }
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
