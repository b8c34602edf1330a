using System.Text.Json;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Overview;

/// <summary>A contact whose status moved.</summary>
public sealed record RecentChange(long ContactId, string Name, ContactStatus To, StatusCause Cause, DateTime At);

/// <summary>The latest moves of status among the contacts that the viewer sees.</summary>
internal sealed class RecentChanges : HomePanel
{
    private const int Shown = 8, Looked = 400;

    public override HomePlace Place => HomePlace.Side;
    public override int Order => 20;
    public override string Permission => "contacts.view";
    public override string View => "/Overview/_RecentChanges.cshtml";

    public override async Task<object?> LoadAsync(LiaisonDb db, CancellationToken cancel)
    {
        // Mostly all of the latest are seen; only who sees few of them has more looked at.
        var rows = await SeenAsync(db, Shown * 2, cancel);
        if (rows.Count < Shown) rows = await SeenAsync(db, Looked, cancel);
        var changes = rows.Where(r => r.Details is not null)
            .Select(r => (Row: r, Move: JsonSerializer.Deserialize<StatusMove>(r.Details!, Journaling.Json)!))
            .Select(r => new RecentChange(r.Row.ContactId, Contact.NameOf(r.Row.Kind, r.Row.FirstName, r.Row.LastName, r.Row.CompanyName, r.Row.PrimaryEmail, r.Row.PrimaryPhone), r.Move.To, r.Move.Cause, r.Row.At)).ToList();
        return changes.Count == 0 ? null : changes;
    }

    private static Task<List<Row>> SeenAsync(LiaisonDb db, int among, CancellationToken cancel) =>
        db.Set<JournalEntry>().AsNoTracking().Where(j => j.Kind == "contact.statusChanged").OrderByDescending(j => j.Id).Take(among)
            .Join(db.Contacts(), j => j.SubjectId, c => c.Id, (j, c) => new Row
            {
                Id = j.Id, At = j.At, Details = j.Details, ContactId = c.Id,
                Kind = c.Kind, FirstName = c.FirstName, LastName = c.LastName, CompanyName = c.CompanyName, PrimaryEmail = c.PrimaryEmail, PrimaryPhone = c.PrimaryPhone,
            }).OrderByDescending(r => r.Id).Take(Shown).ToListAsync(cancel);

    private sealed class Row
    {
        public required long Id { get; init; }
        public required DateTime At { get; init; }
        public required string? Details { get; init; }
        public required long ContactId { get; init; }
        public required ContactKind Kind { get; init; }
        public required string FirstName { get; init; }
        public required string LastName { get; init; }
        public required string CompanyName { get; init; }
        public required string PrimaryEmail { get; init; }
        public required string PrimaryPhone { get; init; }
    }
}
