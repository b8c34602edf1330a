using System.Threading.Channels;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>A batch that is ready to be written; or decided by an earlier try, so that it is only to be remembered.</summary>
internal readonly record struct ReadyBatch(ImportBatch Batch, bool IsDecided);

/// <summary>
/// What goes on beside the writing: one thread reads and prepares rows, another looks up on a connection of its own what the next batch is compared with. The
/// writer's connection, which can only do one thing at a time, is left with the writing.
/// </summary>
internal static class ImportAhead
{
    // Long enough to spread the cost of a look-up and a commit.
    public const int BatchSize = 1000;
    // A batch waits while one is written and one is worked on; more would only be more to keep in memory.
    private const int Ahead = 1;

    /// <summary>Starts it; the work ends when all batches were handed over, with a fault, or when cancelled.</summary>
    public static (ChannelReader<ReadyBatch> Batches, Task Work) Start(IEnumerable<ImportRow> rows, long decided, ImportTarget target, Func<IReadOnlyList<ImportRow>, ImportBatch> batchOf, Func<LiaisonDb> open, CancellationToken cancel)
    {
        var (read, ready) = (Channel.CreateBounded<List<ImportRow>>(Ahead), Channel.CreateBounded<ReadyBatch>(Ahead));
        var reading = Task.Run(() => ReadAsync(rows, decided, read.Writer, cancel), CancellationToken.None);
        var looking = Task.Run(() => LookUpAsync(read.Reader, decided, target, batchOf, open, ready.Writer, cancel), CancellationToken.None);
        return (ready.Reader, Task.WhenAll(reading, looking));
    }

    // The rows decided before a restart come in batches of their own, so that none is half known and half new.
    private static async Task ReadAsync(IEnumerable<ImportRow> rows, long decided, ChannelWriter<List<ImportRow>> batches, CancellationToken cancel)
    {
        try
        {
            var batch = new List<ImportRow>(BatchSize);
            foreach (var row in rows)
            {
                batch.Add(row);
                decided--;
                if (batch.Count < BatchSize && decided != 0) continue;
                await batches.WriteAsync(batch, cancel);
                batch = new List<ImportRow>(BatchSize);
            }
            if (batch.Count > 0) await batches.WriteAsync(batch, cancel);
            batches.Complete();
        }
        catch (Exception e) { batches.Complete(e); }
    }

    private static async Task LookUpAsync(ChannelReader<List<ImportRow>> read, long decided, ImportTarget target, Func<IReadOnlyList<ImportRow>, ImportBatch> batchOf, Func<LiaisonDb> open,
        ChannelWriter<ReadyBatch> ready, CancellationToken cancel)
    {
        try
        {
            await using var db = open();
            await db.Database.OpenConnectionAsync(cancel);
            await foreach (var rows in read.ReadAllAsync(cancel))
            {
                var (batch, isDecided) = (batchOf(rows), decided > 0);
                decided -= rows.Count;
                if (!isDecided) await target.LookUpAsync(db, batch, cancel);
                await ready.WriteAsync(new(batch, isDecided), cancel);
            }
            ready.Complete();
        }
        catch (Exception e) { ready.Complete(e); }
    }
}
