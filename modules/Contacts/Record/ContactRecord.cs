using Liaison.Contacts.Lifecycle;

namespace Liaison.Contacts.Record;

/// <summary>A contact as its page shows it: with its parts and the names of what it refers to. Not tracked.</summary>
public sealed class ContactRecord
{
    /// <summary>The contact with its parts.</summary>
    public required Contact Contact { get; init; }
    public ListEntry? Type { get; init; }
    public ListEntry? Temperature { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required IReadOnlyList<(long Id, string Name)> Responsibles { get; init; }
    /// <summary>The company a person belongs to, where the viewer can open it.</summary>
    public long? CompanyId { get; init; }
    /// <summary>Whether the viewer may change it.</summary>
    public required bool MayEdit { get; init; }
    /// <summary>Whether the viewer may delete and restore it.</summary>
    public required bool MayDelete { get; init; }

    public long Id => Contact.Id;
    public string Name => Contact.Name;
    public bool IsCompany => Contact.Kind == ContactKind.Company;
    public bool IsDeleted => Contact.DeletedAt is not null;
    public StatusCause Cause => StatusCause.Parse(Contact.StatusCauseJson);
    public IEnumerable<ContactPoint> Of(PointKind kind) => Contact.Points.Where(p => p.Kind == kind).OrderByDescending(p => p.IsPrimary).ThenBy(p => p.Position);
}
