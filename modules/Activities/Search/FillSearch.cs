using System.Text.Json;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Search;

/// <summary>What it is asked for: only actions that have responses, or all.</summary>
internal sealed record FillSearchPayload(bool Answered = false);

/// <summary>Makes actions that were recorded before they, or their responses, could be searched findable, the latest first, at most a thousand at a time; goes on after the last one it did.</summary>
internal sealed class FillSearch : IJobHandler
{
    public const string Name = "activities.search";
    private const int Most = 1000;

    public string Kind => Name;

    public Task RunAsync(JobRun run, CancellationToken cancel) => run.WalkAsync(long.MaxValue, Most, (before, count) => BatchAsync(run, before, count, cancel), cancel);

    // The earliest one it did.
    private static async Task<long?> BatchAsync(JobRun run, long before, int count, CancellationToken cancel)
    {
        var db = run.Db;
        var all = db.Set<Activity>().IgnoreQueryFilters().AsNoTracking();
        var asked = run.Payload<FillSearchPayload>().Answered ? all.Where(a => db.Set<Response>().IgnoreQueryFilters().Any(r => r.ActivityId == a.Id)) : all;
        var next = await asked.Where(a => a.Id < before).OrderByDescending(a => a.Id).Take(count).Select(a => new { a.Id, a.ContactId }).ToListAsync(cancel);
        if (next.Count == 0) return null;
        await db.HoldAsync(next.Select(a => a.ContactId).Distinct(), cancel);
        var ids = next.ConvertAll(a => a.Id);
        var actions = await all.Where(a => ids.Contains(a.Id)).Join(db.Set<Contact>().IgnoreQueryFilters(), a => a.ContactId, c => c.Id, (a, c) => new { Action = a, c.SearchText }).ToListAsync(cancel);
        var answers = (await db.Set<Response>().IgnoreQueryFilters().Where(r => ids.Contains(r.ActivityId) && r.DeletedAt == null).OrderBy(r => r.OccurredAt).ThenBy(r => r.Id)
            .Select(r => new { r.ActivityId, r.Text }).ToListAsync(cancel)).ToLookup(r => r.ActivityId, r => r.Text);
        ids = actions.ConvertAll(a => a.Action.Id);
        var texts = actions.ConvertAll(a => ActivitySearch.TextOf(a.Action, a.SearchText, answers[a.Action.Id]));
        if (db.Engine == Engine.PostgreSql)
            await db.Database.ExecuteSqlAsync($"UPDATE activity SET search_text = t.text FROM unnest({ids}, {texts}) AS t(id, text) WHERE activity.id = t.id AND activity.search_text <> t.text", cancel);
        else
        {
            var told = JsonSerializer.Serialize(ids.Zip(texts, (id, text) => new { id, text }));
            // Into the index by a statement of its own: a trigger for each row would make it write what it has gathered each time.
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO activity_search(rowid, search_text) SELECT a.id, t.value ->> 'text' FROM json_each({told}) AS t JOIN activity AS a ON a.id = t.value ->> 'id'
                WHERE a.search_text = '' AND a.id <= (SELECT last FROM activity_search_mark) ORDER BY a.id;
                UPDATE activity SET search_text = t.value ->> 'text' FROM json_each({told}) AS t WHERE activity.id = t.value ->> 'id' AND activity.search_text <> t.value ->> 'text';
                """, cancel);
        }
        return next[^1].Id;
    }
}
