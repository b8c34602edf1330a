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
        var latest = db.Set<JournalEntry>().AsNoTracking().Where(j => j.Kind == "contact.statusChanged").OrderByDescending(j => j.Id).Take(Looked);
        var rows = await latest.Join(db.Contacts(), j => j.SubjectId, c => c.Id, (j, c) => new { j.Id, j.At, j.Details, c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone, ContactId = c.Id })
            .OrderByDescending(r => r.Id).Take(Shown).ToListAsync(cancel);
        var changes = rows.Where(r => r.Details is not null)
            .Select(r => (Row: r, Move: JsonSerializer.Deserialize<StatusMove>(r.Details!, Journaling.Json)!))
            .Select(r => new RecentChange(r.Row.ContactId, Contact.NameOf(r.Row.Kind, r.Row.FirstName, r.Row.LastName, r.Row.CompanyName, r.Row.PrimaryEmail, r.Row.PrimaryPhone), r.Move.To, r.Move.Cause, r.Row.At)).ToList();
        return changes.Count == 0 ? null : changes;
    }
}
