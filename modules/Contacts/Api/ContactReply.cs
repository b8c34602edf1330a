using System.Text.Json.Serialization;
using Liaison.Contacts.Lifecycle;

namespace Liaison.Contacts.Api;

/// <summary>A contact as the API writes it: what can be set (see ContactInput), and what follows from it.</summary>
public sealed class ContactReply
{
    public long Id { get; init; }
    public ContactKind Kind { get; init; }
    /// <summary>Name to show.</summary>
    public string Name { get; init; } = "";
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? JobTitle { get; init; }
    public long? CompanyId { get; init; }
    public string? CompanyName { get; init; }
    public string? Industry { get; init; }
    public IReadOnlyList<PointInput> Emails { get; init; } = [];
    public IReadOnlyList<PointInput> Phones { get; init; } = [];
    public IReadOnlyList<PointInput> Websites { get; init; } = [];
    public IReadOnlyList<PointInput> Socials { get; init; } = [];
    public IReadOnlyList<AddressInput> Addresses { get; init; } = [];
    /// <summary>Key of a contact type.</summary>
    public string? Type { get; init; }
    public ContactStatus Status { get; init; }
    /// <summary>When what made the status happened.</summary>
    public DateTime StatusSince { get; init; }
    /// <summary>Why, in the caller's language.</summary>
    public string StatusBecause { get; init; } = "";
    /// <summary>Whether automatic changes are off.</summary>
    public bool StatusLocked { get; init; }
    /// <summary>Whether an action found that details of this client are wrong.</summary>
    public bool DetailsToCheck { get; init; }
    /// <summary>Key of a temperature.</summary>
    public string? Temperature { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>User ids.</summary>
    public IReadOnlyList<long> Responsibles { get; init; } = [];
    public ContactAccess Access { get; init; }
    public string? Currency { get; init; }
    public string? Description { get; init; }
    /// <summary>Values of custom fields by key.</summary>
    public IReadOnlyDictionary<string, object?> Custom { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);
    public LastAction? LastAction { get; init; }
    /// <summary>Earliest open reminder.</summary>
    public DateTime? NextReminder { get; init; }
    /// <summary>Whether others than its responsible users see it.</summary>
    public bool Shared { get; init; }
    public long Version { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; init; }
    /// <summary>In replies to writes: what else changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Effect>? Effects { get; init; }
}
