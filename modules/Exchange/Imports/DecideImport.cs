using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>Has the batches of an import decided and written, and keeps its counts; dispose it when the run ends, however it does.</summary>
internal sealed class DecideImport(JobRun run, ImportTarget target, Import import, Func<LiaisonDb> open, CancellationToken cancel) : IAsyncDisposable
{
    private readonly Pace _pace = new(run.Db, ImportAhead.BatchSize);
    private readonly ImportLanes _lanes = new(open);

    /// <summary>
    /// Decides a batch. It is written when this returns; or soon, beside the next ones, if it is apart and the database can. A row that is recognised by what an
    /// earlier one changed has to find it: an import that updates writes one after the other.
    /// </summary>
    public async Task DecideAsync(ImportBatch batch)
    {
        if (run.Db.Engine == Engine.PostgreSql && !batch.DryRun && batch.Options.Duplicates != "update") await DecideBesideAsync(batch);
        // In equal parts that people can wait for.
        else for (var done = 0; done < batch.Rows.Count;)
        {
            var (left, most) = (batch.Rows.Count - done, _pace.Next);
            var part = batch.Part(done, left / ((left + most - 1) / most));
            await _pace.InTransactionAsync(part.Rows.Count, async () =>
            {
                await HoldAsync(run.Db, part);
                await WriteAsync(run.Db, part, await target.DecideAsync(run.Db, part, cancel));
                return true;
            }, cancel);
            run.Db.ChangeTracker.Clear();
            done += part.Rows.Count;
        }
    }

    /// <summary>Waits until all that was decided is committed.</summary>
    public Task SettleAsync() => _lanes.SettleAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _lanes.DisposeAsync();

    private async Task DecideBesideAsync(ImportBatch batch)
    {
        var decision = await target.DecideAsync(run.Db, batch, cancel);
        if (decision.IsApart)
        {
            await decision.PlaceAsync(run.Db, cancel);
            await _lanes.WriteAsync((db, before) => db.InTransactionAsync(async () =>
            {
                await decision.WriteAsync(db, cancel);
                var outcomes = await RowsAsync(db, decision);
                await before;
                // The lease only now: to hold it means that nobody else can, not even the batch after this one.
                await HoldAsync(db, batch);
                await CountAsync(db, batch, outcomes);
            }, cancel), cancel);
            return;
        }
        await _lanes.SettleAsync();
        await run.Db.InTransactionAsync(async () =>
        {
            await HoldAsync(run.Db, batch);
            await WriteAsync(run.Db, batch, decision);
        }, cancel);
        run.Db.ChangeTracker.Clear();
    }

    // What a dry run decided is decided again by the next try.
    private Task HoldAsync(LiaisonDb db, ImportBatch batch) => run.HoldAsync(db, batch.DryRun ? null : import.Decided + batch.Rows.Count, cancel);

    private async Task WriteAsync(LiaisonDb db, ImportBatch batch, ImportDecision decision)
    {
        await decision.PlaceAsync(db, cancel);
        await decision.WriteAsync(db, cancel);
        await CountAsync(db, batch, await RowsAsync(db, decision));
    }

    private async Task<IReadOnlyList<ImportOutcome>> RowsAsync(LiaisonDb db, ImportDecision decision)
    {
        var outcomes = decision.Outcomes();
        await db.BulkInsertAsync(outcomes.Select(o => new ImportedRow
        {
            ImportId = import.Id, Number = o.Number, Result = o.Result, RecordId = o.RecordId, Name = o.Name, Details = o.Details,
        }).ToList(), cancel);
        return outcomes;
    }

    private async Task CountAsync(LiaisonDb db, ImportBatch batch, IReadOnlyList<ImportOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            switch (outcome.Result)
            {
                case ImportResult.Created: import.Created++; break;
                case ImportResult.Updated: import.Updated++; break;
                case ImportResult.Skipped: import.Skipped++; break;
                default: import.Failed++; break;
            }
        }
        import.Companies += batch.Companies;
        ImportNotice.Add(import, batch.Notices);
        await db.Set<Import>().Where(i => i.Id == import.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Created, import.Created).SetProperty(i => i.Updated, import.Updated)
            .SetProperty(i => i.Skipped, import.Skipped).SetProperty(i => i.Failed, import.Failed).SetProperty(i => i.Companies, import.Companies).SetProperty(i => i.Notices, import.Notices), cancel);
    }
}
