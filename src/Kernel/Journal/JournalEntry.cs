using System.Text.Encodings.Web;
using System.Text.Json;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;

namespace Liaison.Kernel.Journal;

/// <summary>One thing that happened: who, what, to which record, when, and why. Only ever added.</summary>
public sealed class JournalEntry
{
    /// <summary>Identity, ascending in the order of recording.</summary>
    public long Id { get; set; }
    /// <summary>When it was recorded, UTC.</summary>
    public required DateTime At { get; init; }
    /// <summary>The acting user, 0 for the program.</summary>
    public long ActorId { get; init; }
    /// <summary>The acting user's name at that time.</summary>
    public string ActorName { get; init; } = "";
    /// <summary>What happened: "contact.created". The text "journal.{Kind}" tells it.</summary>
    public required string Kind { get; init; }
    /// <summary>Kind of the record: "contact".</summary>
    public required string SubjectType { get; init; }
    /// <summary>The record's id.</summary>
    public required long SubjectId { get; init; }
    /// <summary>Particulars as JSON.</summary>
    public string? Details { get; init; }
    /// <summary>Kind of the record that caused it ("activity", "import"), if any.</summary>
    public string? CauseType { get; init; }
    /// <summary>Id of the record that caused it.</summary>
    public long? CauseId { get; init; }
}

/// <summary>Writing the journal: the entry is added to the context and saved together with the change it tells of.</summary>
public static class Journaling
{
    /// <summary>How details are written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds an entry by the current viewer, now. The record must have its id.</summary>
    public static JournalEntry Record(this LiaisonDb db, string kind, string subjectType, long subjectId, object? details = null, string? causeType = null, long? causeId = null)
    {
        var entry = db.NewEntry(kind, subjectType, subjectId, details, causeType, causeId);
        db.Add(entry);
        return entry;
    }

    /// <summary>Makes an entry without adding it, for bulk inserts.</summary>
    public static JournalEntry NewEntry(this LiaisonDb db, string kind, string subjectType, long subjectId, object? details = null, string? causeType = null, long? causeId = null) => new()
    {
        At = db.Clock.Now(), ActorId = db.ViewerId, ActorName = db.Viewer.Name, Kind = kind, SubjectType = subjectType, SubjectId = subjectId,
        Details = details is null ? null : details as string ?? JsonSerializer.Serialize(details, Json), CauseType = causeType, CauseId = causeId,
    };
}

/// <summary>Journal entries of many records at once.</summary>
public static class BulkJournal
{
    /// <summary>Writes the entries by bulk insert, inside the current transaction.</summary>
    public static Task BulkJournalAsync(this LiaisonDb db, IEnumerable<JournalEntry> entries, CancellationToken cancel) =>
        db.BulkInsertNewAsync(entries.ToList(), (entry, id) => entry.Id = id, cancel);
}
