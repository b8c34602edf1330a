using System.Linq.Expressions;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;

namespace Liaison.Contacts;

/// <summary>Person or company.</summary>
public enum ContactKind
{
    /// <summary>A human being.</summary>
    Person = 1,
    /// <summary>A firm, association or authority.</summary>
    Company = 2,
}

/// <summary>Who may see a contact besides its responsible users (seed 002).</summary>
public enum ContactAccess
{
    /// <summary>Only its responsible users and administrators; the default.</summary>
    Private = 0,
    /// <summary>Everybody may read it.</summary>
    Read = 1,
    /// <summary>Everybody may read and change it.</summary>
    ReadWrite = 2,
}

/// <summary>A person or company we deal with. Its status follows from what is recorded, see <see cref="StatusRules"/>.</summary>
public sealed class Contact : IVersioned, IStamped, IListed<Contact>
{
    public long Id { get; set; }
    public ContactKind Kind { get; set; } = ContactKind.Person;
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string JobTitle { get; set; } = "";
    /// <summary>A company's own name; for a person the name of the company they belong to.</summary>
    public string CompanyName { get; set; } = "";
    /// <summary>The company a person belongs to.</summary>
    public long? CompanyId { get; set; }
    public string Industry { get; set; } = "";
    public string Description { get; set; } = "";
    public long? TypeId { get; set; }
    public long? TemperatureId { get; set; }
    /// <summary>ISO 4217 code used for this contact's quotes and invoices; empty for the organisation's.</summary>
    public string Currency { get; set; } = "";
    public ContactAccess Access { get; set; }

    public ContactStatus Status { get; set; } = ContactStatus.Lead;
    /// <summary>When what made the status happened, UTC.</summary>
    public DateTime StatusSince { get; set; }
    /// <summary>Why, as JSON of <see cref="StatusCause"/>.</summary>
    public string StatusCauseJson { get; set; } = "";
    /// <summary>The status it was created or imported with.</summary>
    public ContactStatus InitialStatus { get; set; } = ContactStatus.Lead;
    /// <summary>The last status set by hand, and when: what happened before it no longer counts.</summary>
    public ContactStatus? ManualStatus { get; set; }
    public DateTime? ManualStatusAt { get; set; }
    public string? ManualCauseJson { get; set; }
    /// <summary>No automatic change until unlocked.</summary>
    public bool StatusLocked { get; set; }
    /// <summary>An action found that e-mail or phone are wrong although the contact is a client.</summary>
    public bool DetailsToCheck { get; set; }
    /// <summary>When somebody looked at them last, UTC: what was recorded until then raises the flag no more.</summary>
    public DateTime? DetailsCheckedAt { get; set; }

    /// <summary>When the last action took place, UTC; <see cref="Moments.Never"/> when there is none.</summary>
    public DateTime LastActivityAt { get; set; } = Moments.Never;
    public long? LastActivityId { get; set; }
    /// <summary>What the module of actions notes of the last one, so that lists name it without reading it; null when it is to be read.</summary>
    public string? LastActivityMark { get; set; }
    /// <summary>The ids of tags and responsible users as lists show them, kept by the database (<see cref="Liaison.Contacts.PartsMark"/>); null when they are to be read.</summary>
    public string? PartsMark { get; set; }
    /// <summary>Earliest open reminder, UTC; null when there is none.</summary>
    public DateTime? NextReminderAt { get; set; }

    // What lists show and search, derived by Derive().
    public string SortName { get; set; } = "";
    public string NameKey { get; set; } = "";
    public string SearchText { get; set; } = "";
    public string PrimaryEmail { get; set; } = "";
    public string PrimaryPhone { get; set; } = "";
    public string City { get; set; } = "";
    public string CityKey { get; set; } = "";
    /// <summary>A person's company, folded; empty for companies, which stand in no company.</summary>
    public string CompanyKey { get; set; } = "";

    /// <summary>The import that created it.</summary>
    public long? ImportId { get; set; }
    public DateTime? DeletedAt { get; set; }
    public long DeletedById { get; set; }
    public long Version { get; set; }
    public DateTime CreatedAt { get; set; }
    public long CreatedById { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long UpdatedById { get; set; }

    public List<ContactPoint> Points { get; set; } = [];
    public List<ContactAddress> Addresses { get; set; } = [];
    public List<ContactResponsible> Responsibles { get; set; } = [];
    public List<ContactTag> Tags { get; set; } = [];

    static Expression<Func<Contact, Contact>> IListed<Contact>.Of => c => c;

    /// <summary>"Marie Dupont", "Atelier Vermeil"; the e-mail or phone when there is no name.</summary>
    public string Name => NameOf(Kind, FirstName, LastName, CompanyName, PrimaryEmail, PrimaryPhone);

    /// <summary>The name to show of these parts.</summary>
    public static string NameOf(ContactKind kind, string first, string last, string company, string email, string phone)
    {
        if (kind == ContactKind.Company) return company;
        if (first.Length > 0 && last.Length > 0) return first + " " + last;
        return first.Length > 0 ? first : last.Length > 0 ? last : email.Length > 0 ? email : phone;
    }

    /// <summary>Brings the derived columns up to date; called before each save of a changed contact. Whoever has the name key already gives it.</summary>
    public void Derive(string? nameKey = null)
    {
        PrimaryEmail = First(PointKind.Email);
        PrimaryPhone = First(PointKind.Phone);
        City = (Addresses.Find(a => a.IsPrimary && a.City.Length > 0) ?? Addresses.Find(a => a.City.Length > 0))?.City ?? "";
        CityKey = Kernel.Data.SearchText.Fold(City);
        CompanyKey = Kind == ContactKind.Company ? "" : Kernel.Data.SearchText.Fold(CompanyName);
        var name = Kind == ContactKind.Company ? Kernel.Data.SearchText.Fold(CompanyName) : Kernel.Data.SearchText.Fold((LastName + " " + FirstName).Trim());
        SortName = name.Length > 0 ? name : Kernel.Data.SearchText.Fold(Name);
        NameKey = nameKey ?? Duplicates.NameKey(Kind, FirstName, LastName, CompanyName);
        SearchText = ContactSearch.TextOf(this);
    }

    /// <summary>Gives a new contact and its tags and responsible users what lists read of them; triggers would look it up for each.</summary>
    public void Mark()
    {
        PartsMark = Contacts.PartsMark.Of(this);
        foreach (var tag in Tags) (tag.Status, tag.SortName) = (Status, SortName);
        foreach (var responsible in Responsibles) (responsible.Status, responsible.SortName) = (Status, SortName);
    }

    private string First(PointKind kind)
    {
        ContactPoint? first = null;
        foreach (var point in Points)
        {
            if (point.Kind != kind) continue;
            if (point.IsPrimary) return point.Value;
            first ??= point;
        }
        return first?.Value ?? "";
    }
}
