using Liaison.Exchange;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>Companies that exist only because persons of the file name them.</summary>
internal static class SideCompanies
{
    /// <summary>Whether the row is a person who names a company that is still to be found or made.</summary>
    public static bool Names(ImportDraft draft) =>
        draft.Input is { Kind: ContactKind.Person, CompanyId: null, CompanyName: { } name } && draft.Before?.CompanyName != name;

    /// <summary>The first row that names each company that neither the database nor a row has.</summary>
    public static IEnumerable<ImportDraft> Named(IEnumerable<ImportDraft> drafts, Func<string, bool> isKnown)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var draft in drafts.Where(Names))
        {
            var key = draft.CompanyKey;
            if (key.Length > 0 && !isKnown(key) && seen.Add(key)) yield return draft;
        }
    }

    /// <summary>
    /// The companies of these folded names that the viewer sees, and those that this import made: a row may have given one to somebody else. By name first: the index of the
    /// import would give all that it has written so far.
    /// </summary>
    public static async Task<IReadOnlyList<KnownCompany>> KnownAsync(LiaisonDb db, long importId, string[] names, CancellationToken cancel)
    {
        var (viewer, seesAll) = (db.ViewerId, db.SeesAll);
        var contacts = db.Set<Contact>().IgnoreQueryFilters(Visible).AsNoTracking().Where(c => EF.Parameter(names).Contains(c.SortName) && c.Kind == ContactKind.Company).OrderBy(c => c.Id);
        var found = await contacts.Select(c => new { c.SortName, c.Id, c.ImportId, IsSeen = seesAll || c.Access != ContactAccess.Private || c.Responsibles.Any(r => r.UserId == viewer) }).ToListAsync(cancel);
        return [.. found.Where(c => c.IsSeen || c.ImportId == importId).Select(c => new KnownCompany(c.SortName, c.Id, c.ImportId == importId))];
    }

    internal static readonly string[] Visible = [ContactMapping.Visible];

    /// <summary>Counts in a dry run those that the run will make; what a run finds in the database is kept in memory.</summary>
    public static void Count(ImportBatch batch, ImportPlan plan)
    {
        var (begun, rows) = (Set(batch, "companies.begun"), Set(batch, "companies.rows"));
        foreach (var draft in plan.Created.Where(d => d.Input.Kind == ContactKind.Company))
        {
            var key = Hash.Of(draft.CompanyKey);
            if (begun.Remove(key)) batch.Companies--;
            rows.Add(key);
        }
        foreach (var draft in Named(plan.Created.Concat(plan.Updated), key => plan.Matches.Companies.ContainsKey(key) || rows.Contains(Hash.Of(key))))
            if (begun.Add(Hash.Of(draft.CompanyKey))) batch.Companies++;
    }

    private static HashSet<long> Set(ImportBatch batch, string name)
    {
        if (batch.Memory.GetValueOrDefault(name) is not HashSet<long> set) batch.Memory[name] = set = [];
        return set;
    }
}

/// <summary>A company by its folded name.</summary>
internal readonly record struct KnownCompany(string SortName, long Id, bool IsOfImport);

/// <summary>The companies of the batches that are written while a batch is looked up, which does not see them yet.</summary>
internal sealed class LatestCompanies
{
    private readonly Queue<(object? Found, List<Contact> Companies)> _latest = new();

    public static LatestCompanies Of(ImportBatch batch)
    {
        if (batch.Memory.GetValueOrDefault("companies.latest") is not LatestCompanies latest) batch.Memory["companies.latest"] = latest = new();
        return latest;
    }

    /// <summary>Adds those that the database did not have.</summary>
    public void AddTo(Dictionary<string, long> known)
    {
        foreach (var company in _latest.SelectMany(l => l.Companies)) known.TryAdd(company.SortName, company.Id);
    }

    /// <summary>Takes note of those of a batch or of a part of it.</summary>
    public void Note(ImportBatch batch, List<Contact> companies)
    {
        if (_latest.Count > 0 && _latest.Last() is { Found: { } found } last && ReferenceEquals(found, batch.Found)) last.Companies.AddRange(companies);
        else _latest.Enqueue((batch.Found, companies));
        if (_latest.Count > ImportBatch.Behind) _latest.Dequeue();
    }
}

/// <summary>
/// Companies that earlier rows of this import named and that now come with a row of their own: what was begun is completed instead of made twice.
/// </summary>
internal sealed class BegunCompanies
{
    private readonly Dictionary<string, Contact> _byName = new(StringComparer.Ordinal);
    private readonly List<(Contact Begun, ImportDraft Draft)> _taken = [];

    public static async Task<BegunCompanies> OfAsync(LiaisonDb db, ImportBatch batch, List<ImportDraft> created, CancellationToken cancel)
    {
        var result = new BegunCompanies();
        var names = created.Where(d => d.Input.Kind == ContactKind.Company).Select(d => d.CompanyKey).Distinct(StringComparer.Ordinal).ToArray();
        if (names.Length == 0) return result;
        var ids = (await SideCompanies.KnownAsync(db, batch.ImportId, names, cancel)).Where(c => c.IsOfImport).Select(c => c.Id).ToArray();
        if (ids.Length == 0) return result;
        // Those that only have a name; journal row 0 says that no row made them.
        var begun = await db.Set<Contact>().IgnoreQueryFilters(SideCompanies.Visible).Where(c => EF.Parameter(ids).Contains(c.Id)
            && db.Set<JournalEntry>().Any(j => j.SubjectType == "contact" && j.SubjectId == c.Id && j.Details != null && j.Details.Contains("\"row\":0}"))).WithParts().ToListAsync(cancel);
        foreach (var company in begun) result._byName.TryAdd(company.SortName, company);
        return result;
    }

    /// <summary>How many of them were completed.</summary>
    public int Taken => _taken.Count;

    /// <summary>Their ids.</summary>
    public IEnumerable<long> Ids => _taken.Select(t => t.Begun.Id);

    public bool TakesOver(ImportDraft draft)
    {
        if (draft.Input.Kind != ContactKind.Company || !_byName.Remove(draft.Contact!.SortName, out var begun)) return false;
        _taken.Add((begun, draft));
        return true;
    }

    public async Task WriteAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel)
    {
        if (_taken.Count == 0) return;
        foreach (var (begun, draft) in _taken)
        {
            var made = draft.Contact!;
            ContactFields.Apply(draft.Input, begun);
            (begun.TypeId, begun.TemperatureId, begun.CreatedAt) = (made.TypeId, made.TemperatureId, draft.CreatedAt ?? begun.CreatedAt);
            begun.Tags.AddRange(made.Tags.Where(t => begun.Tags.TrueForAll(b => b.TagId != t.TagId)));
            // Whose it is its own row says, as if it had come first; unless a person has been at it.
            if (begun.Version == 1) begun.Responsibles.RemoveAll(b => made.Responsibles.TrueForAll(r => r.UserId != b.UserId));
            begun.Responsibles.AddRange(made.Responsibles.Where(r => begun.Responsibles.TrueForAll(b => b.UserId != r.UserId)));
            begun.Derive();
            draft.Contact = begun;
        }
        await db.SaveChangesAsync(cancel);
        var ids = _taken.ConvertAll(t => t.Begun.Id);
        await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && ids.Contains(j.SubjectId) && j.Kind == "contact.imported").ExecuteDeleteAsync(cancel);
        // It is still as the import made it.
        await db.Set<Contact>().Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Version, 1), cancel);
    }
}
