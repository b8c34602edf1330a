using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>Takes an import back, step by step; goes on where it stopped.</summary>
public sealed class UndoImport(IEnumerable<ImportTarget> targets) : IJobHandler
{
    private const int Most = 500;

    /// <inheritdoc/>
    public string Kind => "import.undo";

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var (db, id) = (run.Db, run.Payload<ImportTask>().ImportId);
        var import = await db.Set<Import>().AsNoTracking().SingleAsync(i => i.Id == id, cancel);
        var target = targets.Single(t => t.Key == import.Target);
        var pace = new Pace(db, Most);
        while (import.State == ImportState.Undoing)
        {
            var count = pace.Next;
            import = await pace.InTransactionAsync(count, async () =>
            {
                await run.HoldAsync(import.UndoPlace ?? "", cancel);
                var step = await target.UndoAsync(db, id, import.UndoPlace, count, cancel);
                db.ChangeTracker.Clear();
                var now = await db.Set<Import>().SingleAsync(i => i.Id == id, cancel);
                if (step is null)
                {
                    now.State = ImportState.Undone;
                    now.FinishedAt = db.Clock.Now();
                    db.Record("import.undone", "import", id, new { now.FileName, now.Kept });
                }
                else
                {
                    now.UndoPlace = step.Place;
                    now.Kept += step.Kept.Count;
                    foreach (var kept in step.Kept) db.Record("import.kept", "import", id, kept);
                }
                await db.SaveChangesAsync(cancel);
                return now;
            }, cancel);
            db.ChangeTracker.Clear();
        }
    }

    /// <inheritdoc/>
    public Task GiveUpAsync(JobRun run, string why, CancellationToken cancel) => RunImport.StopAsync(run, ImportState.Undoing, ImportState.Failed, why, cancel);
}
