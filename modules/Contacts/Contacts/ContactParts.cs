using Liaison.Contacts.Lifecycle;

using Liaison.Kernel.Data;

namespace Liaison.Contacts;

/// <summary>Kinds of contact information.</summary>
public enum PointKind
{
    /// <summary>E-mail address.</summary>
    Email = 1,
    /// <summary>Phone or fax number, kept as typed.</summary>
    Phone = 2,
    /// <summary>Web address.</summary>
    Website = 3,
    /// <summary>Social network or messenger.</summary>
    Social = 4,
}

/// <summary>An e-mail, phone, website or social profile.</summary>
public sealed class ContactPoint
{
    public long Id { get; set; }
    public long ContactId { get; set; }
    public PointKind Kind { get; set; }
    /// <summary>One of <see cref="Categories"/>; for social profiles the network.</summary>
    public string Category { get; set; } = "";
    public string Value { get; set; } = "";
    /// <summary>What equal addresses and numbers share: e-mail in lower case, digits of a phone.</summary>
    public string Normal { get; set; } = "";
    public bool IsPrimary { get; set; }
    public int Position { get; set; }

    /// <summary>The form by which values are compared.</summary>
    public static string NormalOf(PointKind kind, string value) => kind switch
    {
        PointKind.Email => SearchText.Fold(value),
        PointKind.Phone => Phones.Digits(value),
        _ => "",
    };
}

/// <summary>A postal address.</summary>
public sealed class ContactAddress
{
    public long Id { get; set; }
    public long ContactId { get; set; }
    public string Category { get; set; } = "";
    public string Street { get; set; } = "";
    public string City { get; set; } = "";
    public string State { get; set; } = "";
    public string Zip { get; set; } = "";
    public string Country { get; set; } = "";
    public bool IsPrimary { get; set; }
    public int Position { get; set; }
}

/// <summary>Something that contacts are listed by, with a copy of what the list is in order of: it reads one index instead of looking at each contact.</summary>
public interface IContactMark
{
    long ContactId { get; }
    /// <summary>The contact's status, null while it is in the trash. Kept by the database.</summary>
    ContactStatus? Status { get; }
    /// <summary>The name by which the contact is sorted. Kept by the database.</summary>
    string SortName { get; }
}

/// <summary>A user who looks after the contact.</summary>
public sealed class ContactResponsible : IContactMark
{
    public long ContactId { get; set; }
    public long UserId { get; set; }
    public ContactStatus? Status { get; set; }
    public string SortName { get; set; } = "";
}

/// <summary>A tag on a contact.</summary>
public sealed class ContactTag : IContactMark
{
    public long ContactId { get; set; }
    public long TagId { get; set; }
    public ContactStatus? Status { get; set; }
    public string SortName { get; set; } = "";
}

/// <summary>A word that groups contacts, created on the fly.</summary>
public sealed class Tag
{
    public long Id { get; set; }
    public required string Name { get; set; }
    /// <summary>Folded name: tags that differ only by case or accents are one.</summary>
    public required string Key { get; set; }
    /// <summary>Whether somebody made it by itself, not only by putting it on a contact: it is everybody's to see then.</summary>
    public bool IsOnPurpose { get; set; }
}

/// <summary>An entry of a short list that administrators edit.</summary>
public abstract class ListEntry
{
    public long Id { get; set; }
    /// <summary>The word of the API; never changes.</summary>
    public string Key { get; set; } = "";
    /// <summary>Name given by the administrator; the delivered text of the key when null.</summary>
    public string? Name { get; set; }
    public int Position { get; set; }
}

/// <summary>Role of a contact towards us: client, supplier… Independent of the status. Editable list.</summary>
public sealed class ContactType : ListEntry
{
    /// <summary>Whether contacts of this type have a status; those of a supplier's may have none.</summary>
    public bool HasLifecycle { get; set; } = true;
}

/// <summary>How warm the relation is. Editable list.</summary>
public sealed class Temperature : ListEntry
{
    public string Color { get; set; } = "";
}

/// <summary>Categories of contact information (ONLYOFFICE's, seed 002).</summary>
public static class Categories
{
    public static readonly IReadOnlyList<string> Email = ["work", "home", "other"];
    public static readonly IReadOnlyList<string> Phone = ["mobile", "work", "home", "direct", "fax", "other"];
    public static readonly IReadOnlyList<string> Website = ["work", "home", "other"];
    public static readonly IReadOnlyList<string> Social = Liaison.Exchange.Reading.ImportFields.Networks;
    public static readonly IReadOnlyList<string> Address = ["office", "home", "billing", "postal", "work", "other"];

    /// <summary>The categories of a kind.</summary>
    public static IReadOnlyList<string> Of(PointKind kind) => kind switch
    {
        PointKind.Email => Email, PointKind.Phone => Phone, PointKind.Website => Website, _ => Social,
    };
}
