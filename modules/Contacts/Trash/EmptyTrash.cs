using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Trash;

/// <summary>What is thrown away for good: contacts deleted before this moment.</summary>
internal sealed record EmptyTrashOrder(DateTime Before);

/// <summary>Deletes for good what has been in the trash for thirty days, with everything that hangs on it; the journal keeps what happened.</summary>
internal sealed class EmptyTrash : IJobHandler
{
    private const string Name = "contacts.emptyTrash";
    private const int Most = 500;

    /// <summary>Asks for it every day.</summary>
    public static DailyJob Daily { get; } = new(Name, now => new EmptyTrashOrder(now.AddDays(-DeleteContacts.Days)));

    public string Kind => Name;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var before = run.Payload<EmptyTrashOrder>().Before;
        var db = run.Db;
        var pace = new Pace(db, Most);
        while (await DeleteAsync(pace.Next) > 0) { }

        Task<int> DeleteAsync(int count) => pace.InTransactionAsync(count, async () =>
        {
            await run.HoldAsync(cancel: cancel);
            var ids = await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt != null && c.DeletedAt < before).OrderBy(c => c.DeletedAt).Select(c => c.Id).Take(count).ToListAsync(cancel);
            return await db.Set<Contact>().IgnoreQueryFilters().Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancel);
        }, cancel);
    }
}
