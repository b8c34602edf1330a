using System.Linq.Expressions;
using Liaison.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Liaison.Contacts;

/// <summary>Why two contacts may be the same.</summary>
public enum DuplicateReason
{
    /// <summary>Same e-mail address.</summary>
    Email = 1,
    /// <summary>Same phone number in any notation.</summary>
    Phone = 2,
    /// <summary>Same name (in any order) and company.</summary>
    Name = 3,
}

/// <summary>A contact that may be the same as the one being typed.</summary>
public sealed record PossibleDuplicate(long Id, string Name, string CompanyName, DuplicateReason Reason);

/// <summary>Finding contacts that exist already: same e-mail, same phone, same normalised name and company. Only what the viewer sees.</summary>
public static class Duplicates
{
    private static readonly HashSet<string> LegalForms = new(StringComparer.Ordinal)
    { "sarl", "sas", "sasu", "sa", "eurl", "sci", "snc", "ltd", "limited", "inc", "incorporated", "llc", "llp", "plc", "corp", "corporation", "co", "company", "gmbh", "ag", "kg", "bv", "nv", "srl", "spa", "sl", "oy", "ab", "as" };

    /// <summary>The words of name and company in alphabetical order; legal forms do not count.</summary>
    public static string NameKey(ContactKind kind, string first, string last, string company)
    {
        if (kind == ContactKind.Company) return Firm(company) is { Length: > 0 } name ? name + "|" : string.Join(' ', Words(company)) + "|";
        var person = Words(first + " " + last);
        if (person.Length == 0) return "";
        Array.Sort(person, string.CompareOrdinal);
        return string.Join(' ', person) + "|" + Firm(company);
    }

    private static readonly char[] BetweenWords = [' ', '-', '\'', '.', ',', '&', '/', '(', ')'];

    private static string[] Words(string text) => SearchText.Fold(text).Split(BetweenWords, StringSplitOptions.RemoveEmptyEntries);

    private static string Firm(string company)
    {
        var words = Words(Initials(company));
        return string.Join(' ', Array.Exists(words, static w => LegalForms.Contains(w)) ? Array.FindAll(words, static w => !LegalForms.Contains(w)) : words);
    }

