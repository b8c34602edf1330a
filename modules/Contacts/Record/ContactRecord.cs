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
        var (row, parts) = ((Row?)null, (List<Part>)[]);
        await db.TogetherAsync(
            async () => row = deleted ? await DeletedAsync(db, id, cancel) : (await Found.ListAsync(db, id, cancel)).FirstOrDefault(),
            async () => parts = await PartsOf.ListAsync(db, id, cancel));
        if (row is null) return null;
        var record = new ContactRecord
        {
            Contact = row.Contact,
            Type = row.Type is null ? null : (row.Type.Key, row.Type.Name), Temperature = row.Temperature is null ? null : (row.Temperature.Key, row.Temperature.Name),
        };
        record.Take(parts.ToLookup(p => p.What));
        if (await db.OpensCompanyAsync(record.Contact.CompanyId, cancel)) record.CompanyId = record.Contact.CompanyId;
        record.MayEdit = db.Viewer.May("contacts.edit") && db.MayEdit(record.Contact);
        record.MayDelete = db.Viewer.May("contacts.delete") && db.MayEdit(record.Contact);
        return record;
    }

    private void Take(ILookup<int, Part> parts)
    {
        var id = Id;
        Contact.Points = [.. parts[Part.Point].OrderBy(p => p.Position).Select(p => new ContactPoint
        {
            Id = p.Id, ContactId = id, Kind = (PointKind)p.Kind, Category = p.Category, Value = p.Text1, Normal = p.Text2, IsPrimary = p.IsPrimary, Position = p.Position,
        })];
        Contact.Addresses = [.. parts[Part.Address].OrderBy(p => p.Position).Select(p => new ContactAddress
        {
            Id = p.Id, ContactId = id, Category = p.Category, Street = p.Text1, Zip = p.Text2, City = p.Text3, State = p.Text4, Country = p.Text5, IsPrimary = p.IsPrimary, Position = p.Position,
        })];
        Contact.Tags = [.. parts[Part.Tag].Select(p => new ContactTag { ContactId = id, TagId = p.Id })];
        Contact.Responsibles = [.. parts[Part.User].Select(p => new ContactResponsible { ContactId = id, UserId = p.Id })];
        Tags = [.. parts[Part.Tag].Select(p => p.Text1).Order(StringComparer.CurrentCultureIgnoreCase)];
        Responsibles = [.. parts[Part.User].Select(p => (p.Id, p.Text1)).OrderBy(p => p.Text1, StringComparer.CurrentCultureIgnoreCase)];
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

    // All parts in one statement: to ask for each kind by itself costs more than to read them.
    private static readonly FixedQuery<long, Part> PartsOf = new((db, id) =>
        db.Set<ContactPoint>().Where(p => p.ContactId == id).Select(p => new Part
        {
            What = Part.Point, Id = p.Id, Kind = (int)p.Kind, Category = p.Category, IsPrimary = p.IsPrimary, Position = p.Position, Text1 = p.Value, Text2 = p.Normal, Text3 = "", Text4 = "", Text5 = "",
        })
        .Concat(db.Set<ContactAddress>().Where(a => a.ContactId == id).Select(a => new Part
        {
            What = Part.Address, Id = a.Id, Kind = 0, Category = a.Category, IsPrimary = a.IsPrimary, Position = a.Position, Text1 = a.Street, Text2 = a.Zip, Text3 = a.City, Text4 = a.State, Text5 = a.Country,
        }))
        .Concat(db.Set<ContactTag>().Where(t => t.ContactId == id).Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (_, t) => new Part
        {
            What = Part.Tag, Id = t.Id, Kind = 0, Category = "", IsPrimary = false, Position = 0, Text1 = t.Name, Text2 = "", Text3 = "", Text4 = "", Text5 = "",
        }))
        .Concat(db.Set<ContactResponsible>().Where(r => r.ContactId == id).Join(db.Set<User>(), r => r.UserId, u => u.Id, (_, u) => new Part
        {
            What = Part.User, Id = u.Id, Kind = 0, Category = "", IsPrimary = false, Position = 0, Text1 = u.Name, Text2 = "", Text3 = "", Text4 = "", Text5 = "",
        })));

    private sealed class Row
    {
        public required Contact Contact { get; init; }
        public ContactType? Type { get; init; }
        public Temperature? Temperature { get; init; }
    }

    // An e-mail address or phone number, a postal address, a tag or a responsible user; the texts are those of each, in this order.
    private sealed class Part
    {
        public const int Point = 0, Address = 1, Tag = 2, User = 3;
        public required int What { get; init; }
        public required long Id { get; init; }
        public required int Kind { get; init; }
        public required string Category { get; init; }
        public required bool IsPrimary { get; init; }
        public required int Position { get; init; }
        public required string Text1 { get; init; }
        public required string Text2 { get; init; }
        public required string Text3 { get; init; }
        public required string Text4 { get; init; }
        public required string Text5 { get; init; }
    }
}
