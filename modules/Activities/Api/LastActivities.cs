using Liaison.Contacts.Api;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Api;

/// <summary>The last action of contacts with its latest response.</summary>
internal sealed class LastActivities : LastActionSource
{
    public override string Permission => "activities.view";

    public override async Task<IReadOnlyDictionary<long, LastAction>> OfAsync(LiaisonDb db, IReadOnlyCollection<long> activityIds, CancellationToken cancel)
    {
        // The contacts are visible to the viewer, so their actions are.
        var rows = await db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => activityIds.Contains(a.Id) && a.DeletedAt == null)
            .Join(db.Set<ActivityType>(), a => a.TypeId, t => t.Id, (a, t) => new { Activity = a, t.Key }).ToListAsync(cancel);
        var responses = (await db.Set<Response>().IgnoreQueryFilters().AsNoTracking().Where(r => activityIds.Contains(r.ActivityId) && r.DeletedAt == null)
            .Select(r => new { r.Id, r.ActivityId, r.OccurredAt, r.Text }).ToListAsync(cancel)).ToLookup(r => r.ActivityId);
        return rows.ToDictionary(r => r.Activity.Id, r => new LastAction
        {
            Id = r.Activity.Id, Type = r.Key, Direction = ContactFilter.Word(r.Activity.Direction), Outcome = ContactFilter.Word(r.Activity.Outcome),
            Rating = r.Activity.Rating, OccurredAt = r.Activity.OccurredAt, Details = Null(r.Activity.Details), Campaign = Null(r.Activity.Campaign),
            Response = responses[r.Activity.Id].OrderBy(x => x.OccurredAt).ThenBy(x => x.Id).LastOrDefault()?.Text,
        });
    }

    private static string? Null(string text) => text.Length == 0 ? null : text;
}
