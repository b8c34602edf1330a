using System.Globalization;
using System.Text.Json;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>What a cause of type "activity" carries, to be told later in any language.</summary>
internal sealed record ActivityCause(string Type, string? Name, ActivityDirection Direction, ActivityOutcome Outcome);

/// <summary>Actions and responses as what the status is folded from.</summary>
internal sealed class ActivityStatusEvents : IStatusEvents
{
    public async Task<ILookup<long, StatusEvent>> OfAsync(LiaisonDb db, IReadOnlyCollection<long> contactIds, CancellationToken cancel)
    {
        var rules = await ActivityRules.LoadAsync(db, cancel);
        var activities = await db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => contactIds.Contains(a.ContactId) && a.DeletedAt == null)
            .Select(a => new { a.Id, a.ContactId, a.TypeId, a.Direction, a.Outcome, a.OccurredAt, a.CreatedAt, a.UpdatedAt }).ToListAsync(cancel);
        var responses = await db.Set<Response>().IgnoreQueryFilters().AsNoTracking()
            .Where(r => contactIds.Contains(r.ContactId) && r.DeletedAt == null && db.Set<Activity>().IgnoreQueryFilters().Any(a => a.Id == r.ActivityId && a.DeletedAt == null))
            .Select(r => new { r.Id, r.ActivityId, r.ContactId, r.OccurredAt, r.CreatedAt }).ToListAsync(cancel);
        return activities.Select(a => (a.ContactId, Event: new StatusEvent(a.OccurredAt, a.CreatedAt, a.Id, rules.EffectOf(a.TypeId, a.Direction, a.Outcome), Cause(a.Id, rules.Types[a.TypeId], a.Direction, a.Outcome), a.UpdatedAt)))
            .Concat(responses.Select(r => (r.ContactId, Event: new StatusEvent(r.OccurredAt, r.CreatedAt, r.Id, StatusEffect.Engagement, StatusCause.Response(r.Id, r.ActivityId)))))
            .ToLookup(e => e.ContactId, e => e.Event);
    }

    internal static StatusCause Cause(long id, ActivityType type, ActivityDirection direction, ActivityOutcome outcome) =>
        new("activity", id, JsonSerializer.Serialize(new ActivityCause(type.Key, type.Name, direction, outcome), Journaling.Json));
}

/// <summary>Tells why a status changed when an action or a response was the reason.</summary>
internal sealed class ActivityCauseText(ActivityTypes types, Localizer texts) : IStatusCauseText
{
    public string Permission => "activities.view";

    public IReadOnlyCollection<string> Types => ["activity", "response", "activityDeleted", "activityEdited", "activityRestored", "responseDeleted", "responseEdited", "responseRestored", "rules"];

    public string Hint(StatusCause cause) => texts["because." + cause.Type];

    public string Tell(StatusCause cause)
    {
        if (cause.Type != "activity" || cause.Details is null) return texts["because." + cause.Type];
        var what = JsonSerializer.Deserialize<ActivityCause>(cause.Details, Journaling.Json)!;
        var outcome = what.Outcome is ActivityOutcome.None or ActivityOutcome.Reached ? "" : "." + JsonNamingPolicy.CamelCase.ConvertName(what.Outcome.ToString());
        var direction = what.Direction == ActivityDirection.Inbound ? "inbound" : "outbound";
        // As it is called today, or was before it was deleted.
        var name = (types.Find(what.Type) is { } type ? type.Name : what.Name) ?? texts["activityType." + what.Type];
        // The most telling sentence there is: of this type, direction and outcome; of this type and direction; of any type.
        return texts.Find(string.Create(CultureInfo.InvariantCulture, $"because.{what.Type}.{direction}{outcome}"))
            ?? texts["because.any" + (outcome.Length > 0 ? outcome : "." + direction), name];
    }
}
