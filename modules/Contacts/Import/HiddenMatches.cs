using Liaison.Access;
using Liaison.Exchange;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>
/// Contacts with the e-mail or phone of a row that the importing person does not see: as in the form, it is said that there is one and whom to ask, and
/// nothing else about it.
/// </summary>
internal static class HiddenMatches
{
    private const int MostOwners = 3;

    /// <summary>Adds the message to the rows that become new contacts.</summary>
    public static async Task TellAsync(LiaisonDb db, IReadOnlyCollection<ImportDraft> created, CancellationToken cancel)
    {
        if (db.SeesAll || created.Count == 0) return;
        var normals = created.SelectMany(Normals).Select(n => n.Normal).Distinct(StringComparer.Ordinal).ToArray();
        if (normals.Length == 0) return;
        var viewer = db.ViewerId;
        var hidden = (await db.Set<ContactPoint>().Where(p => EF.Parameter(normals).Contains(p.Normal) && p.Normal != "" && (p.Kind == PointKind.Email || p.Kind == PointKind.Phone))
            .Join(db.Set<Contact>().IgnoreQueryFilters(), p => p.ContactId, c => c.Id, (p, c) => new { p.Normal, Contact = c })
            .Where(f => f.Contact.DeletedAt == null && f.Contact.Access == ContactAccess.Private && !f.Contact.Responsibles.Any(r => r.UserId == viewer))
            .Select(f => new { f.Normal, f.Contact.Id }).ToListAsync(cancel)).ToLookup(f => f.Normal, f => f.Id, StringComparer.Ordinal);
        if (hidden.Count == 0) return;
        var ids = hidden.SelectMany(h => h).Distinct().ToArray();
        var owners = (await db.Set<ContactResponsible>().Where(r => EF.Parameter(ids).Contains(r.ContactId)).Join(db.Users(), r => r.UserId, u => u.Id, (r, u) => new { r.ContactId, u.Name }).ToListAsync(cancel))
            .ToLookup(o => o.ContactId, o => o.Name);
        foreach (var draft in created)
        {
            if (Normals(draft).FirstOrDefault(n => hidden.Contains(n.Normal)) is not { Normal: not null } found) continue;
            var names = hidden[found.Normal].SelectMany(id => owners[id]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostOwners).ToList();
            draft.Messages.Add(names.Count == 0 ? new("", found.Value, "import.row.hiddenAdministrator", Refuses: false) : new("", found.Value, "import.row.hidden", string.Join(", ", names), Refuses: false));
        }
    }

    private static IEnumerable<(string Normal, string Value)> Normals(ImportDraft draft) =>
        draft.Emails.Select((normal, i) => (normal, draft.Input.Emails[i].Value)).Where(e => e.normal.Length >= 5 && e.normal.Contains('@', StringComparison.Ordinal))
            .Concat(draft.Phones.Select((normal, i) => (normal, draft.Input.Phones[i].Value)).Where(p => p.normal.Length >= 8));
}
