using Liaison.Contacts;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>Notes with each contact what its last action was, where it was recorded before that was noted; at most two thousand contacts at a time.</summary>
internal sealed class NoteLastActions : IJobHandler
{
    public const string Name = "activities.lastActions";
    private const int Most = 2000;

    public string Kind => Name;

    public Task RunAsync(JobRun run, CancellationToken cancel) => run.WalkAsync(0, Most, async (after, count) =>
    {
        var db = run.Db;
        var until = after + count;
        await db.Database.ExecuteSqlAsync($"""
            UPDATE contact SET last_activity_mark = (SELECT a.type_id || ' ' || a.direction || ' ' || a.outcome FROM activity AS a WHERE a.id = contact.last_activity_id)
            WHERE id > {after} AND id <= {until} AND last_activity_id IS NOT NULL AND last_activity_mark IS NULL
            """, cancel);
        return await db.Set<Contact>().IgnoreQueryFilters().AnyAsync(c => c.Id > until, cancel) ? until : null;
    }, cancel);
}
