using Liaison.Exchange;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Import;

/// <summary>
/// Addresses that several differently named rows of one file have: a shared mailbox (info@…) says nothing about who is who.
/// Kept as 64-bit hashes: a million rows take some tens of megabytes, and only while the file is surveyed.
/// </summary>
internal sealed class SharedEmails
{
    private readonly HashSet<long> _shared = [];

    public static SharedEmails Of(IEnumerable<ImportRow> rows, long count)
    {
        var result = new SharedEmails();
        var names = new RowKeys(count);
        foreach (var row in rows)
        {
            var contact = (ImportedContact)row.Record;
            if (contact.Emails.Count == 0) continue;
            var name = (SearchText.Fold(contact.FirstName + " " + contact.LastName + (contact.Kind == "company" ? contact.CompanyName : "")).GetHashCode(StringComparison.Ordinal) & int.MaxValue) | 1;
            foreach (var email in contact.Emails)
            {
                var key = Hash.Of(ContactPoint.NormalOf(PointKind.Email, email.Value));
                var first = names[key];
                if (first == 0) names.TryAdd(key, name);
                else if (first != name) result._shared.Add(key);
            }
        }
        return result;
    }

    public bool Contains(string normal) => _shared.Count > 0 && _shared.Contains(Hash.Of(normal));
}

/// <summary>A 64-bit hash that stays the same during a run.</summary>
internal static class Hash
{
    public static long Of(ReadOnlySpan<char> text)
    {
        var sum = 0xCBF29CE484222325UL;
        foreach (var c in text) sum = unchecked((sum ^ c) * 0x100000001B3UL);
        return unchecked((long)((ulong)(uint)string.GetHashCode(text, StringComparison.Ordinal) << 32 ^ sum ^ (sum >> 29)));
    }

    /// <summary>The hash of several texts of one kind.</summary>
    public static long Of(char kind, ReadOnlySpan<char> one, ReadOnlySpan<char> two = default, ReadOnlySpan<char> three = default)
    {
        var length = one.Length + two.Length + three.Length + 3;
        Span<char> text = length <= 512 ? stackalloc char[length] : new char[length];
        text[0] = kind;
        one.CopyTo(text[1..]);
        text[one.Length + 1] = '|';
        two.CopyTo(text[(one.Length + 2)..]);
        text[one.Length + two.Length + 2] = '|';
        three.CopyTo(text[(length - three.Length)..]);
        return Of(text);
    }
}
