using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>Takes an import back, step by step; goes on where it stopped.</summary>
public sealed class UndoImport(IEnumerable<ImportTarget> targets) : IJobHandler
{
    private const int Step = 500;

    /// <inheritdoc/>
    public string Kind => "import.undo";

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var (db, id) = (run.Db, run.Payload<ImportTask>().ImportId);
        var import = await db.Set<Import>().AsNoTracking().SingleAsync(i => i.Id == id, cancel);
        var target = targets.Single(t => t.Key == import.Target);
        while (import.State == ImportState.Undoing)
        {
            await db.InTransactionAsync(async () =>
            {
                await run.HoldAsync(import.UndoPlace ?? "", cancel);
                var step = await target.UndoAsync(db, id, import.UndoPlace, Step, cancel);
                db.ChangeTracker.Clear();
                import = await db.Set<Import>().SingleAsync(i => i.Id == id, cancel);
                if (step is null)
                {
                    import.State = ImportState.Undone;
                    import.FinishedAt = db.Clock.Now();
                    db.Record("import.undone", "import", id, new { import.FileName, import.Kept });
                }
                else
                {
                    import.UndoPlace = step.Place;
                    import.Kept += step.Kept.Count;
                    foreach (var kept in step.Kept) db.Record("import.kept", "import", id, kept);
                }
                await db.SaveChangesAsync(cancel);
            }, cancel);
            db.ChangeTracker.Clear();
        }
    }

    /// <inheritdoc/>
    public Task GiveUpAsync(JobRun run, string why, CancellationToken cancel) => RunImport.StopAsync(run, ImportState.Undoing, ImportState.Failed, why, cancel);
}
