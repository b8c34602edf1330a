using Liaison.Access;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Groups;

/// <summary>Carries out an order for many contacts, at most a thousand in one transaction; each is looked at again: visible and ours to change.</summary>
public sealed class GroupWork(LiaisonDb db, ContactList list, DeleteContacts delete, UndoGroup undo)
{
    /// <summary>Contacts in one transaction at most.</summary>
    public const int Most = 1000;

    /// <summary>The filter of an order.</summary>
    public ContactFilter FilterOf(GroupOrder order) =>
        ContactFilter.Parse(new QueryCollection(QueryHelpers.ParseQuery(order.Filter)), db.Viewer, new Kernel.Validation.Problems());

    /// <summary>Exactly how many contacts the order is about.</summary>
    public async Task<int> CountAsync(GroupOrder order, CancellationToken cancel)
    {
        if (order.Operation == GroupOperation.Undo) return await undo.CountAsync(order.Batch, cancel);
        if (order.Ids is { } ids) return ids.Count;
        return await list.CountAllAsync(FilterOf(order), cancel);
    }

    /// <summary>The order to be carried out later: what is made meanwhile was not counted, and is left out.</summary>
    public async Task<GroupOrder> LaterAsync(GroupOrder order, CancellationToken cancel) => order.Operation == GroupOperation.Undo || order.Ids is not null ? order
        : order with { UpTo = await db.Contacts().OrderByDescending(c => c.Id).Select(c => c.Id).FirstOrDefaultAsync(cancel) };

    /// <summary>The next contacts of the order after an id (of an undo the next journal rows), in order of id.</summary>
    public async Task<IReadOnlyList<long>> NextAsync(GroupOrder order, long after, int count, CancellationToken cancel) =>
        order.Operation == GroupOperation.Undo ? await undo.NextAsync(order.Batch, after, count, cancel) : order.Ids is { } ids ? [.. ids.Where(id => id > after).Order().Take(count)] : [.. (await list.IdsAsync(FilterOf(order), after, count, cancel)).TakeWhile(id => order.UpTo is not { } last || id <= last)];

    /// <summary>Does all of it at once.</summary>
    public async Task<GroupResult> RunAsync(GroupOrder order, CancellationToken cancel)
    {
        var (result, after) = (GroupResult.None, 0L);
        while (await NextAsync(order, after, Most, cancel) is { Count: > 0 } ids)
        {
            result = result.Plus(await db.AgainAsync(() => db.InTransactionAsync(() => BatchAsync(order, ids, cancel), cancel)));
            after = ids[^1];
        }
        return result;
    }

