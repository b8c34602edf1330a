using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>Attempts in a row without an answer: how many, and when the last took place, UTC.</summary>
internal readonly record struct Attempts(int Count, DateTime Last);

/// <summary>Attempts in a row that nobody answered.</summary>
internal static class Unanswered
{
    /// <summary>How many attempts without an answer each contact's record ends with, and when the last was; notes do not interrupt.</summary>
    public static Task<Dictionary<long, Attempts>> CountAsync(LiaisonDb db, IReadOnlyCollection<long> contactIds, CancellationToken cancel)
    {
        var all = db.Set<Activity>().IgnoreQueryFilters().Where(a => a.DeletedAt == null);
        var responses = db.Set<Response>().IgnoreQueryFilters().Where(r => r.DeletedAt == null);
        var notes = db.Set<ActivityType>().Where(t => t.Class == ActivityClass.Neutral).Select(t => t.Id);
        return all.Where(a => contactIds.Contains(a.ContactId) && a.Outcome == ActivityOutcome.NoAnswer
                && !all.Any(b => b.ContactId == a.ContactId && b.OccurredAt > a.OccurredAt && b.Outcome != ActivityOutcome.NoAnswer
                    && (b.Direction == ActivityDirection.Inbound || !notes.Contains(b.TypeId)))
                && !responses.Any(r => r.ContactId == a.ContactId && r.OccurredAt > a.OccurredAt))
            .GroupBy(a => a.ContactId).Select(g => new { g.Key, Count = g.Count(), Last = g.Max(a => a.OccurredAt) }).ToDictionaryAsync(g => g.Key, g => new Attempts(g.Count, g.Last), cancel);
    }
}
