using Liaison.Access;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Record;

/// <summary>A contact as its page shows it: with its parts and the names of what it refers to. Not tracked.</summary>
public sealed class ContactRecord
{
    /// <summary>The contact with its parts.</summary>
    public required Contact Contact { get; init; }
    public (string Key, string? Name)? Type { get; private init; }
    public (string Key, string? Name)? Temperature { get; private init; }
    public IReadOnlyList<string> Tags { get; private set; } = [];
    public IReadOnlyList<(long Id, string Name)> Responsibles { get; private set; } = [];
    /// <summary>The company a person belongs to, where the viewer can open it.</summary>
    public long? CompanyId { get; private set; }
    /// <summary>Whether the viewer may change it.</summary>
    public bool MayEdit { get; private set; }
    /// <summary>Whether the viewer may delete and restore it.</summary>
    public bool MayDelete { get; private set; }

    public long Id => Contact.Id;
    public string Name => Contact.Name;
    public bool IsCompany => Contact.Kind == ContactKind.Company;
    public bool IsDeleted => Contact.DeletedAt is not null;
    public StatusCause Cause => StatusCause.Parse(Contact.StatusCauseJson);
    public IEnumerable<ContactPoint> Of(PointKind kind) => Contact.Points.Where(p => p.Kind == kind).OrderByDescending(p => p.IsPrimary).ThenBy(p => p.Position);

    /// <summary>Reads a contact that the viewer sees (also from the trash when <paramref name="deleted"/>), or null.</summary>
    public static async Task<ContactRecord?> LoadAsync(LiaisonDb db, long id, bool deleted, CancellationToken cancel)
    {
        var row = deleted ? await DeletedAsync(db, id, cancel) : (await Found.ListAsync(db, id, cancel)).FirstOrDefault();
        if (row is null) return null;
        var record = new ContactRecord
        {
            Contact = row.Contact,
            Type = row.Type is null ? null : (row.Type.Key, row.Type.Name), Temperature = row.Temperature is null ? null : (row.Temperature.Key, row.Temperature.Name),
        };
        await record.PartsAsync(db, cancel);
        if (await db.OpensCompanyAsync(record.Contact.CompanyId, cancel)) record.CompanyId = record.Contact.CompanyId;
        record.MayEdit = db.Viewer.May("contacts.edit") && db.MayEdit(record.Contact);
        record.MayDelete = db.Viewer.May("contacts.delete") && db.MayEdit(record.Contact);
        return record;
    }

    private async Task PartsAsync(LiaisonDb db, CancellationToken cancel)
    {
        var id = Id;
        Contact.Points = await PointsOf.ListAsync(db, id, cancel);
        Contact.Addresses = await AddressesOf.ListAsync(db, id, cancel);
        var named = await NamesOf.ListAsync(db, id, cancel);
        Contact.Tags = [.. named.Where(n => !n.IsUser).Select(n => new ContactTag { ContactId = id, TagId = n.Id })];
        Contact.Responsibles = [.. named.Where(n => n.IsUser).Select(n => new ContactResponsible { ContactId = id, UserId = n.Id })];
        Tags = [.. named.Where(n => !n.IsUser).Select(n => n.Name).Order(StringComparer.CurrentCultureIgnoreCase)];
        Responsibles = [.. named.Where(n => n.IsUser).Select(n => (n.Id, n.Name)).OrderBy(n => n.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static async Task<Row?> DeletedAsync(LiaisonDb db, long id, CancellationToken cancel) => await db.DeletedContacts().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } contact ? null : new()
    {
        Contact = contact, Type = await db.Set<ContactType>().FirstOrDefaultAsync(t => t.Id == contact.TypeId, cancel),
        Temperature = await db.Set<Temperature>().FirstOrDefaultAsync(t => t.Id == contact.TemperatureId, cancel),
    };

    private static readonly FixedQuery<long, Row> Found = new((db, id) =>
        from contact in db.Set<Contact>().AsNoTracking().Where(c => c.Id == id)
        from type in db.Set<ContactType>().Where(t => t.Id == contact.TypeId).DefaultIfEmpty()
        from temperature in db.Set<Temperature>().Where(t => t.Id == contact.TemperatureId).DefaultIfEmpty()
        select new Row { Contact = contact, Type = type, Temperature = temperature });

    private static readonly FixedQuery<long, ContactPoint> PointsOf = new((db, id) => db.Set<ContactPoint>().AsNoTracking().Where(p => p.ContactId == id).OrderBy(p => p.Position));

    private static readonly FixedQuery<long, ContactAddress> AddressesOf = new((db, id) => db.Set<ContactAddress>().AsNoTracking().Where(a => a.ContactId == id).OrderBy(a => a.Position));

    private static readonly FixedQuery<long, Named> NamesOf = new((db, id) =>
        db.Set<ContactTag>().Where(t => t.ContactId == id).Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (_, t) => new Named { IsUser = false, Id = t.Id, Name = t.Name })
            .Concat(db.Set<ContactResponsible>().Where(r => r.ContactId == id).Join(db.Set<User>(), r => r.UserId, u => u.Id, (_, u) => new Named { IsUser = true, Id = u.Id, Name = u.Name })));

    private sealed class Row
    {
        public required Contact Contact { get; init; }
        public ContactType? Type { get; init; }
        public Temperature? Temperature { get; init; }
    }

    // A tag or a responsible user.
    private sealed class Named
    {
        public required bool IsUser { get; init; }
        public required long Id { get; init; }
        public required string Name { get; init; }
    }
}
