using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Labels;

/// <summary>The tags somebody may know of.</summary>
public static class SeenTags
{
    /// <summary>
    /// Those on a contact that the viewer sees, and those that nobody uses; the words of contacts that are hidden stay hidden too. Administrators see all. Each tag
    /// costs a look until the first contact that is seen.
    /// </summary>
    public static IQueryable<Tag> Tags(this LiaisonDb db)
    {
        var tags = db.Set<Tag>().AsNoTracking();
        return db.SeesAll ? tags : tags.Where(t => db.Set<ContactTag>().Any(ct => ct.TagId == t.Id && db.Set<Contact>().Any(c => c.Id == ct.ContactId))
            || !db.Set<ContactTag>().Any(ct => ct.TagId == t.Id));
    }
}
