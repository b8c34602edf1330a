using System.Globalization;
using Liaison.Contacts;
using Liaison.Contacts.Export;
using Liaison.Contacts.Lists;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>The last action of each contact in the export: date, type, direction, outcome, campaign, comment, last response (seed 000).</summary>
internal sealed class LastActionExport(Localizer texts) : ContactExportColumns
{
    private static readonly string[] Keys = ["date", "type", "direction", "outcome", "campaign", "comment", "response", "reminder"];

    public override string Permission => "activities.view";

    public override IReadOnlyList<(string Key, string Label)> Columns { get; } =
        [.. Keys.Select(k => ("lastAction." + k, ImportFields.Label("ignore.action." + k, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName)))];

    public override async Task<IReadOnlyDictionary<long, string?[]>> LoadAsync(LiaisonDb db, IReadOnlyList<Contact> contacts, CancellationToken cancel)
    {
        var ids = contacts.Where(c => c.LastActivityId is not null).Select(c => c.LastActivityId!.Value).ToList();
        var types = await db.Set<ActivityType>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name ?? texts["activityType." + t.Key], cancel);
        // The contacts are visible already, so their actions are: the filters would only make the query slower.
        var actions = (await db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.ContactId, a.TypeId, a.OccurredAt, a.Direction, a.Outcome, a.Campaign, a.Details }).ToListAsync(cancel)).ToDictionary(a => a.ContactId);
        var directions = Enum.GetValues<ActivityDirection>().ToDictionary(d => d, d => texts["export.direction." + ContactFilter.Word(d)]);
        var outcomes = Enum.GetValues<ActivityOutcome>().ToDictionary(o => o, o => o == ActivityOutcome.None ? null : texts["export.outcome." + ContactFilter.Word(o)]);
        var responses = (await db.Set<Response>().IgnoreQueryFilters().AsNoTracking().Where(r => ids.Contains(r.ActivityId) && r.DeletedAt == null)
            .Select(r => new { r.ActivityId, r.OccurredAt, r.Id, r.Text }).ToListAsync(cancel)).ToLookup(r => r.ActivityId);
        var result = new Dictionary<long, string?[]>(contacts.Count);
        foreach (var contact in contacts)
        {
            var reminder = contact.NextReminderAt is { } at ? ContactExport.Moment(db, at) : null;
            if (!actions.TryGetValue(contact.Id, out var a)) { if (reminder is not null) result[contact.Id] = [null, null, null, null, null, null, null, reminder]; continue; }
            result[contact.Id] =
            [
                ContactExport.Moment(db, a.OccurredAt), types.GetValueOrDefault(a.TypeId), directions[a.Direction],
                outcomes[a.Outcome], a.Campaign, a.Details,
                (responses.Contains(a.Id) ? responses[a.Id].OrderBy(r => r.OccurredAt).ThenBy(r => r.Id).Last().Text : null), reminder,
            ];
        }
        return result;
    }
}
