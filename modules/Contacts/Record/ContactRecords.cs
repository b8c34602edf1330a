using Liaison.Access;
using Liaison.Contacts.Labels;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Record;

/// <summary>Reads contacts as their pages show them.</summary>
public sealed class ContactRecords(LiaisonDb db, ContactLists lists, TagNames tags, Users users)
{
    /// <summary>
    /// Reads a contact that the viewer sees, or null. Each of <paramref name="beside"/> needs nothing but the contact's id, so that it goes out together with the contact:
    /// it runs before anybody knows whether the viewer sees the contact, and what it read is for them only then.
    /// </summary>
    public async Task<ContactRecord?> LoadAsync(long id, CancellationToken cancel, params IEnumerable<Func<Task>> beside)
    {
        var (found, parts, company) = ((List<Contact>)[], (List<Part>)[], (List<long>)[]);
        List<Func<Task>> reads = [async () => found = await Found.ListAsync(db, id, cancel), async () => parts = await PartsOf.ListAsync(db, id, cancel)];
        if (!db.SeesAll) reads.Add(async () => company = await CompanyOf.ListAsync(db, id, cancel));
        await db.TogetherAsync([.. reads, .. beside]);
        if (found is not [var contact]) return null;
        return await RecordAsync(contact, parts, db.SeesAll ? contact.CompanyId : company.Cast<long?>().FirstOrDefault(), cancel);
    }

    /// <summary>Reads a contact in the trash that the viewer may see, or null.</summary>
    public async Task<ContactRecord?> LoadDeletedAsync(long id, CancellationToken cancel)
    {
        if (await db.DeletedContacts().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } contact) return null;
        return await RecordAsync(contact, await PartsOf.ListAsync(db, id, cancel), await db.OpensCompanyAsync(contact.CompanyId, cancel) ? contact.CompanyId : null, cancel);
    }

    private async Task<ContactRecord> RecordAsync(Contact contact, List<Part> parts, long? company, CancellationToken cancel)
    {
        var known = await lists.OfAsync(db, cancel);
        if ((contact.TypeId is { } type && known.TypeKey(type) is null) || (contact.TemperatureId is { } temperature && known.TemperatureKey(temperature) is null))
        {
            // Another instance may just have added it.
            lists.Forget();
            known = await lists.OfAsync(db, cancel);
        }
        Take(contact, parts);
        foreach (var id in contact.PartsMark is { } note ? PartsMark.Read(note) : await PartsMark.ReadAsync(db, contact.Id, cancel))
        {
            if (id < 0) contact.Responsibles.Add(new() { ContactId = contact.Id, UserId = -id });
            else contact.Tags.Add(new() { ContactId = contact.Id, TagId = id });
        }
        var names = contact.Tags.Count == 0 ? null : await tags.OfAsync(db, contact.Tags.ConvertAll(t => t.TagId), cancel);
        var people = await users.WithAsync(contact.Responsibles.Select(r => r.UserId), cancel);
        var mayChange = db.MayEdit(contact);
        return new()
        {
            Contact = contact, CompanyId = company, MayEdit = mayChange && db.Viewer.May("contacts.edit"), MayDelete = mayChange && db.Viewer.May("contacts.delete"),
            Type = known.Types.FirstOrDefault(t => t.Id == contact.TypeId), Temperature = known.Temperatures.FirstOrDefault(t => t.Id == contact.TemperatureId),
            Tags = [.. contact.Tags.Where(t => names!.ContainsKey(t.TagId)).Select(t => names![t.TagId]).Order(StringComparer.CurrentCultureIgnoreCase)],
            Responsibles = [.. contact.Responsibles.Where(r => people.ContainsKey(r.UserId)).Select(r => (r.UserId, people[r.UserId].Name)).OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase)],
        };
    }

    private static void Take(Contact contact, List<Part> parts)
    {
        foreach (var p in parts.OrderBy(p => p.Position))
        {
            if (p.Kind == Part.Address)
                contact.Addresses.Add(new() { Id = p.Id, ContactId = contact.Id, Category = p.Category, Street = p.Text1, Zip = p.Text2, City = p.Text3, State = p.Text4, Country = p.Text5, IsPrimary = p.IsPrimary, Position = p.Position });
            else
                contact.Points.Add(new() { Id = p.Id, ContactId = contact.Id, Kind = (PointKind)p.Kind, Category = p.Category, Value = p.Text1, Normal = p.Text2, IsPrimary = p.IsPrimary, Position = p.Position });
        }
    }

    private static readonly FixedQuery<long, Contact> Found = new((db, id) => db.Set<Contact>().AsNoTracking().Where(c => c.Id == id));

    private static readonly string[] NotDeleted = [ContactMapping.NotDeleted];

    // The company of a person, in the trash too, where the viewer sees both.
    private static readonly FixedQuery<long, long> CompanyOf = new((db, id) =>
        db.Set<Contact>().IgnoreQueryFilters(NotDeleted).Where(c => c.Id == id).Join(db.Set<Contact>().IgnoreQueryFilters(NotDeleted), c => c.CompanyId, c => c.Id, (_, company) => company.Id));

    // E-mails, phones and addresses in one statement: to ask for each by itself costs more than to read them.
    private static readonly FixedQuery<long, Part> PartsOf = new((db, id) =>
        db.Set<ContactPoint>().Where(p => p.ContactId == id).Select(p => new Part
        {
            Kind = (int)p.Kind, Id = p.Id, Category = p.Category, IsPrimary = p.IsPrimary, Position = p.Position, Text1 = p.Value, Text2 = p.Normal, Text3 = "", Text4 = "", Text5 = "",
        })
        .Concat(db.Set<ContactAddress>().Where(a => a.ContactId == id).Select(a => new Part
        {
            Kind = Part.Address, Id = a.Id, Category = a.Category, IsPrimary = a.IsPrimary, Position = a.Position, Text1 = a.Street, Text2 = a.Zip, Text3 = a.City, Text4 = a.State, Text5 = a.Country,
        })));

    // An e-mail address or phone number, or a postal address; the texts are those of each, in this order.
    private sealed class Part
    {
        public const int Address = 0;
        public required int Kind { get; init; }
        public required long Id { get; init; }
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
