using System.Text.Json;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Liaison.Kernel.Files;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>What the job works on.</summary>
public sealed record ImportTask(long ImportId, bool DryRun);

/// <summary>
/// Runs an import (or its dry run) batch by batch: some rows of a batch, their results, the counts and the lease commit together, so a kill loses none
/// that were counted and repeats none; the next run goes on behind the last row counted. While a batch is written the next ones are read and looked up.
/// </summary>
public sealed class RunImport(IEnumerable<ImportTarget> targets, Databases databases) : IJobHandler
{
    private const int MostRemoved = 20_000;

    /// <inheritdoc/>
    public string Kind => "import.run";

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var task = run.Payload<ImportTask>();
        var import = await run.Db.Set<Import>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == task.ImportId, cancel) ?? throw new JobFailedException("The import is gone.");
        if (import.State != (task.DryRun ? ImportState.Checking : ImportState.Running)) return;
        await using var connection = await BulkConnection.OpenAsync(run.Db, cancel);
        await using var file = await CopyAsync(run.Db, import, cancel);
        await RunAsync(run, task, import, file, connection, cancel);
    }

    /// <inheritdoc/>
    public Task GiveUpAsync(JobRun run, string why, CancellationToken cancel) => run.Payload<ImportTask>().DryRun
        ? StopAsync(run, ImportState.Checking, ImportState.Mapping, why, cancel) : StopAsync(run, ImportState.Running, ImportState.Failed, why, cancel);

    /// <summary>Notes the fault that stopped the import.</summary>
    internal static Task StopAsync(JobRun run, ImportState from, ImportState to, string why, CancellationToken cancel)
    {
        var id = run.Payload<ImportTask>().ImportId;
        return run.Db.InTransactionAsync(() => run.Db.Set<Import>().IgnoreQueryFilters().Where(i => i.Id == id && i.State == from)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.State, to).SetProperty(i => i.Error, why), cancel), cancel);
    }

    private async Task RunAsync(JobRun run, ImportTask task, Import import, FileStream file, BulkConnection connection, CancellationToken cancel)
    {
        var target = targets.Single(t => t.Key == import.Target);
        var shape = JsonSerializer.Deserialize<FileShape>(import.Shape, Journaling.Json)!;
        var options = JsonSerializer.Deserialize<ImportOptions>(import.Options, Journaling.Json)!;
        var memory = new Dictionary<string, object>(StringComparer.Ordinal);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await HoldWhileAsync(run, Task.Run(() => target.Survey(Watched(target.ReadForSurvey(file, shape, options.Mapping), stop.Token), import.Rows, memory), stop.Token), stop);
        // A dry run keeps what it decided in memory, so it starts again from the beginning; a real one goes on behind what is in the database.
        if (task.DryRun || import.Decided == 0) await ForgetAsync(run, import, cancel);
        var dateOrder = DateSigns.Order(file, shape, options.Mapping);
        ImportBatch Batch(IReadOnlyList<ImportRow> rows) => new() { ImportId = import.Id, FileName = import.FileName, DryRun = task.DryRun, DateOrder = dateOrder, Options = options, Rows = rows, Memory = memory };
        var whole = Batch([]);
        await target.BeginAsync(run.Db, whole, cancel);
        var rows = target.Read(file, shape, options.Mapping).Select(row => target.Prepare(row, whole));
        var decided = new DecideImport(run, target, import, () => databases.Open(run.Db.Viewer), cancel);
        var (batches, ahead) = ImportAhead.Start(rows, import.Decided, target, Batch, () => databases.Open(run.Db.Viewer), stop.Token);
        try
        {
            await using (decided)
            {
                await foreach (var (batch, isDecided) in batches.ReadAllAsync(cancel))
                {
                    if (isDecided) await run.Db.InTransactionAsync(async () => { await run.HoldAsync(null, cancel); await target.RememberAsync(run.Db, batch, cancel); }, cancel);
                    else await decided.DecideAsync(batch);
                    if (!task.DryRun) await connection.LookAgainAsync(import.Created, cancel);
                }
                await decided.SettleAsync();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ahead;
        }
        await FinishAsync(run, task, import, cancel);
    }

    private static Task FinishAsync(JobRun run, ImportTask task, Import import, CancellationToken cancel) => run.Db.InTransactionAsync(async () =>
    {
        await run.HoldAsync(null, cancel);
        var tracked = await run.Db.Set<Import>().SingleAsync(i => i.Id == import.Id, cancel);
        tracked.Rows = import.Decided;
        tracked.State = task.DryRun ? ImportState.Checked : ImportState.Done;
        tracked.FinishedAt = run.Db.Clock.Now();
        if (!task.DryRun) run.Db.Record("import.done", "import", import.Id, new { import.FileName, import.Created, import.Updated, import.Skipped, import.Failed, import.Companies });
        await run.Db.SaveChangesAsync(cancel);
    }, cancel);

    // Keeps the lease while something long goes on that writes nothing.
    private static async Task HoldWhileAsync(JobRun run, Task work, CancellationTokenSource stop)
    {
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(8), stop.Token)) != work)
        {
            try { await run.Db.InTransactionAsync(() => run.HoldAsync(null, stop.Token), stop.Token); }
            catch { await stop.CancelAsync(); throw; }
        }
        await work;
    }

    private static IEnumerable<ImportRow> Watched(IEnumerable<ImportRow> rows, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private static async Task ForgetAsync(JobRun run, Import import, CancellationToken cancel)
    {
        import.Created = import.Updated = import.Skipped = import.Failed = import.Companies = 0;
        import.Notices = null;
        var pace = new Pace(run.Db, MostRemoved);
        var removed = 1;
        while (removed > 0)
        {
            var count = pace.Next;
            removed = await pace.InTransactionAsync(count, async () =>
            {
                await run.HoldAsync(null, cancel);
                var first = await run.Db.Set<ImportedRow>().Where(r => r.ImportId == import.Id).OrderBy(r => r.Number).Select(r => (long?)r.Number).FirstOrDefaultAsync(cancel);
                return first is null ? 0 : await run.Db.Set<ImportedRow>().Where(r => r.ImportId == import.Id && r.Number < first + count).ExecuteDeleteAsync(cancel);
            }, cancel);
        }
    }

    // The rows are read while others are written, and a database context does one thing at a time: a private copy is read instead.
    private static async Task<FileStream> CopyAsync(LiaisonDb db, Import import, CancellationToken cancel)
    {
        var stored = await db.Set<StoredFile>().AsNoTracking().SingleAsync(f => f.Id == import.FileId, cancel);
        var copy = TemporaryFile.Create();
        await using var source = db.OpenFile(stored);
        await source.CopyToAsync(copy, cancel);
        copy.Position = 0;
        return copy;
    }
}
