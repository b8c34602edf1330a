using Liaison.Kernel.Api;
using System.Text.Json;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Groups;

/// <summary>
/// Takes back one's own group operation of the last day: what its journal rows tell is turned around, also where the operation itself took the contact out of
/// sight, but only where it still stands as the operation left it. A row is turned around once.
/// </summary>
public sealed class UndoGroup(LiaisonDb db)
{
    /// <summary>How many rows the operation wrote.</summary>
    public Task<int> CountAsync(long batch, CancellationToken cancel) => Own(batch).CountAsync(cancel);

    /// <summary>How many contacts of it nobody took back.</summary>
    public Task<int> StandingAsync(long batch, CancellationToken cancel) => Own(batch)
        .CountAsync(j => !db.Set<JournalEntry>().Any(u => u.SubjectType == "contact" && u.SubjectId == j.SubjectId && u.CauseType == GroupJournal.Undone && u.CauseId == batch), cancel);

    /// <summary>Its next rows after an id.</summary>
    public Task<List<long>> NextAsync(long batch, long after, int take, CancellationToken cancel) =>
        Own(batch).Where(j => j.Id > after).OrderBy(j => j.Id).Select(j => j.Id).Take(take).ToListAsync(cancel);

    /// <summary>Turns rows around, inside the caller's transaction.</summary>
    public async Task<GroupResult> BatchAsync(long batch, IReadOnlyList<long> rows, CancellationToken cancel)
    {
        var entries = await Own(batch).Where(j => rows.Contains(j.Id)).OrderBy(j => j.Id).ToListAsync(cancel);
        var subjects = entries.ConvertAll(e => e.SubjectId);
        var undone = (await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && subjects.Contains(j.SubjectId) && j.CauseType == GroupJournal.Undone && j.CauseId == batch)
            .Select(j => j.SubjectId).ToListAsync(cancel)).ToHashSet();
        entries.RemoveAll(e => undone.Contains(e.SubjectId));
        var turned = new List<JournalEntry>();
        foreach (var kind in entries.GroupBy(e => e.Kind, StringComparer.Ordinal)) turned.AddRange(await TurnAsync(kind.Key, [.. kind], batch, cancel));
        await GroupJournal.WriteAsync(db, turned, cancel);
        return new(turned.Count, entries.Count - turned.Count, 0);
    }

    private IQueryable<JournalEntry> Own(long batch)
    {
        var (viewer, since) = (db.ViewerId, db.Clock.Now().AddDays(-1));
        return db.Set<JournalEntry>().AsNoTracking().Where(j => j.CauseType == GroupJournal.Cause && j.CauseId == batch && j.ActorId == viewer && j.At >= since);
    }

    private async Task<IEnumerable<JournalEntry>> TurnAsync(string kind, List<JournalEntry> entries, long batch, CancellationToken cancel)
    {
        var ids = entries.ConvertAll(e => e.SubjectId);
        // Who made the change may take it back, whether they see the contact now or not.
        var there = await db.Set<Contact>().IgnoreQueryFilters().AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new Standing(c.Id, c.Access, c.DeletedAt, c.DeletedById)).ToListAsync(cancel);
        var alive = there.Where(c => c.DeletedAt == null).ToDictionary(c => c.Id);
        var standing = entries.FindAll(e => alive.ContainsKey(e.SubjectId));
        return kind switch
        {
            "contact.tagged" => await UntagAsync(Read<TagsChanged>(await OursAsync(standing, cancel)), batch, cancel),
            "contact.untagged" => await TagAsync(Read<TagsChanged>(await OursAsync(standing, cancel)), batch, cancel),
            "contact.responsible" => await ResponsiblesAsync(Read<ResponsiblesChanged>(standing), batch, cancel),
            "contact.access" => await AccessAsync(Read<AccessChanged>(standing).Where(e => ContactFilter.Word(alive[e.Id].Access) == e.Change.After).ToList(), batch, cancel),
            "contact.deleted" => await RestoreAsync(await LastDeletedAsync(entries, [.. there.Where(c => c.DeletedAt != null && c.DeletedById == db.ViewerId).Select(c => c.Id)], cancel), batch, cancel),
            _ => [],
        };
    }

    // Tags take no contact out of sight: one that is not ours to change any more was taken from us since.
    private async Task<List<JournalEntry>> OursAsync(List<JournalEntry> entries, CancellationToken cancel)
    {
        var ids = entries.ConvertAll(e => e.SubjectId);
        var ours = (await db.Contacts().Where(c => ids.Contains(c.Id)).Editable(db).Select(c => c.Id).ToListAsync(cancel)).ToHashSet();
        return entries.FindAll(e => ours.Contains(e.SubjectId));
    }

    private async Task<IEnumerable<JournalEntry>> UntagAsync(List<(long Id, TagsChanged Change)> changes, long batch, CancellationToken cancel)
    {
        var worn = await WornAsync(changes, [.. changes.SelectMany(c => c.Change.Ids)], cancel);
        foreach (var (tag, ids) in changes.SelectMany(c => c.Change.Ids, (c, tag) => (tag, c.Id)).GroupBy(c => c.tag, c => c.Id).Select(g => (g.Key, g.ToList())))
            await db.Set<ContactTag>().Where(t => t.TagId == tag && ids.Contains(t.ContactId)).ExecuteDeleteAsync(cancel);
        return changes.Where(c => c.Change.Ids.Any(tag => worn.Contains((c.Id, tag)))).Select(c => Back("contact.untagged", c.Id, c.Change, batch));
    }

    private async Task<IEnumerable<JournalEntry>> TagAsync(List<(long Id, TagsChanged Change)> changes, long batch, CancellationToken cancel)
    {
        var tags = changes.SelectMany(c => c.Change.Ids.Zip(c.Change.Tags)).DistinctBy(t => t.First).ToDictionary(t => t.First, t => t.Second);
        var known = tags.Keys.ToList();
        var there = await db.Set<Tag>().Where(t => known.Contains(t.Id)).Select(t => t.Id).ToListAsync(cancel);
        // One that was deleted since is made again.
        var now = there.ToDictionary(t => t);
        foreach (var gone in known.Except(there)) now[gone] = (await Tags.NamedAsync(db, [tags[gone]], cancel))[0];
        var worn = await WornAsync(changes, [.. now.Values], cancel);
        var missing = changes.SelectMany(c => c.Change.Ids, (c, tag) => (c.Id, Tag: now[tag])).Distinct().Where(t => !worn.Contains(t)).ToList();
        await db.BulkInsertAsync(missing.ConvertAll(t => new ContactTag { ContactId = t.Id, TagId = t.Tag }), cancel);
        var changed = missing.Select(t => t.Id).ToHashSet();
        return changes.Where(c => changed.Contains(c.Id)).Select(c => Back("contact.tagged", c.Id, c.Change, batch));
    }

    private async Task<HashSet<(long Contact, long Tag)>> WornAsync(List<(long Id, TagsChanged Change)> changes, List<long> tags, CancellationToken cancel)
    {
        var ids = changes.ConvertAll(c => c.Id);
        var worn = await db.Set<ContactTag>().Where(t => ids.Contains(t.ContactId) && tags.Contains(t.TagId)).Select(t => new { t.ContactId, t.TagId }).ToListAsync(cancel);
        return [.. worn.Select(t => (t.ContactId, t.TagId))];
    }

    private async Task<IEnumerable<JournalEntry>> ResponsiblesAsync(List<(long Id, ResponsiblesChanged Change)> changes, long batch, CancellationToken cancel)
    {
        var ids = changes.ConvertAll(c => c.Id);
        var now = (await db.Set<ContactResponsible>().AsNoTracking().Where(r => ids.Contains(r.ContactId)).ToListAsync(cancel)).ToLookup(r => r.ContactId, r => r.UserId);
        var same = changes.FindAll(c => now[c.Id].Order().SequenceEqual(c.Change.After.Order()));
        ids = same.ConvertAll(c => c.Id);
        await db.Set<ContactResponsible>().Where(r => ids.Contains(r.ContactId)).ExecuteDeleteAsync(cancel);
        await db.BulkInsertAsync(same.SelectMany(c => c.Change.Before, (c, user) => new ContactResponsible { ContactId = c.Id, UserId = user }).ToList(), cancel);
        return same.Select(c => Back("contact.responsible", c.Id, new ResponsiblesChanged(c.Change.After, c.Change.Before), batch));
    }

    private async Task<IEnumerable<JournalEntry>> AccessAsync(List<(long Id, AccessChanged Change)> changes, long batch, CancellationToken cancel)
    {
        foreach (var before in changes.GroupBy(c => c.Change.Before, c => c.Id))
        {
            var (ids, access) = (before.ToList(), EnumWords.Find<ContactAccess>(before.Key)!.Value);
            await db.Set<Contact>().IgnoreQueryFilters().Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Access, access), cancel);
        }
        return changes.Select(c => Back("contact.access", c.Id, new AccessChanged(c.Change.After, c.Change.Before), batch));
    }

    // Those that nobody took out of the trash, and perhaps put there again, since.
    private async Task<List<long>> LastDeletedAsync(List<JournalEntry> entries, List<long> ids, CancellationToken cancel)
    {
        var last = await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && ids.Contains(j.SubjectId) && (j.Kind == "contact.deleted" || j.Kind == "contact.restored"))
            .GroupBy(j => j.SubjectId).Select(g => g.Max(j => j.Id)).ToListAsync(cancel);
        return [.. entries.Where(e => last.Contains(e.Id)).Select(e => e.SubjectId)];
    }

    private async Task<IEnumerable<JournalEntry>> RestoreAsync(List<long> ids, long batch, CancellationToken cancel)
    {
        await db.Set<Contact>().IgnoreQueryFilters().Where(c => ids.Contains(c.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.DeletedAt, (DateTime?)null).SetProperty(c => c.DeletedById, 0), cancel);
        return ids.Select(id => Back("contact.restored", id, null, batch));
    }

    private JournalEntry Back(string kind, long id, object? details, long batch) => db.NewEntry(kind, "contact", id, details, GroupJournal.Undone, batch);

    private static List<(long Id, T Change)> Read<T>(List<JournalEntry> entries) => entries.ConvertAll(e => (e.SubjectId, JsonSerializer.Deserialize<T>(e.Details!, Journaling.Json)!));

    private sealed record Standing(long Id, ContactAccess Access, DateTime? DeletedAt, long DeletedById);
}
