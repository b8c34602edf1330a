using Liaison.Exchange;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>A stored contact, as far as it matters for recognising it.</summary>
internal sealed record Known(long Id, ContactKind Kind, string NameKey, string FirstName, string LastName, string CompanyName, string CityKey, string PrimaryEmail)
{
    public string Name => Contact.NameOf(Kind, FirstName, LastName, CompanyName, PrimaryEmail, "");
}

/// <summary>
/// The stored, visible contacts that share an e-mail, a phone or the name key with rows of a batch, and the visible companies by name; three queries by index.
/// </summary>
internal sealed class ContactMatches
{
    /// <summary>Digits of a number that tells one person from another; shorter ones are extensions and placeholders.</summary>
    public const int LeastPhone = 7;

    private readonly ILookup<string, Known> _emails;
    private readonly ILookup<string, Known> _phones;
    private readonly ILookup<string, Known> _names;

    private ContactMatches(ILookup<string, Known> emails, ILookup<string, Known> phones, ILookup<string, Known> names, Dictionary<string, long> companies) =>
        (_emails, _phones, _names, Companies) = (emails, phones, names, companies);

    /// <summary>Ids of companies by folded name.</summary>
    public Dictionary<string, long> Companies { get; }

    public static async Task<ContactMatches> FindAsync(LiaisonDb db, ImportBatch batch, List<ImportDraft> all, CancellationToken cancel)
    {
        var drafts = all.FindAll(d => !d.IsRefused);
        var none = Array.Empty<(string, Known)>().ToLookup(x => x.Item1, x => x.Item2);
        var create = batch.Options.Duplicates == "create";
        var by = batch.Options.MatchBy;
        // What this import itself has written is no match: the plan compares rows of the file with each other.
        var before = db.Contacts().Where(c => c.ImportId == null || c.ImportId != batch.ImportId);
        var emails = create || !by.Contains("email") ? none : await PointsAsync(db, before, PointKind.Email, drafts.SelectMany(d => d.Emails), cancel);
        var phones = create || !by.Contains("phone") ? none : await PointsAsync(db, before, PointKind.Phone, drafts.SelectMany(d => d.Phones), cancel);
        var names = none;
        if (!create && by.Contains("name"))
        {
            var keys = drafts.SelectMany(d => d.OtherNameKeys.Prepend(d.NameKey)).Where(k => k.Length > 1).Distinct(StringComparer.Ordinal).ToArray();
            if (keys.Length > 0) names = (await before.Where(c => EF.Parameter(keys).Contains(c.NameKey)).Select(Shape).ToListAsync(cancel)).OrderBy(k => k.Id).ToLookup(k => k.NameKey, StringComparer.Ordinal);
        }
        var firms = drafts.Where(d => d.Input is { Kind: ContactKind.Person, CompanyName: not null }).Select(d => d.CompanyKey).Distinct(StringComparer.Ordinal).ToArray();
        var companies = new Dictionary<string, long>(StringComparer.Ordinal);
        if (firms.Length > 0)
        {
            var found = await SideCompanies.KnownAsync(db, batch.ImportId, firms, cancel);
            foreach (var company in found) companies.TryAdd(company.SortName, company.Id);
        }
        return new(emails, phones, names, companies);
    }

    /// <summary>The contact this row is already, and by what it was recognised.</summary>
    public (Known? Contact, string? By) Find(ImportDraft draft, SharedEmails shared) => Shares(draft) ? Among(draft, shared) : default;

    // Most rows of a file are new: nothing is compared for them.
    private bool Shares(ImportDraft draft)
    {
        foreach (var email in draft.Emails) if (_emails.Contains(email)) return true;
        foreach (var phone in draft.Phones) if (_phones.Contains(phone)) return true;
        return _names.Contains(draft.NameKey) || draft.OtherNameKeys.Exists(_names.Contains);
    }

    private (Known? Contact, string? By) Among(ImportDraft draft, SharedEmails shared)
    {
        var input = draft.Input;
        foreach (var email in draft.Emails)
        {
            var same = _emails[email].Where(k => k.Kind == input.Kind).ToList();
            if ((same.Find(k => IsNamed(draft, k)) ?? same.Find(k => SamePerson(input, k))) is { } person) return (person, "email");
            // With the same phone too, a first name cut short or a name that is missing is no other person.
            if (same.Find(k => SharesPhone(draft, k) && NoOtherName(input, k)) is { } alike) return (alike, "email");
            // Nobody else has this address, here or in the file: it is the same person under another name.
            if (same.Count == 1 && !shared.Contains(email)) return (same[0], "email");
        }
        foreach (var phone in draft.Phones.Where(p => p.Length >= LeastPhone))
            if ((_phones[phone].FirstOrDefault(k => IsNamed(draft, k)) ?? _phones[phone].FirstOrDefault(k => k.Kind == input.Kind && IsNamedAlike(input, k))) is { } person) return (person, "phone");
        return draft.OtherNameKeys.Prepend(draft.NameKey).SelectMany(key => _names[key]).FirstOrDefault(k => k.Kind == input.Kind && !Contradicts(input, k)) is { } named ? (named, "name") : default;
    }

