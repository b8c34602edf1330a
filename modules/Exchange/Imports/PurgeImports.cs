using Liaison.Kernel.Data;
using Liaison.Kernel.Files;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>What is thrown away.</summary>
/// <param name="At">When it was asked for.</param>
/// <param name="Unfinished">Imports that were never run and that nobody touched since.</param>
/// <param name="Ended">Files of imports that began before and cannot be taken back any more.</param>
public sealed record PurgeOrder(DateTime At, DateTime Unfinished, DateTime Ended);

/// <summary>
/// Throws away imports that were uploaded and never run, after a week, and the files of those that were, once they cannot be taken back any more; what
/// became of their rows stays.
/// </summary>
public sealed class PurgeImports : IJobHandler
{
    /// <summary>Days for which an import that was not run is kept.</summary>
    public const int UnfinishedDays = 7;

    private const string Name = "imports.purge";
    private const int MostChunks = 200;
    private const int MostRows = 20_000;

    /// <summary>Asks for it every day.</summary>
    public static DailyJob Daily { get; } = new(Name, now => new PurgeOrder(now, now.AddDays(-UnfinishedDays), now.AddDays(-Import.UndoDays)));

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var (db, order) = (run.Db, run.Payload<PurgeOrder>());
        foreach (var import in await Unfinished(db, order).ToListAsync(cancel)) await RemoveAsync(run, order, import, cancel);
        // Also those whose file was not yet gone when the program stopped.
        var ended = await db.Set<Import>().IgnoreQueryFilters().Where(i => i.StartedAt < order.Ended && (i.FinishedAt == null || i.FinishedAt < order.Ended)
            && (i.State == ImportState.Done || i.State == ImportState.Cancelled || i.State == ImportState.Failed || i.State == ImportState.Undone)
            && db.Set<FileChunk>().Any(c => c.FileId == i.FileId)).AsNoTracking().ToListAsync(cancel);
        foreach (var import in ended)
        {
            await MarkAsync(run, db.Set<Import>().IgnoreQueryFilters().Where(i => i.Id == import.Id), order, cancel);
            await EmptyAsync(run, import.FileId, cancel);
        }
    }

    private static IQueryable<Import> Unfinished(LiaisonDb db, PurgeOrder order) => db.Set<Import>().IgnoreQueryFilters().AsNoTracking()
        .Where(i => (i.State == ImportState.Mapping || i.State == ImportState.Checked) && (i.UpdatedAt < order.Unfinished || i.PurgedAt != null));

    // From here on nobody goes on with it.
    private static Task<int> MarkAsync(JobRun run, IQueryable<Import> imports, PurgeOrder order, CancellationToken cancel) => run.Db.InTransactionAsync(async () =>
    {
        await run.HoldAsync(cancel: cancel);
        return await imports.ExecuteUpdateAsync(s => s.SetProperty(i => i.PurgedAt, order.At), cancel);
    }, cancel);

    private static async Task RemoveAsync(JobRun run, PurgeOrder order, Import import, CancellationToken cancel)
    {
        var (db, id) = (run.Db, import.Id);
        if (await MarkAsync(run, Unfinished(db, order).Where(i => i.Id == id), order, cancel) == 0) return;
        await EmptyAsync(run, import.FileId, cancel);
        var pace = new Pace(db, MostRows);
        var left = true;
        while (left)
        {
            var count = pace.Next;
            left = await pace.InTransactionAsync(count, async () =>
            {
                await run.HoldAsync(cancel: cancel);
                var first = await db.Set<ImportedRow>().Where(r => r.ImportId == id).OrderBy(r => r.Number).Select(r => (long?)r.Number).FirstOrDefaultAsync(cancel);
                if (first is not null) return await db.Set<ImportedRow>().Where(r => r.ImportId == id && r.Number < first + count).ExecuteDeleteAsync(cancel) > 0;
                await db.Set<Import>().IgnoreQueryFilters().Where(i => i.Id == id).ExecuteDeleteAsync(cancel);
                await db.Set<StoredFile>().Where(f => f.Id == import.FileId).ExecuteDeleteAsync(cancel);
                return false;
            }, cancel);
        }
    }

    private static async Task EmptyAsync(JobRun run, long file, CancellationToken cancel)
    {
        var db = run.Db;
        var pace = new Pace(db, MostChunks);
        var left = true;
        while (left)
        {
            var count = pace.Next;
            left = await pace.InTransactionAsync(count, async () =>
            {
                await run.HoldAsync(cancel: cancel);
                var first = await db.Set<FileChunk>().Where(c => c.FileId == file).OrderBy(c => c.Number).Select(c => (int?)c.Number).FirstOrDefaultAsync(cancel);
                return first is not null && await db.Set<FileChunk>().Where(c => c.FileId == file && c.Number < first + count).ExecuteDeleteAsync(cancel) > 0;
            }, cancel);
        }
    }
}
