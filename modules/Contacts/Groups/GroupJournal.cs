using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Groups;

/// <summary>How group operations stand in the journal: all rows of one have its batch as their cause, so that it can be found and taken back.</summary>
internal static class GroupJournal
{
    /// <summary>Cause of the rows of group operations.</summary>
    public const string Cause = "group";
    /// <summary>Cause of the rows that take one back: the batch that was taken back.</summary>
    public const string Undone = "groupUndo";

    /// <summary>A number for the rows of one operation.</summary>
    public static Task<long> NewBatchAsync(this LiaisonDb db, CancellationToken cancel) =>
        db.InTransactionAsync(async () => (await db.ReserveIdsAsync<JournalEntry>(1, cancel))[0], cancel);

    /// <summary>Writes the rows and the contacts' new versions, inside the caller's transaction.</summary>
    public static async Task WriteAsync(LiaisonDb db, List<JournalEntry> entries, CancellationToken cancel)
    {
        var (ids, now, viewer) = (entries.ConvertAll(e => e.SubjectId), db.Clock.Now(), db.ViewerId);
        await db.Set<Contact>().IgnoreQueryFilters().Where(c => ids.Contains(c.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.Version, c => c.Version + 1).SetProperty(c => c.UpdatedAt, now).SetProperty(c => c.UpdatedById, viewer), cancel);
        await db.BulkJournalAsync(entries, cancel);
    }
}

/// <summary>What the journal keeps of a change of tags: the names, so that it can be told, and which tags they were, so that it can be undone after one was renamed.</summary>
public sealed record TagsChanged(IReadOnlyList<string> Tags)
{
    /// <summary>Their ids, in the same order.</summary>
    public IReadOnlyList<long> Ids { get; init; } = [];
}

/// <summary>What the journal keeps of a change of responsibles.</summary>
public sealed record ResponsiblesChanged(IReadOnlyList<long> Before, IReadOnlyList<long> After);

/// <summary>What the journal keeps of a change of access.</summary>
public sealed record AccessChanged(string Before, string After);
