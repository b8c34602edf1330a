using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Liaison.Contacts.ShortLists;
using Liaison.Kernel.Validation;

namespace Liaison.Contacts.Api;

/// <summary>What can be set on a contact type or a temperature.</summary>
public sealed partial class ListEntryInput
{
    /// <summary>The word of the API, made of the name when not given; fixed once created.</summary>
    public string? Key { get; set; }
    /// <summary>Name to show; the delivered name when null.</summary>
    public string? Name { get; set; }
    /// <summary>Colour as #rrggbb; temperatures only.</summary>
    public string? Color { get; set; }
    /// <summary>Place in the list, ascending.</summary>
    public int? Position { get; set; }

    /// <summary>Whether contacts of a type have a status; types only. After a change the statuses are computed anew in the background.</summary>
    public bool? Lifecycle { get; set; }

    /// <summary>What can be said against the input by itself.</summary>
    internal Problems Validate(ListEntry? existing, ShortList list)
    {
        var problems = new Problems();
        Name = ContactInput.Clean(Name);
        Key = ContactInput.Clean(Key) ?? existing?.Key;
        if (Name?.Length > 100) problems.Add(nameof(Name), "contacts.error.tooLong", 100);
        if (Key is not null && (existing is null ? !EntryKeys.IsKey(Key) : Key != existing.Key)) problems.Add(nameof(Key), "api.error.badValue", "key");
        if (Color is not null && !(list.HasColor && Hex().IsMatch(Color))) problems.Add(nameof(Color), "api.error.badValue", "color");
        if (Lifecycle is not null && !list.HasLifecycle) problems.Add(nameof(Lifecycle), "api.error.badValue", "lifecycle");
        if (Position is < 0 or > 100_000) problems.Add(nameof(Position), "api.error.badValue", "position");
        return problems;
    }

    /// <summary>What can change in an entry, as one text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key} {Name} {Color} {Position} {Lifecycle}");

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.None, 1000)]
    private static partial Regex Hex();
}

/// <summary>A contact type or a temperature.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Key">The word by which contacts refer to it.</param>
/// <param name="Name">Name in the caller's language.</param>
/// <param name="Color">Colour of a temperature.</param>
/// <param name="Position">Place in the list.</param>
/// <param name="Lifecycle">Whether contacts of a type have a status.</param>
public sealed record ListEntryReply(
    long Id, string Key, string Name, string? Color, int Position, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Lifecycle);
