using Liaison.Kernel.Data;

namespace Liaison.Contacts.Record;

/// <summary>Where an e-mail, phone, website or profile leads when it is clicked; only safe addresses are links.</summary>
public static class PointLink
{
    /// <summary>The link's target, or null for plain text.</summary>
    public static string? Of(ContactPoint point) => point.Kind switch
    {
        PointKind.Email => EmailAddress.IsValid(point.Value) ? Mail(point.Value) : null,
        PointKind.Phone => Dial(point.Value),
        PointKind.Website => WebAddress.Href(point.Value),
        _ => point.Value.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || point.Value.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? WebAddress.Href(point.Value) : null,
    };

    /// <summary>mailto: with what could end the address encoded.</summary>
    public static string Mail(string address) => "mailto:" + Uri.EscapeDataString(address).Replace("%40", "@", StringComparison.Ordinal);

    /// <summary>tel: with digits and a leading plus; null when there are too few.</summary>
    public static string? Dial(string phone)
    {
        var digits = new string([.. phone.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit)]);
        return digits.Length < 3 ? null : (phone.TrimStart().StartsWith('+') ? "tel:+" : "tel:") + digits;
    }

    /// <summary>Other sites learn nothing from the link.</summary>
    public static string? Rel(PointKind kind) => kind is PointKind.Website or PointKind.Social ? "noopener noreferrer nofollow" : null;

    /// <summary>Sites open beside.</summary>
    public static string? Target(PointKind kind) => kind is PointKind.Website or PointKind.Social ? "_blank" : null;

    /// <summary>An address as an envelope has it.</summary>
    public static IEnumerable<string> Lines(ContactAddress address)
    {
        foreach (var line in address.Street.Split('\n', StringSplitOptions.RemoveEmptyEntries)) yield return line;
        if ((address.Zip + " " + address.City).Trim() is { Length: > 0 } town) yield return town;
        if (address.State.Length > 0) yield return address.State;
        if (address.Country.Length > 0) yield return address.Country;
    }
}
