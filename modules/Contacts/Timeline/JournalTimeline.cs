using System.Text.Json;
using Liaison.Contacts.Import;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Timeline;

/// <summary>What the journal tells about a contact: created, imported, edited, status moved, deleted, restored.</summary>
/// <param name="Entry">The journal's row.</param>
/// <param name="Move">For status moves and creations.</param>
/// <param name="Changes">For edits.</param>
public sealed record JournalItem(JournalEntry Entry, StatusMove? Move, IReadOnlyList<FieldChange>? Changes);

/// <summary>The journal as a source of the timeline.</summary>
internal sealed class JournalTimeline(IEnumerable<JournalFields> tellers, CurrentViewer current) : TimelineSource
{
    /// <summary>Kind of an entry that tells no move: it stands in the history of the status, and in the timeline for those who ask for statuses.</summary>
    public const string Corrected = "contact.statusCorrected";

    public override int Rank => 10;
    public override IReadOnlyList<string> Kinds => ["status", "edit", "import"];

    public override async Task<IReadOnlyList<TimelineItem>> BeforeAsync(LiaisonDb db, long contactId, TimelineCursor? before, IReadOnlySet<string>? kinds, int take, CancellationToken cancel)
    {
        if (before is null && kinds is null) return (await Latest.ListAsync(db, contactId, take, cancel)).ConvertAll(Item);
        var entries = db.Set<JournalEntry>().AsNoTracking().Where(j => j.SubjectType == "contact" && j.SubjectId == contactId);
        if (kinds is null) entries = entries.Where(j => j.Kind != Corrected);
        if (before is { } place)
        {
            var (at, limit) = (place.At, place.IdLimit(Rank));
            entries = entries.Where(j => j.At <= at && (j.At < at || j.Id < limit));
        }
        if (kinds is not null)
        {
            var (status, import, edit) = (kinds.Contains("status"), kinds.Contains("import"), kinds.Contains("edit"));
            entries = entries.Where(j => (status && j.Kind.StartsWith("contact.status")) || (import && j.Kind.StartsWith("contact.import"))
                || (edit && !j.Kind.StartsWith("contact.status") && !j.Kind.StartsWith("contact.import")));
        }
        return (await entries.OrderByDescending(j => j.At).ThenByDescending(j => j.Id).Take(take).ToListAsync(cancel)).ConvertAll(Item);
    }

    private static readonly FixedQuery<long, int, JournalEntry> Latest = new((db, contactId, take) => db.Set<JournalEntry>().AsNoTracking()
        .Where(j => j.SubjectType == "contact" && j.SubjectId == contactId && j.Kind != Corrected).OrderByDescending(j => j.At).ThenByDescending(j => j.Id).Take(take));

    private TimelineItem Item(JournalEntry entry) => new(entry.At, Rank, entry.Id, KindOf(entry.Kind), "/Timeline/_Journal.cshtml", Told(entry));

    // What changed in a record that the viewer may not see is left out.
    private JournalItem Told(JournalEntry entry) => tellers.FirstOrDefault(t => t.Tells(entry.Kind)) is { } teller && !current.Viewer.MayHave(teller) ? new(entry, null, null) : Read(entry);

    /// <summary>The entries that tell of a contact's status: how it began, moves, locks.</summary>
    public static IQueryable<JournalEntry> OfStatus(LiaisonDb db, long contactId) => db.Set<JournalEntry>().AsNoTracking().Where(j => j.SubjectType == "contact" && j.SubjectId == contactId
        && (j.Kind == "contact.statusLocked" || j.Kind == "contact.statusUnlocked" || (j.Details != null && (j.Kind == "contact.statusChanged" || j.Kind == Corrected || j.Kind == "contact.created" || j.Kind == "contact.imported"))));

    private static StatusMove? MoveOf(JournalEntry entry) => (entry.Kind, entry.Details) switch
    {
        (_, null) => null,
        ("contact.statusChanged" or Corrected or "contact.created", { } details) => JsonSerializer.Deserialize<StatusMove>(details, Journaling.Json),
        ("contact.imported", { } details) => new(null, JsonSerializer.Deserialize<ImportedFrom>(details, Journaling.Json)!.Status ?? ContactStatus.Lead, entry.At, new StatusCause("import", entry.CauseId), null),
        _ => null,
    };

    private static string KindOf(string kind) =>
        kind.StartsWith("contact.status", StringComparison.Ordinal) ? "status" : kind.StartsWith("contact.import", StringComparison.Ordinal) ? "import" : "edit";

    internal static JournalItem Read(JournalEntry entry) => new(entry, MoveOf(entry),
        (entry.Kind is "contact.edited" or "contact.importUpdated" || entry.CauseType is "activity" or "response") && entry.Details is ['[', ..] ? JsonSerializer.Deserialize<List<FieldChange>>(entry.Details, Journaling.Json) : null);
}
