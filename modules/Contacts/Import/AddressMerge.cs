using Liaison.Kernel.Data;

namespace Liaison.Contacts.Import;

/// <summary>
/// Merges the addresses of a row into those of a contact. The same address is completed; another one takes the place of the address that has its
/// rank in the category, as a whole, so that no street stands with the town of another; without such a place it is added.
/// </summary>
internal static class AddressMerge
{
    public static void Into(List<AddressInput> stored, List<AddressInput> row)
    {
        var taken = new HashSet<AddressInput>(ReferenceEqualityComparer.Instance);
        var before = stored.ToList();
        var others = new List<(AddressInput Address, int Rank)>();
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        // All that are the same first: what is left has no place among them.
        foreach (var address in row)
        {
            var rank = ranks[address.Category] = ranks.GetValueOrDefault(address.Category) + 1;
            var same = !IsPlace(address) ? null : before.Where(a => !taken.Contains(a) && IsSame(a, address) && (a.Category == address.Category || Likeness(a, address) > 1)).MaxBy(a => (a.Category == address.Category, Likeness(a, address)));
            if (same is null) others.Add((address, rank));
            else if (taken.Add(same)) Complete(same, address);
        }
        foreach (var (address, rank) in others)
        {
            var place = before.Where(a => a.Category == address.Category).ElementAtOrDefault(rank - 1);
            if (place is null || !taken.Add(place)) Append(stored, address);
            else if (!IsPlace(address)) Complete(place, address);
            else if (Text(address.Street).Length == 0 && Text(place.Street).Length > 0) Append(stored, address);
            else (place.Street, place.Zip, place.City, place.State, place.Country) = (address.Street, address.Zip, address.City, address.State, address.Country);
        }
    }

    private static void Append(List<AddressInput> stored, AddressInput address)
    {
        address.Primary = stored.Count == 0;
        stored.Add(address);
    }

    private static void Complete(AddressInput stored, AddressInput row)
    {
        stored.Street = row.Street ?? stored.Street;
        stored.Zip = row.Zip ?? stored.Zip;
        stored.City = row.City ?? stored.City;
        stored.State = row.State ?? stored.State;
        stored.Country = row.Country ?? stored.Country;
    }

    // A country or a state alone says nothing about which address is meant.
    private static bool IsPlace(AddressInput address) => address.Street is not null || address.Zip is not null || address.City is not null;

    private static bool IsSame(AddressInput stored, AddressInput row) => Agree(stored.Street, row.Street) && Agree(stored.Zip, row.Zip) && Agree(stored.City, row.City);

    private static int Likeness(AddressInput stored, AddressInput row) =>
        new[] { (stored.Street, row.Street), (stored.Zip, row.Zip), (stored.City, row.City) }.Count(p => Text(p.Item1).Length > 0 && Text(p.Item1) == Text(p.Item2));

    private static bool Agree(string? one, string? other) => Text(one) is var a && Text(other) is var b && (a.Length == 0 || b.Length == 0 || a == b);

    // "12, rue de l’Église" and "12 rue de l'eglise" are one street.
    private static string Text(string? text) => string.Concat(SearchText.Fold(text).Where(char.IsLetterOrDigit));
}
