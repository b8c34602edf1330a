using Liaison.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

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
        var firm = Words(company).Where(w => !LegalForms.Contains(w));
        if (kind == ContactKind.Company) return Join(firm) is { Length: > 0 } name ? name + "|" : Join(Words(company)) + "|";
        var person = Join(Words(first + " " + last).Order(StringComparer.Ordinal));
        return person.Length == 0 ? "" : person + "|" + Join(firm);
    }

    private static string[] Words(string text) =>
        SearchText.Fold(text).Split([' ', '-', '\'', '.', ',', '&', '/', '(', ')'], StringSplitOptions.RemoveEmptyEntries);

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);

    /// <summary>Up to 5 visible contacts like the one given, strongest reason first.</summary>
    public static async Task<IReadOnlyList<PossibleDuplicate>> FindDuplicatesAsync(this LiaisonDb db, ContactInput input, long exceptId, CancellationToken cancel)
    {
        var found = new List<PossibleDuplicate>();
        foreach (var (kind, reason) in new[] { (PointKind.Email, DuplicateReason.Email), (PointKind.Phone, DuplicateReason.Phone) })
        {
            var points = kind == PointKind.Email ? input.Emails : input.Phones;
            var normals = points.Select(p => ContactPoint.NormalOf(kind, p.Value.Trim())).Where(n => n.Length >= 5).Distinct(StringComparer.Ordinal).ToList();
            if (normals.Count == 0) continue;
            // The index leaves out empty values; only a query that says so too can use it.
            var same = await db.Set<ContactPoint>().Where(p => p.Kind == kind && p.Normal != "" && normals.Contains(p.Normal))
                .Join(db.Contacts(), p => p.ContactId, c => c.Id, (_, c) => c).Where(c => c.Id != exceptId).Take(5).ToListAsync(cancel);
            found.AddRange(same.Select(c => new PossibleDuplicate(c.Id, c.Name, c.CompanyName, reason)));
        }
        var key = NameKey(input.Kind, input.FirstName ?? "", input.LastName ?? "", input.CompanyName ?? "");
        if (key.Length > 3)
        {
            var same = await db.Contacts().Where(c => c.NameKey == key && c.Id != exceptId).OrderBy(c => c.Id).Take(5).ToListAsync(cancel);
            found.AddRange(same.Select(c => new PossibleDuplicate(c.Id, c.Name, c.CompanyName, DuplicateReason.Name)));
        }
        return [.. found.DistinctBy(d => d.Id).Take(5)];
    }

    /// <summary>
    /// Names of the users to ask about contacts with the same e-mail or phone that the viewer does not see; says nothing else about them.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindHiddenOwnersAsync(this LiaisonDb db, ContactInput input, long exceptId, CancellationToken cancel)
    {
        if (db.SeesAll) return [];
        var emails = input.Emails.Select(p => ContactPoint.NormalOf(PointKind.Email, p.Value.Trim())).Where(n => n.Length >= 5 && n.Contains('@', StringComparison.Ordinal));
        var phones = input.Phones.Select(p => ContactPoint.NormalOf(PointKind.Phone, p.Value.Trim())).Where(n => n.Length >= 8);
        var normals = emails.Concat(phones).Distinct(StringComparer.Ordinal).ToList();
        if (normals.Count == 0) return [];
        var viewer = db.ViewerId;
        return await db.Set<ContactPoint>().Where(p => (p.Kind == PointKind.Email || p.Kind == PointKind.Phone) && p.Normal != "" && normals.Contains(p.Normal) && p.ContactId != exceptId)
            .Join(db.Set<Contact>().IgnoreQueryFilters(), p => p.ContactId, c => c.Id, (_, c) => c)
            .Where(c => c.DeletedAt == null && c.Access == ContactAccess.Private && !c.Responsibles.Any(r => r.UserId == viewer))
            .SelectMany(c => c.Responsibles).Join(db.Users(), r => r.UserId, u => u.Id, (_, u) => u.Name).Distinct().Order().Take(3).ToListAsync(cancel);
    }
}
