using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Liaison.Contacts.Trash;

/// <summary>What is thrown away for good: contacts deleted before this moment.</summary>
internal sealed record EmptyTrashOrder(DateTime Before);

/// <summary>Deletes for good what has been in the trash for thirty days, with everything that hangs on it; the journal keeps what happened.</summary>
internal sealed class EmptyTrash : IJobHandler
{
    public const string Name = "contacts.emptyTrash";
    private const int Batch = 500;

    public string Kind => Name;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var before = run.Payload<EmptyTrashOrder>().Before;
        var db = run.Db;
        while (await db.InTransactionAsync(async () =>
        {
            await run.HoldAsync(cancel: cancel);
            var ids = await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt != null && c.DeletedAt < before).OrderBy(c => c.DeletedAt).Select(c => c.Id).Take(Batch).ToListAsync(cancel);
            return await db.Set<Contact>().IgnoreQueryFilters().Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancel);
        }, cancel) > 0) { }
    }
}

/// <summary>Asks for the trash to be emptied once a day; whichever instance comes first asks for all.</summary>
internal sealed class TrashClock(Databases databases, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try { await AskAsync(databases, clock, stoppingToken); }
                catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException) { /* asked again at the next tick */ }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { /* the program stops */ }
    }

    /// <summary>Asks for today's emptying, unless it was asked for already.</summary>
    public static async Task AskAsync(Databases databases, TimeProvider clock, CancellationToken cancel)
    {
        await using var db = databases.Open(Viewer.System);
        var now = clock.Now();
        var key = EmptyTrash.Name + " " + now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (await db.Set<Job>().AnyAsync(j => j.Key == key, cancel)) return;
        db.Enqueue(EmptyTrash.Name, new EmptyTrashOrder(now.AddDays(-DeleteContacts.Days)), key: key);
        await db.SaveChangesAsync(cancel);
    }
}
