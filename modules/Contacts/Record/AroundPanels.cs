using System.Linq.Expressions;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Record;

/// <summary>A contact named in a panel.</summary>
public sealed record Neighbour
{
    public required long Id { get; init; }
    public required ContactKind Kind { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required string CompanyName { get; init; }
    public required string Email { get; init; }
    public required string Phone { get; init; }
    /// <summary>The job title.</summary>
    public required string Line { get; init; }
    public required ContactStatus Status { get; init; }
    public string Name => Contact.NameOf(Kind, FirstName, LastName, CompanyName, Email, Phone);

    /// <summary>Reads just these columns.</summary>
    internal static readonly Expression<Func<Contact, Neighbour>> Of = c => new Neighbour
    {
        Id = c.Id, Kind = c.Kind, FirstName = c.FirstName, LastName = c.LastName, CompanyName = c.CompanyName, Email = c.PrimaryEmail, Phone = c.PrimaryPhone, Line = c.JobTitle, Status = c.Status,
    };
}

/// <summary>The people a panel names, the first few; <paramref name="CompanyId"/> leads to all of them.</summary>
public sealed record Neighbours(long CompanyId, Neighbour? Company, IReadOnlyList<Neighbour> Persons, bool HasMore, bool MayAdd);

/// <summary>On a person's page their company with its other persons; on a company's page its persons.</summary>
internal sealed class PeoplePanel : RecordPanel
{
    private const int Shown = 6;

    public override PanelPlace Place => PanelPlace.Side;
    public override int Order => 300;
    public override string View => "/Record/_People.cshtml";

    public override async Task<object?> ReadAsync(LiaisonDb db, long contactId, CancellationToken cancel) => await Around.ListAsync(db, contactId, Shown + 1, cancel);

    public override Task<object?> LoadAsync(LiaisonDb db, Contact contact, object? read, CancellationToken cancel) => Task.FromResult<object?>(Of(db, contact, (List<Neighbour>)read!));

    private static Neighbours? Of(LiaisonDb db, Contact contact, List<Neighbour> found)
    {
        var isCompany = contact.Kind == ContactKind.Company;
        if ((isCompany ? contact.Id : contact.CompanyId) is not { } companyId) return null;
        var company = isCompany ? null : found.Find(n => n.Id == companyId);
        var persons = found.Where(n => n.Id != companyId).ToList();
        // A company that the viewer may not see says nothing about who else works there.
        if (!isCompany && company is null) return null;
        return new(companyId, company, [.. persons.Take(Shown)], persons.Count > Shown, db.Viewer.May("contacts.edit"));
    }

    // Two parts, each by an index of its own: with one condition the database would walk all contacts in order of name. A person's own company is theirs, a company is its own.
    private static readonly FixedQuery<long, int, Neighbour> Around = new((db, id, take) =>
        db.Set<Contact>().Where(m => m.Id == id).Join(db.Set<Contact>(), m => m.Kind == ContactKind.Company ? m.Id : m.CompanyId, c => c.CompanyId, (_, c) => c)
            .Where(c => c.Id != id).OrderBy(c => c.SortName).Take(take).Select(Neighbour.Of)
        .Concat(db.Set<Contact>().Where(m => m.Id == id && m.Kind != ContactKind.Company).Join(db.Set<Contact>(), m => m.CompanyId, c => c.Id, (_, c) => c).Select(Neighbour.Of)));
}

/// <summary>Contacts that may be the same.</summary>
internal sealed class DuplicatesPanel : RecordPanel
{
    public override PanelPlace Place => PanelPlace.Side;
    public override int Order => 400;
    public override string View => "/Record/_Duplicates.cshtml";

    public override async Task<object?> ReadAsync(LiaisonDb db, long contactId, CancellationToken cancel) => await db.FindAlikeAsync(contactId, cancel);

    public override async Task<object?> LoadAsync(LiaisonDb db, Contact contact, object? read, CancellationToken cancel)
    {
        var found = await db.FindDuplicatesAsync(contact, (IReadOnlyList<Duplicates.Alike>)read!, cancel);
        return found.Count == 0 ? null : found;
    }
}
