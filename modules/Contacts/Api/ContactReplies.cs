using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Api;

/// <summary>Writes contacts for the API: a page of them costs one query per kind of part.</summary>
public sealed class ContactReplies(LiaisonDb db, ContactLists lists, StatusTexts words, IEnumerable<LastActionSource> lastActions)
{
    /// <summary>Loads the parts of contacts that were read without them, and writes them in the same order.</summary>
    public async Task<IReadOnlyList<ContactReply>> OfAsync(IReadOnlyList<Contact> contacts, CancellationToken cancel)
    {
        var ids = contacts.Select(c => c.Id).ToList();
        ILookup<long, ContactPoint> points = null!;
        ILookup<long, ContactAddress> addresses = null!;
        ILookup<long, ContactResponsible> responsibles = null!;
        ILookup<long, string> tags = null!;
        await db.TogetherAsync(
            async () => points = (await db.Set<ContactPoint>().AsNoTracking().Where(p => ids.Contains(p.ContactId)).ToListAsync(cancel)).ToLookup(p => p.ContactId),
            async () => addresses = (await db.Set<ContactAddress>().AsNoTracking().Where(a => ids.Contains(a.ContactId)).ToListAsync(cancel)).ToLookup(a => a.ContactId),
            async () => responsibles = (await db.Set<ContactResponsible>().AsNoTracking().Where(r => ids.Contains(r.ContactId)).ToListAsync(cancel)).ToLookup(r => r.ContactId),
            async () => tags = (await db.Set<ContactTag>().Where(t => ids.Contains(t.ContactId)).Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (c, t) => new { c.ContactId, t.Name })
                .ToListAsync(cancel)).ToLookup(t => t.ContactId, t => t.Name));
        foreach (var contact in contacts)
        {
            contact.Points = [.. points[contact.Id]];
            contact.Addresses = [.. addresses[contact.Id]];
            contact.Responsibles = [.. responsibles[contact.Id]];
        }
        return await WriteAsync(contacts, c => tags[c.Id], null, cancel);
    }

    /// <summary>Writes a contact that has its parts, as it was just saved.</summary>
    public async Task<ContactReply> OfAsync(Contact contact, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        var tags = new List<string>();
        var missing = new List<long>();
        foreach (var tag in contact.Tags)
        {
            if (db.Set<Tag>().Local.FindEntry(tag.TagId) is { } known) tags.Add(known.Entity.Name);
            else missing.Add(tag.TagId);
        }
        if (missing.Count > 0) tags.AddRange(await db.Set<Tag>().Where(t => missing.Contains(t.Id)).Select(t => t.Name).ToListAsync(cancel));
        return (await WriteAsync([contact], _ => tags, effects, cancel))[0];
    }

    /// <summary>A company that was created because a person names it, as an effect.</summary>
    public IEnumerable<Effect> Made(long? company)
    {
        if (company is { } id) yield return new("contactCreated", id, null, ContactStatus.Lead, words.Because(new StatusCause("created")));
    }

    /// <summary>How a status moved, as effects.</summary>
    public IReadOnlyList<Effect> Moved(IReadOnlyList<StatusChanged> changes) => Effect.Of(words, changes);

    private async Task<IReadOnlyList<ContactReply>> WriteAsync(IReadOnlyList<Contact> contacts, Func<Contact, IEnumerable<string>> tags, IReadOnlyList<Effect>? effects, CancellationToken cancel)
    {
        var known = await lists.OfAsync(db, cancel);
        var actionIds = contacts.Select(c => c.LastActivityId).OfType<long>().ToList();
        var actions = new Dictionary<long, LastAction>();
        if (actionIds.Count > 0)
            foreach (var source in lastActions.For(db.Viewer))
                foreach (var (id, action) in await source.OfAsync(db, actionIds, cancel)) actions[id] = action;
        var open = await db.OpenCompaniesAsync([.. contacts.Select(c => c.CompanyId).OfType<long>().Distinct()], cancel);
        return [.. contacts.Select(c => Write(c, c.CompanyId is { } company && open.Contains(company) ? company : null, ContactFields.Of(c, tags(c), known.TypeKey(c.TypeId), known.TemperatureKey(c.TemperatureId)),
            c.LastActivityId is { } id ? actions.GetValueOrDefault(id) : null, effects))];
    }

    private ContactReply Write(Contact contact, long? companyId, ContactInput fields, LastAction? lastAction, IReadOnlyList<Effect>? effects) => new()
    {
        Id = contact.Id, Kind = contact.Kind, Name = contact.Name, FirstName = fields.FirstName, LastName = fields.LastName, JobTitle = fields.JobTitle,
        CompanyId = companyId, CompanyName = fields.CompanyName, Industry = fields.Industry, Emails = fields.Emails, Phones = fields.Phones,
        Websites = fields.Websites, Socials = fields.Socials, Addresses = fields.Addresses, Type = fields.Type, Status = contact.Status,
        StatusSince = contact.StatusSince, StatusBecause = words.Because(StatusCause.Parse(contact.StatusCauseJson)), StatusLocked = contact.StatusLocked,
        DetailsToCheck = contact.DetailsToCheck, Temperature = fields.Temperature, Tags = fields.Tags, Responsibles = fields.Responsibles, Access = contact.Access,
        Currency = fields.Currency, Description = fields.Description, LastAction = lastAction, NextReminder = contact.NextReminderAt,
        Shared = contact.Access != ContactAccess.Private, Version = contact.Version, CreatedAt = contact.CreatedAt, UpdatedAt = contact.UpdatedAt, Effects = effects,
    };
}
