using Liaison.Exchange;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Import;

/// <summary>
/// Addresses that several differently named rows of one file have: a shared mailbox (info@…) says nothing about who is who.
/// Kept as 64-bit hashes: a million rows take some tens of megabytes.
/// </summary>
internal sealed class SharedEmails
{
    private readonly HashSet<long> _shared = [];

    public static SharedEmails Of(IEnumerable<ImportRow> rows)
    {
        var result = new SharedEmails();
        var firstName = new Dictionary<long, int>();
        foreach (var row in rows)
        {
            var contact = (ImportedContact)row.Record;
            if (contact.Emails.Count == 0) continue;
            var name = SearchText.Fold(contact.FirstName + " " + contact.LastName + (contact.Kind == "company" ? contact.CompanyName : "")).GetHashCode(StringComparison.Ordinal);
            foreach (var email in contact.Emails)
            {
                var key = Hash.Of(ContactPoint.NormalOf(PointKind.Email, email.Value));
                if (!firstName.TryAdd(key, name) && firstName[key] != name) result._shared.Add(key);
            }
        }
        return result;
    }

    public bool Contains(string normal) => _shared.Contains(Hash.Of(normal));
}

/// <summary>A 64-bit hash that stays the same during a run.</summary>
internal static class Hash
{
    public static long Of(string text) => ((long)text.GetHashCode(StringComparison.Ordinal) << 32) ^ (uint)string.GetHashCode(text.AsSpan(), StringComparison.OrdinalIgnoreCase) ^ ((long)text.Length << 20);
}
