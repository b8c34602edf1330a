using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Host;

/// <summary>Whether requests can be served: the database answers, and took the last write. A refused one is tried again here, so that the answer turns by itself.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<IResult> ReadyAsync(Databases databases, WriteGate gate, TimeProvider clock, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await Task.Run(() => LookAsync(databases, gate, clock, limit.Token), limit.Token).WaitAsync(Patience, limit.Token);
            return Results.Text("ready");
        }
        catch (Exception e)
        {
            return Results.Text(StorageFault.Of(e) switch { StorageFault.Full => "disk full", StorageFault.Disk => "disk failing", _ => "database not reachable" }, statusCode: 503);
        }
    }

    private static async Task LookAsync(Databases databases, WriteGate gate, TimeProvider clock, CancellationToken cancel)
    {
        await using var db = databases.Open(Viewer.System);
        if (gate.Trouble is null) await db.Set<Setting>().AnyAsync(cancel);
        else
        {
            // As much as needs room on the disk, then little again.
            foreach (var text in new[] { new string('0', 250_000), clock.GetUtcNow().ToString("O") })
            {
                await db.SetAsync("health.written", text, cancel);
                await db.SaveChangesAsync(cancel);
            }
        }
    }
}
