using Liaison.Kernel.Data;

namespace Liaison.Contacts;

/// <summary>What a contact is found by: any part of name, company, e-mail, phone digits, city.</summary>
public static class ContactSearch
{
    /// <summary>The folded text of a contact, one part a line, the name first.</summary>
    public static string TextOf(Contact contact)
    {
        var parts = new List<string>(8);
        void Add(string part) { if (part.Length > 0) parts.Add(part); }
        Add(SearchText.NameSpellings((contact.FirstName + " " + contact.LastName).Trim(), isPerson: true));
        Add(SearchText.NameSpellings(contact.CompanyName, isPerson: false));
        foreach (var point in contact.Points)
        {
            if (point.Kind == PointKind.Email) Add(point.Normal);
            else if (point.Kind == PointKind.Phone) Add(AllDigits(point.Value));
        }
        for (var i = 0; i < contact.Addresses.Count; i++) if (!IsAgain(contact.Addresses, i)) Add(SearchText.Spellings(contact.Addresses[i].City));
        return string.Join('\n', parts);
    }

    private static bool IsAgain(List<ContactAddress> addresses, int index)
    {
        for (var i = 0; i < index; i++) if (addresses[i].City.Equals(addresses[index].City, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Those whose text contains a word in one of its spellings.</summary>
    public static IQueryable<Contact> Containing(this IQueryable<Contact> contacts, SearchWord word)
    {
        var (text, other) = word;
        return other is null ? contacts.Where(c => c.SearchText.Contains(text)) : contacts.Where(c => c.SearchText.Contains(text) || c.SearchText.Contains(other));
    }

    /// <summary>
    /// What a trigram index is asked for. It holds trigrams without positions (it is a third of the size): those that each word is made of, in one of its spellings; the
    /// condition on the text does the rest. Trigrams that lie across two others would cost as much to read and hardly leave anything out.
    /// </summary>
    public static string Trigrams(IReadOnlyList<SearchWord> words) => string.Join(" AND ", words.Select(w => w.Other is null ? Trigrams(w.Text) : $"(({Trigrams(w.Text)}) OR ({Trigrams(w.Other)}))"));

    /// <summary>The words that a trigram index can be asked for: shorter ones, and those of emojis, have no trigram.</summary>
    public static List<SearchWord> Indexed(IEnumerable<SearchWord> words) => [.. words.Where(w => w.Spellings.All(s => Parts(s).Any()))];

    private static string Trigrams(string word) => string.Join(" AND ", Parts(word).Select(t => "\"" + t.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""));

    private static IEnumerable<string> Parts(string word) => Enumerable.Range(0, Math.Max(0, word.Length - 2)).Where(i => !char.IsLowSurrogate(word[i]) && !char.IsHighSurrogate(word[i + 2]))
        .Where(i => i % 3 == 0 || i == word.Length - 3).Select(i => word.Substring(i, 3)).Distinct(StringComparer.Ordinal).Take(40);

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
