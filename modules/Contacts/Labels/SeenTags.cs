using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Labels;

/// <summary>The tags somebody may know of.</summary>
public sealed class SeenTags(LiaisonDb db, ContactList contacts)
{
    /// <summary>
    /// Those on a contact that the viewer sees, and those that nobody uses; the words of contacts that are hidden stay hidden too. Administrators see all. Whoever sees much
    /// finds a contact of each tag soon; for whoever sees little that would be a walk through all who have it, so the tags of what they see are collected.
    /// </summary>
    public async Task<IQueryable<Tag>> OfAsync(CancellationToken cancel)
    {
        var tags = db.Set<Tag>().AsNoTracking();
        if (db.SeesAll) return tags;
        if (!await contacts.SeesLittleAsync(cancel))
            return tags.Where(t => db.Set<ContactTag>().Any(ct => ct.TagId == t.Id && db.Set<Contact>().Any(c => c.Id == ct.ContactId)) || !db.Set<ContactTag>().Any(ct => ct.TagId == t.Id));
        var seen = new List<long>();
        foreach (var part in SeenContacts.IdParts(db)) seen.AddRange(await part.Join(db.Set<ContactTag>(), id => id, t => t.ContactId, (_, t) => t.TagId).Distinct().ToListAsync(cancel));
        return tags.Where(t => seen.Contains(t.Id) || !db.Set<ContactTag>().Any(ct => ct.TagId == t.Id));
    }
}
