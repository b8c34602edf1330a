using Liaison.Kernel.Data;

namespace Liaison.Contacts;

/// <summary>What a contact is found by: any part of name, company, e-mail, phone digits, city.</summary>
public static class ContactSearch
{
    /// <summary>The folded text of a contact, one part a line.</summary>
    public static string TextOf(Contact contact)
    {
        var parts = new List<string>(8);
        void Add(string part) { if (part.Length > 0) parts.Add(part); }
        Add(SearchText.Fold((contact.FirstName + " " + contact.LastName).Trim()));
        Add(SearchText.Fold(contact.CompanyName));
        foreach (var point in contact.Points)
        {
            if (point.Kind == PointKind.Email) Add(point.Normal);
            else if (point.Kind == PointKind.Phone) Add(AllDigits(point.Value));
        }
        foreach (var city in contact.Addresses.Select(a => a.City).Where(c => c.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)) Add(SearchText.Fold(city));
        return string.Join('\n', parts);
    }

    // With the country code, so that both "0033 6…" and "06…" are parts of it once leading zeros are dropped from the query.
    private static string AllDigits(string phone)
    {
        var normal = Phones.Digits(phone);
        if (normal.Length == 0) return "";
        Span<char> buffer = phone.Length <= 512 ? stackalloc char[phone.Length] : new char[phone.Length];
        var n = 0;
        for (var i = 0; i < phone.Length; i++)
        {
            if (phone.AsSpan(i).StartsWith("(0)")) i += 2;
            else if (char.IsAsciiDigit(phone[i])) buffer[n++] = phone[i];
        }
        var digits = buffer[..n].TrimStart('0');
        return digits.IndexOf(normal) >= 0 ? new string(digits) : normal;
    }
}