    /// <summary>Does one batch, inside the caller's transaction.</summary>
    public async Task<GroupResult> BatchAsync(GroupOrder order, IReadOnlyList<long> ids, CancellationToken cancel)
    {
        if (order.Operation == GroupOperation.Undo) return await undo.BatchAsync(order.Batch, ids, cancel);
        if (order.Operation == GroupOperation.Delete)
        {
            var gone = (await delete.RunAsync(ids, cancel, order.Batch)).Count;
            return new(gone, ids.Count - gone, gone);
        }
        var mine = await db.Contacts().Where(c => ids.Contains(c.Id)).Editable(db).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancel);
        var entries = order.Operation switch
        {
            GroupOperation.Tag => await TagAsync(order, mine, cancel),
            GroupOperation.Untag => await UntagAsync(order, mine, cancel),
            GroupOperation.Responsible => await ResponsibleAsync(order, mine, cancel),
            GroupOperation.Access => await AccessAsync(order, mine, cancel),
            _ => throw new ArgumentException($"{order.Operation} is no operation", nameof(order)),
        };
        await GroupJournal.WriteAsync(db, entries, cancel);
        return new(mine.Count, ids.Count - mine.Count, entries.Count);
    }

    private async Task<List<JournalEntry>> TagAsync(GroupOrder order, List<long> mine, CancellationToken cancel)
    {
        var tags = await Tags.NamedAsync(db, order.Tags, cancel);
        var names = await db.Set<Tag>().AsNoTracking().Where(t => tags.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancel);
        var there = (await db.Set<ContactTag>().AsNoTracking().Where(t => mine.Contains(t.ContactId) && tags.Contains(t.TagId)).ToListAsync(cancel)).ToLookup(t => t.ContactId, t => t.TagId);
        // Where there is no room for them the contact is refused: with more it could not be saved any more.
        var most = ContactInput.MostValues - tags.Count;
        var full = (await db.Set<ContactTag>().Where(t => mine.Contains(t.ContactId)).GroupBy(t => t.ContactId).Where(g => g.Count() > most).Select(g => new { Id = g.Key, Count = g.Count() }).ToListAsync(cancel))
            .Where(c => c.Count + tags.Except(there[c.Id]).Count() > ContactInput.MostValues).Select(c => c.Id).ToHashSet();
        mine.RemoveAll(full.Contains);
        var added = mine.SelectMany(id => tags.Except(there[id]).Select(tag => new ContactTag { ContactId = id, TagId = tag })).ToList();
        await db.BulkInsertAsync(added, cancel);
        return [.. added.GroupBy(t => t.ContactId).Select(g => Entry(order, "contact.tagged", g.Key, new TagsChanged([.. g.Select(t => names[t.TagId])]) { Ids = [.. g.Select(t => t.TagId)] }))];
    }

    private async Task<List<JournalEntry>> UntagAsync(GroupOrder order, List<long> mine, CancellationToken cancel)
    {
        var keys = order.Tags.Select(SearchText.Fold).ToList();
        var names = await db.Set<Tag>().AsNoTracking().Where(t => keys.Contains(t.Key)).ToDictionaryAsync(t => t.Id, t => t.Name, cancel);
        var tags = names.Keys.ToList();
        var there = await db.Set<ContactTag>().AsNoTracking().Where(t => mine.Contains(t.ContactId) && tags.Contains(t.TagId)).ToListAsync(cancel);
        await db.Set<ContactTag>().Where(t => mine.Contains(t.ContactId) && tags.Contains(t.TagId)).ExecuteDeleteAsync(cancel);
        return [.. there.GroupBy(t => t.ContactId).OrderBy(g => g.Key).Select(g => Entry(order, "contact.untagged", g.Key, new TagsChanged([.. g.Select(t => names[t.TagId])]) { Ids = [.. g.Select(t => t.TagId)] }))];
    }

    private async Task<List<JournalEntry>> ResponsibleAsync(GroupOrder order, List<long> mine, CancellationToken cancel)
    {
        if (!await db.Users().AnyAsync(u => u.Id == order.User, cancel)) return [];
        var before = (await db.Set<ContactResponsible>().AsNoTracking().Where(r => mine.Contains(r.ContactId)).ToListAsync(cancel)).ToLookup(r => r.ContactId, r => r.UserId);
        List<long> After(long id) => order.Replace ? [order.User] : [.. before[id].Append(order.User).Distinct().Order()];
        var changed = mine.Where(id => !before[id].Order().SequenceEqual(After(id))).ToList();
        if (order.Replace) await db.Set<ContactResponsible>().Where(r => changed.Contains(r.ContactId) && r.UserId != order.User).ExecuteDeleteAsync(cancel);
        await db.BulkInsertAsync(changed.Where(id => !before[id].Contains(order.User)).Select(id => new ContactResponsible { ContactId = id, UserId = order.User }).ToList(), cancel);
        return changed.ConvertAll(id => Entry(order, "contact.responsible", id, new ResponsiblesChanged([.. before[id].Order()], After(id))));
    }

    private async Task<List<JournalEntry>> AccessAsync(GroupOrder order, List<long> mine, CancellationToken cancel)
    {
        var before = await db.Set<Contact>().AsNoTracking().Where(c => mine.Contains(c.Id) && c.Access != order.Access).OrderBy(c => c.Id).Select(c => new { c.Id, c.Access }).ToListAsync(cancel);
        var changed = before.ConvertAll(c => c.Id);
        await db.Set<Contact>().Where(c => changed.Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Access, order.Access), cancel);
        return before.ConvertAll(c => Entry(order, "contact.access", c.Id, new AccessChanged(ContactFilter.Word(c.Access), ContactFilter.Word(order.Access))));
    }

    private JournalEntry Entry(GroupOrder order, string kind, long id, object details) => db.NewEntry(kind, "contact", id, details, GroupJournal.Cause, order.Batch);
}
