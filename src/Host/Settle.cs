using System.Diagnostics;
using System.Runtime.InteropServices;
using Liaison.Kernel.Data.Engines;

namespace Liaison.Host;

/// <summary>Gives back the memory that only work needed, once a while without work has come: after a start, an import, a busy hour.</summary>
internal static class Settle
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(4), Idle = TimeSpan.FromSeconds(0.2);
    private const long Worthwhile = 16 << 20;

    public static async Task WhenIdleAsync(CancellationToken stop)
    {
        using var process = Process.GetCurrentProcess();
        using var timer = new PeriodicTimer(Look);
        var (used, settledAt) = (TimeSpan.Zero, (Allocated: 0L, Resident: 0L));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                process.Refresh();
                var now = process.TotalProcessorTime;
                if (now - used < Idle && (GC.GetTotalAllocatedBytes() - settledAt.Allocated > Worthwhile || process.WorkingSet64 - settledAt.Resident > Worthwhile))
                {
                    GiveBack();
                    process.Refresh();
                    (now, settledAt) = (process.TotalProcessorTime, (GC.GetTotalAllocatedBytes(), process.WorkingSet64));
                }
                used = now;
            }
        }
        catch (OperationCanceledException) { }
    }

    private static void GiveBack()
    {
        SqliteTuning.ReleaseMemory();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux()) return;
        try { _ = Trim(0); }
        catch (EntryPointNotFoundException) { } // Not every C library has it.
    }

    // What native code (SQLite, compression) freed, the C library keeps until told otherwise.
    [DllImport("libc", EntryPoint = "malloc_trim"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint keep);
}
