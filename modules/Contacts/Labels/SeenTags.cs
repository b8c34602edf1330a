using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Labels;

/// <summary>The tags somebody may know of.</summary>
public sealed class SeenTags(LiaisonDb db, ContactList contacts, CollectedTags collected)
{
    /// <summary>
    /// Those on a contact that the viewer sees, and those that were made on purpose; the words of contacts that are or were hidden stay hidden too. Administrators see all. Where much is shared,
    /// a contact of each tag is found soon; otherwise that would be a walk through all who have it, so the tags of what is seen are collected, and remembered while more is typed.
    /// </summary>
    public async Task<IQueryable<Tag>> OfAsync(CancellationToken cancel)
    {
        var tags = db.Set<Tag>().AsNoTracking();
        if (db.SeesAll) return tags;
        if (!await contacts.SeesApartAsync(cancel))
            return tags.Where(t => t.IsOnPurpose || db.Set<ContactTag>().Any(ct => ct.TagId == t.Id && db.Set<Contact>().Any(c => c.Id == ct.ContactId)));
        var seen = await collected.OfAsync(db, cancel);
        return tags.Where(t => t.IsOnPurpose || seen.Contains(t.Id));
    }
}

/// <summary>Ids of the tags of all that somebody sees.</summary>
public sealed class CollectedTags(WriteGate gate, TimeProvider clock)
{
    private readonly Remembered<long, List<long>> _known = new(gate, clock);

    /// <summary>Of what the viewer sees.</summary>
    public Task<List<long>> OfAsync(LiaisonDb db, CancellationToken cancel) => _known.OfAsync(db, db.ViewerId, async () =>
    {
        var seen = new List<long>();
        foreach (var part in SeenContacts.IdParts(db)) seen.AddRange(await part.Join(db.Set<ContactTag>(), id => id, t => t.ContactId, (_, t) => t.TagId).Distinct().ToListAsync(cancel));
        return [.. seen.Distinct()];
    });
}