    // Letters with points between them are one word: "S.A.R.L." and "SARL", "I.B.M." and "IBM".
    private static string Initials(string text)
    {
        if (!text.Contains('.', StringComparison.Ordinal)) return text;
        var words = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++) if (text[i] != '.' || !IsAlone(text, i - 1) || !IsAlone(text, i + 1)) words.Append(text[i]);
        return words.ToString();
    }

    private static bool IsAlone(string text, int at) =>
        at >= 0 && at < text.Length && char.IsLetter(text[at]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]));

    private const int Most = 5;

    /// <summary>Up to 5 visible contacts like the one given, strongest reason first.</summary>
    public static async Task<IReadOnlyList<PossibleDuplicate>> FindDuplicatesAsync(this LiaisonDb db, ContactInput input, long exceptId, CancellationToken cancel)
    {
        var (emails, phones) = (Normals(PointKind.Email, input.Emails), Normals(PointKind.Phone, input.Phones));
        var key = NameKey(input.Kind, input.FirstName ?? "", input.LastName ?? "", input.CompanyName ?? "");
        if (key.Length <= ShortestKey) key = "";
        if (emails.Count == 0 && phones.Count == 0 && key.Length == 0) return [];
        List<string> keys = key.Length > 0 ? [key, .. OtherKeys(input, key)] : [];
        var found = await AlikeTo.ListAsync(db, emails, phones, keys, exceptId, cancel);
        return Strongest(found);
    }

    private static List<PossibleDuplicate> Strongest(IEnumerable<Alike> found) =>
        [.. found.OrderBy(d => d.Reason).ThenBy(d => d.Id).DistinctBy(d => d.Id).Take(Most).Select(d => new PossibleDuplicate(d.Id, d.Name, d.CompanyName, d.Reason))];

    /// <summary>Contacts like one that is stored, by its id: what of <see cref="FindDuplicatesAsync(LiaisonDb, Contact, IReadOnlyList{Alike}, CancellationToken)"/> can be read before the contact itself.</summary>
    internal static async Task<IReadOnlyList<Alike>> FindAlikeAsync(this LiaisonDb db, long id, CancellationToken cancel) => await AlikeToOne.ListAsync(db, id, cancel);

    /// <summary>Up to 5 visible contacts like one that is stored, strongest reason first. Only a name that may be written with umlauts is still asked about.</summary>
    internal static async Task<IReadOnlyList<PossibleDuplicate>> FindDuplicatesAsync(this LiaisonDb db, Contact contact, IReadOnlyList<Alike> alike, CancellationToken cancel)
    {
        var others = contact.NameKey.Length <= ShortestKey ? [] : OtherKeys(ContactFields.Of(contact, [], null, null), contact.NameKey);
        return Strongest(others.Count == 0 ? alike : [.. alike, .. await AlikeNamed.ListAsync(db, others, contact.Id, cancel)]);
    }

    /// <summary>The same in one call. By its id PostgreSQL needs one plan for all contacts; by what it holds it makes one for each.</summary>
    public static async Task<IReadOnlyList<PossibleDuplicate>> FindDuplicatesAsync(this LiaisonDb db, Contact contact, CancellationToken cancel) =>
        await db.FindDuplicatesAsync(contact, await db.FindAlikeAsync(contact.Id, cancel), cancel);

    private const int ShortestKey = 3, ShortestPoint = 5;

    private static readonly Expression<Func<Contact, Alike>> ByEmail = Because(DuplicateReason.Email), ByPhone = Because(DuplicateReason.Phone), ByName = Because(DuplicateReason.Name);

    // As below, compared with what the contact has.
    private static readonly FixedQuery<long, Alike> AlikeToOne = new((db, id) =>
        db.Set<ContactPoint>().Where(m => m.ContactId == id && m.Kind == PointKind.Email && m.Normal.Length >= ShortestPoint)
            .Join(db.Set<ContactPoint>().Where(p => p.Kind == PointKind.Email && p.Normal != "" && p.ContactId != id), m => m.Normal, p => p.Normal, (_, p) => p)
            .Join(db.Set<Contact>(), p => p.ContactId, c => c.Id, (_, c) => c).Select(ByEmail).Take(Most)
        .Concat(db.Set<ContactPoint>().Where(m => m.ContactId == id && m.Kind == PointKind.Phone && m.Normal.Length >= ShortestPoint)
            .Join(db.Set<ContactPoint>().Where(p => p.Kind == PointKind.Phone && p.Normal != "" && p.ContactId != id), m => m.Normal, p => p.Normal, (_, p) => p)
            .Join(db.Set<Contact>(), p => p.ContactId, c => c.Id, (_, c) => c).Select(ByPhone).Take(Most))
        // The name as one value: joined, all namesakes would be read and sorted.
        .Concat(db.Set<Contact>().Where(c => c.NameKey == db.Set<Contact>().Where(m => m.Id == id && m.NameKey.Length > ShortestKey).Select(m => m.NameKey).First() && c.NameKey != "" && c.Id != id)
            .OrderBy(c => c.Id).Select(ByName).Take(Most)));

    // One statement, each reason by its own index. Those leave out empty values and the trash; only a query that says so too can use them.
    private static readonly FixedQuery<List<string>, List<string>, List<string>, long, Alike> AlikeTo = new((db, emails, phones, keys, except) =>
        db.Set<ContactPoint>().Where(p => p.Kind == PointKind.Email && p.Normal != "" && emails.Contains(p.Normal) && p.ContactId != except)
            .Join(db.Set<Contact>(), p => p.ContactId, c => c.Id, (_, c) => c).Select(ByEmail).Take(Most)
        .Concat(db.Set<ContactPoint>().Where(p => p.Kind == PointKind.Phone && p.Normal != "" && phones.Contains(p.Normal) && p.ContactId != except)
            .Join(db.Set<Contact>(), p => p.ContactId, c => c.Id, (_, c) => c).Select(ByPhone).Take(Most))
        .Concat(db.Set<Contact>().Where(c => keys.Contains(c.NameKey) && c.NameKey != "" && c.Id != except).OrderBy(c => c.Id).Select(ByName).Take(Most)), isOnePlan: true);

    private static readonly FixedQuery<List<string>, long, Alike> AlikeNamed = new((db, keys, except) =>
        db.Set<Contact>().Where(c => keys.Contains(c.NameKey) && c.NameKey != "" && c.Id != except).OrderBy(c => c.Id).Select(ByName).Take(Most), isOnePlan: true);

    private static Expression<Func<Contact, Alike>> Because(DuplicateReason reason)
    {
        Expression<Func<Contact, DuplicateReason, Alike>> alike = (c, why) => new Alike
        {
            Reason = why, Id = c.Id, Kind = c.Kind, FirstName = c.FirstName, LastName = c.LastName, CompanyName = c.CompanyName, Email = c.PrimaryEmail, Phone = c.PrimaryPhone,
        };
        return Expression.Lambda<Func<Contact, Alike>>(ReplacingExpressionVisitor.Replace(alike.Parameters[1], Expression.Constant(reason), alike.Body), alike.Parameters[0]);
    }

    /// <summary>Whoever is called Müller is written Mueller somewhere else: each pair of letters that may be an umlaut is tried as one, up to four of them; none is after a q.</summary>
    internal static List<string> OtherKeys(ContactInput input, string key)
    {
        var name = string.Join('\n', SearchText.Spelled(input.FirstName), SearchText.Spelled(input.LastName), SearchText.Spelled(input.CompanyName));
        // The second letters of the pairs.
        Span<int> pairs = stackalloc int[MostPairs];
        var count = 0;
        for (var i = 1; i < name.Length && count < MostPairs; i++) if (IsPair(name, i)) pairs[count++] = i;
        var keys = new List<string>();
        if (count == 0) return keys;
        Span<char> other = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        for (var choice = 0; choice < 1 << count; choice++)
        {
            var (length, pair) = (0, 0);
            for (var i = 0; i < name.Length; i++) if (pair == count || pairs[pair] != i || (choice & (1 << pair++)) == 0) other[length++] = name[i];
            var parts = new string(other[..length]).Split('\n');
            if (NameKey(input.Kind, parts[0], parts[1], parts[2]) is var made && made != key && !keys.Contains(made)) keys.Add(made);
        }
        return keys;
    }

    private const int MostPairs = 4;

    private static bool IsPair(string name, int second) => name.AsSpan(second - 1, 2) is "ae" or "oe" or "ue" or "aa" && (second == 1 || name[second - 2] != 'q');

    private static List<string> Normals(PointKind kind, IEnumerable<PointInput> points) =>
        [.. points.Select(p => ContactPoint.NormalOf(kind, p.Value.Trim())).Where(n => n.Length >= ShortestPoint).Distinct(StringComparer.Ordinal)];

    internal sealed record Alike
    {
        public required DuplicateReason Reason { get; init; }
        public required long Id { get; init; }
        public required ContactKind Kind { get; init; }
        public required string FirstName { get; init; }
        public required string LastName { get; init; }
        public required string CompanyName { get; init; }
        public required string Email { get; init; }
        public required string Phone { get; init; }
        public string Name => Contact.NameOf(Kind, FirstName, LastName, CompanyName, Email, Phone);
    }

    /// <summary>
    /// Names of the users to ask about contacts with the same e-mail or phone that the viewer does not see; says nothing else about them.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindHiddenOwnersAsync(this LiaisonDb db, ContactInput input, CancellationToken cancel)
    {
        if (db.SeesAll) return [];
        var emails = input.Emails.Select(p => ContactPoint.NormalOf(PointKind.Email, p.Value.Trim())).Where(n => n.Length >= 5 && n.Contains('@', StringComparison.Ordinal));
        var phones = input.Phones.Select(p => ContactPoint.NormalOf(PointKind.Phone, p.Value.Trim())).Where(n => n.Length >= 8);
        var normals = emails.Concat(phones).Distinct(StringComparer.Ordinal).ToList();
        if (normals.Count == 0) return [];
        var viewer = db.ViewerId;
        return await db.Set<ContactPoint>().Where(p => (p.Kind == PointKind.Email || p.Kind == PointKind.Phone) && p.Normal != "" && normals.Contains(p.Normal))
            .Join(db.Set<Contact>().IgnoreQueryFilters(), p => p.ContactId, c => c.Id, (_, c) => c)
            .Where(c => c.DeletedAt == null && c.Access == ContactAccess.Private && !c.Responsibles.Any(r => r.UserId == viewer))
            .SelectMany(c => c.Responsibles).Join(db.Users(), r => r.UserId, u => u.Id, (_, u) => u.Name).Distinct().Order().Take(3).ToListAsync(cancel);
    }
}
