using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Record;

/// <summary>A contact named in a panel.</summary>
public sealed record Neighbour(long Id, string Name, string Line, ContactStatus Status, ContactKind Kind);

/// <summary>The people a panel names, the first few; <paramref name="CompanyId"/> leads to all of them.</summary>
public sealed record Neighbours(long CompanyId, Neighbour? Company, IReadOnlyList<Neighbour> Persons, bool HasMore, bool MayAdd);

/// <summary>On a person's page their company with its other persons; on a company's page its persons.</summary>
internal sealed class PeoplePanel : RecordPanel
{
    private const int Shown = 6;

    public override PanelPlace Place => PanelPlace.Side;
    public override int Order => 300;
    public override string View => "/Record/_People.cshtml";

    public override async Task<object?> LoadAsync(LiaisonDb db, Contact contact, CancellationToken cancel)
    {
        var isCompany = contact.Kind == ContactKind.Company;
        if (!isCompany && contact.CompanyId is null) return null;
        var companyId = isCompany ? contact.Id : contact.CompanyId!.Value;
        // Two queries, each by an index of its own: in one the database would walk all contacts in order of name.
        var company = isCompany ? null : (await NamedAsync(db.Contacts().Where(c => c.Id == companyId), 1, cancel)).FirstOrDefault();
        var persons = await NamedAsync(db.Contacts().Where(c => c.CompanyId == companyId && c.Id != contact.Id).OrderBy(c => c.SortName), Shown + 1, cancel);
        // A company that the viewer may not see says nothing about who else works there.
        if (!isCompany && company is null) return null;
        return new Neighbours(companyId, company, [.. persons.Take(Shown)], persons.Count > Shown, db.Viewer.May("contacts.edit"));
    }

    private static async Task<List<Neighbour>> NamedAsync(IQueryable<Contact> contacts, int most, CancellationToken cancel)
    {
        var found = await contacts.Take(most).Select(c => new { c.Id, c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone, c.JobTitle, c.Status }).ToListAsync(cancel);
        return found.ConvertAll(c => new Neighbour(c.Id, Contact.NameOf(c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone), c.JobTitle, c.Status, c.Kind));
    }
}

/// <summary>Contacts that may be the same.</summary>
internal sealed class DuplicatesPanel : RecordPanel
{
    public override PanelPlace Place => PanelPlace.Side;
    public override int Order => 400;
    public override string View => "/Record/_Duplicates.cshtml";

    public override async Task<object?> LoadAsync(LiaisonDb db, Contact contact, CancellationToken cancel)
    {
        var found = await db.FindDuplicatesAsync(ContactFields.Of(contact, [], null, null), contact.Id, cancel);
        return found.Count == 0 ? null : found;
    }
}
