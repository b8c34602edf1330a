using System.Globalization;
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

    // What is read of an action and of a response, in this order.
    private const int Id = 0, ContactId = 1, Type = 2, OccurredAt = 3, Direction = 4, Outcome = 5, Campaign = 6, Details = 7, Response = 1;
    private readonly Utf8Rows _actions = new(8), _responses = new(2);
    private readonly Dictionary<long, int> _actionOf = [], _responseTo = [];
    private Dictionary<long, string>? _types, _directions, _outcomes;

    public override string Permission => "activities.view";

    public override IReadOnlyList<(string Key, string Label)> Columns { get; } =
        [.. Keys.Select(k => ("lastAction." + k, ImportFields.Label("ignore.action." + k, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName)))];

    public override async Task AddAsync(LiaisonDb db, IReadOnlyList<ExportedContact> contacts, Utf8Rows rows, CancellationToken cancel)
    {
        _types ??= await db.Set<ActivityType>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name ?? texts["activityType." + t.Key], cancel);
        _directions ??= Enum.GetValues<ActivityDirection>().ToDictionary(d => (long)d, d => texts["export.direction." + ContactFilter.Word(d)]);
        _outcomes ??= Enum.GetValues<ActivityOutcome>().Where(o => o != ActivityOutcome.None).ToDictionary(o => (long)o, o => texts["export.outcome." + ContactFilter.Word(o)]);
        var ids = contacts.Where(c => c.LastActivityId is not null).Select(c => c.LastActivityId!.Value).ToList();
        // The contacts are visible already, so their actions are: the filters would only make the query slower.
        await db.Set<Activity>().IgnoreQueryFilters().Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.ContactId, a.TypeId, a.OccurredAt, a.Direction, a.Outcome, a.Campaign, a.Details }).ReadAsync(db, _actions, cancel);
        await db.Set<Response>().IgnoreQueryFilters().Where(r => ids.Contains(r.ActivityId) && r.DeletedAt == null)
            .OrderBy(r => r.OccurredAt).ThenBy(r => r.Id).Select(r => new { r.ActivityId, r.Text }).ReadAsync(db, _responses, cancel);
        Find(_actionOf, _actions, ContactId);
        // Of several the latest remains.
        Find(_responseTo, _responses, Id);
        foreach (var contact in contacts) Add(db, contact, rows);
    }

    private void Add(LiaisonDb db, ExportedContact contact, Utf8Rows rows)
    {
        if (_actionOf.TryGetValue(contact.Id, out var action))
        {
            ContactExport.AddMoment(rows, db, PlainReading.Moment(_actions.Number(action, OccurredAt)));
            rows.Add(_types!.GetValueOrDefault(_actions.Number(action, Type)));
            rows.Add(_directions!.GetValueOrDefault(_actions.Number(action, Direction)));
            rows.Add(_outcomes!.GetValueOrDefault(_actions.Number(action, Outcome)));
            rows.Add(_actions.Utf8(action, Campaign));
            rows.Add(_actions.Utf8(action, Details));
            if (_responseTo.TryGetValue(_actions.Number(action, Id), out var response)) rows.Add(_responses.Utf8(response, Response));
            else rows.AddNothing();
        }
        else for (var i = 1; i < Keys.Length; i++) rows.AddNothing();
        if (contact.NextReminderAt is { } at) ContactExport.AddMoment(rows, db, at);
        else rows.AddNothing();
    }

    private static void Find(Dictionary<long, int> found, Utf8Rows rows, int column)
    {
        found.Clear();
        for (var row = 0; row < rows.Count; row++) found[rows.Number(row, column)] = row;
    }
}
