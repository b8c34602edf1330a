using System.Text.Json;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Groups;

/// <summary>Takes back one's own group operation of the last day: what its journal rows tell is turned around, where the contact is still ours to change.</summary>
public sealed class UndoGroup(LiaisonDb db, GroupWork work)
{
    /// <summary>Undoes the journal rows of a range; rows of others or of other kinds are left alone. Returns how many contacts were turned back.</summary>
    public async Task<int> RunAsync(long first, long last, CancellationToken cancel)
    {
        var (viewer, since, undone) = (db.ViewerId, db.Clock.Now().AddDays(-1), 0);
        while (first <= last)
        {
            var (from, to) = (first, Math.Min(last, first + (4 * GroupWork.Batch)));
            var entries = await db.Set<JournalEntry>().AsNoTracking()
                .Where(j => j.Id >= from && j.Id <= to && j.ActorId == viewer && j.SubjectType == "contact" && j.CauseType == GroupWork.Cause && j.CauseId == null && j.At >= since)
                .OrderBy(j => j.Id).Take(GroupWork.Batch).ToListAsync(cancel);
            if (entries.Count > 0) undone += await db.InTransactionAsync(() => BatchAsync(entries, cancel), cancel);
            first = entries.Count == GroupWork.Batch ? entries[^1].Id + 1 : to + 1;
        }
        return undone;
    }

    private async Task<int> BatchAsync(List<JournalEntry> entries, CancellationToken cancel)
    {
        var ids = entries.Select(e => e.SubjectId).Distinct().ToList();
        var mine = (await db.Contacts().Where(c => ids.Contains(c.Id)).Editable(db).Select(c => c.Id).ToListAsync(cancel)).ToHashSet();
        var ours = entries.Where(e => mine.Contains(e.SubjectId) && e.Details is not null).ToList();
        var written = new List<JournalEntry>();
        foreach (var entry in ours)
        {
            if (await TurnAsync(entry, cancel) is { } back) written.Add(back);
        }
        await db.SaveChangesAsync(cancel);
        await work.TouchAsync(written.ConvertAll(e => e.SubjectId), cancel);
        await db.BulkJournalAsync(written, cancel);
        return written.Count;
    }

    private async Task<JournalEntry?> TurnAsync(JournalEntry entry, CancellationToken cancel)
    {
        var id = entry.SubjectId;
        switch (entry.Kind)
        {
            case "contact.tagged":
                var taken = Read<TagsChanged>(entry);
                await db.Set<ContactTag>().Where(t => t.ContactId == id && db.Set<Tag>().Any(x => x.Id == t.TagId && taken.Tags.Contains(x.Name))).ExecuteDeleteAsync(cancel);
                return Back("contact.untagged", entry, taken);
            case "contact.untagged":
                var given = Read<TagsChanged>(entry);
                var tags = await Tags.NamedAsync(db, given.Tags, cancel);
                var there = await db.Set<ContactTag>().Where(t => t.ContactId == id).Select(t => t.TagId).ToListAsync(cancel);
                foreach (var tag in tags.Except(there)) db.Add(new ContactTag { ContactId = id, TagId = tag });
                return Back("contact.tagged", entry, given);
            case "contact.responsible":
                var change = Read<ResponsiblesChanged>(entry);
                await db.Set<ContactResponsible>().Where(r => r.ContactId == id).ExecuteDeleteAsync(cancel);
                foreach (var user in change.Before) db.Add(new ContactResponsible { ContactId = id, UserId = user });
                return Back("contact.responsible", entry, new ResponsiblesChanged(change.After, change.Before));
            case "contact.access":
                var access = Read<AccessChanged>(entry);
                var before = Enum.Parse<ContactAccess>(access.Before, ignoreCase: true);
                await db.Set<Contact>().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.Access, before), cancel);
                return Back("contact.access", entry, new AccessChanged(access.After, access.Before));
            default: return null;
        }
    }

    private JournalEntry Back(string kind, JournalEntry undone, object details) => db.NewEntry(kind, "contact", undone.SubjectId, details, GroupWork.Cause, undone.Id);

    private static T Read<T>(JournalEntry entry) => JsonSerializer.Deserialize<T>(entry.Details!, Journaling.Json)!;
}