    private static bool IsNamed(ImportDraft draft, Known known) => known.NameKey == draft.NameKey || draft.OtherNameKeys.Contains(known.NameKey);

    /// <summary>The contact that has an e-mail of the row although it was not recognised, and the e-mail.</summary>
    public (Known Contact, string Email)? Other(ImportDraft draft)
    {
        for (var i = 0; i < draft.Emails.Length; i++)
            foreach (var other in _emails[draft.Emails[i]]) if (other.Kind == draft.Input.Kind) return (other, draft.Input.Emails[i].Value);
        return null;
    }

    private bool SharesPhone(ImportDraft draft, Known known) => draft.Phones.Any(p => p.Length >= LeastPhone && _phones[p].Any(k => k.Id == known.Id));

    private static bool NoOtherName(ContactInput input, Known known) => input.Kind == ContactKind.Company
        ? Begins(input.CompanyName, known.CompanyName) : Begins(input.FirstName, known.FirstName) && Begins(input.LastName, known.LastName);

    // One begins as the other, which includes that one is missing.
    private static bool Begins(string? one, string other) =>
        SearchText.Fold(one) is var a && SearchText.Fold(other) is var b && (a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal));

    /// <summary>Names that can belong to one person: equal, one of them missing, or with a word in common.</summary>
    public static bool SamePerson(ContactInput input, Known known) => input.Kind == ContactKind.Company
        ? Share(input.CompanyName, known.CompanyName)
        : Share(input.FirstName + " " + input.LastName, known.FirstName + " " + known.LastName);

    // A family or an office shares its number: neither first nor last name may be another's, whichever stands first.
    private static bool IsNamedAlike(ContactInput input, Known known)
    {
        if (input.Kind == ContactKind.Company) return SamePerson(input, known);
        // A first name cut short, as an initial, is no other.
        if (NoOtherName(input, known)) return true;
        if (string.IsNullOrEmpty(input.FirstName) || known.FirstName.Length == 0 || string.IsNullOrEmpty(input.LastName) || known.LastName.Length == 0)
        {
            // All of a name may stand in one field, or a part is missing.
            var (a, b) = (Words(input.FirstName + " " + input.LastName), Words(known.FirstName + " " + known.LastName));
            return a.All(b.Contains) || b.All(a.Contains);
        }
        return (Share(input.FirstName, known.FirstName) && Share(input.LastName, known.LastName)) || (Share(input.FirstName, known.LastName) && Share(input.LastName, known.FirstName));
    }

    // The same name at the same firm is enough; a bare name is not, when something else tells the two apart.
    private static bool Contradicts(ContactInput input, Known known)
    {
        if (input is { Kind: ContactKind.Person, CompanyName: not null }) return false;
        var cities = input.Addresses.Select(a => SearchText.Fold(a.City)).Where(c => c.Length > 0).ToList();
        if (cities.Count > 0 && known.CityKey.Length > 0 && !cities.Contains(known.CityKey)) return true;
        return input.Emails.Count > 0 && known.PrimaryEmail.Length > 0 && input.Emails.TrueForAll(e => SearchText.Fold(e.Value) != SearchText.Fold(known.PrimaryEmail));
    }

    private static bool Share(string? one, string? other)
    {
        var (a, b) = (Words(one), Words(other));
        return a.Length == 0 || b.Length == 0 || a.Intersect(b, StringComparer.Ordinal).Any();
    }

    private static string[] Words(string? text) => SearchText.Fold(text).Split([' ', '-', '.', ',', '\''], StringSplitOptions.RemoveEmptyEntries);

    private static readonly System.Linq.Expressions.Expression<Func<Contact, Known>> Shape =
        c => new Known(c.Id, c.Kind, c.NameKey, c.FirstName, c.LastName, c.CompanyName, c.CityKey, c.PrimaryEmail);

    private static async Task<ILookup<string, Known>> PointsAsync(LiaisonDb db, IQueryable<Contact> before, PointKind kind, IEnumerable<string> points, CancellationToken cancel)
    {
        var normals = points.Where(n => n.Length >= (kind == PointKind.Phone ? LeastPhone : 5)).Distinct(StringComparer.Ordinal).ToArray();
        if (normals.Length == 0) return Array.Empty<(string, Known)>().ToLookup(x => x.Item1, x => x.Item2);
        var found = await db.Set<ContactPoint>().Where(p => EF.Parameter(normals).Contains(p.Normal) && p.Normal != "" && p.Kind == kind)
            .Join(before, p => p.ContactId, c => c.Id, (p, c) => new { p.Normal, Contact = new Known(c.Id, c.Kind, c.NameKey, c.FirstName, c.LastName, c.CompanyName, c.CityKey, c.PrimaryEmail) })
            .ToListAsync(cancel);
        return found.OrderBy(f => f.Contact.Id).ToLookup(f => f.Normal, f => f.Contact, StringComparer.Ordinal);
    }
}
