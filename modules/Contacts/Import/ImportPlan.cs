using System.Text.Json;
using Liaison.Exchange;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>Decides row by row what becomes of a batch, also against earlier rows of the same file.</summary>
internal sealed class ImportPlan(LiaisonDb db, ImportBatch batch, ContactMatches matches)
{
    private readonly List<ImportDraft> _all = [];
    private readonly SharedEmails _shared = (SharedEmails)batch.Memory["shared"];
    // Rows of this run by e-mail, phone and name: number of the row. In a real run earlier batches are found in the database.
    private readonly Dictionary<long, long> _seen = Remembered(batch);

    public ContactMatches Matches => matches;
    public IEnumerable<ImportDraft> Created => _all.Where(d => d.Result == ImportResult.Created);
    public IEnumerable<ImportDraft> Updated => _all.Where(d => d.Result == ImportResult.Updated);

    public void Decide(ImportDraft draft)
    {
        _all.Add(draft);
        if (draft.IsRefused) return;
        draft.Result = ImportResult.Created;
        if (batch.Options.Duplicates == "create") return;
        var (known, by) = matches.Find(draft.Input, _shared);
        if (known is not null)
        {
            (draft.MatchId, draft.By) = (known.Id, by);
            draft.Result = batch.Options.Duplicates == "update" ? ImportResult.Updated : ImportResult.Skipped;
            return;
        }
        if (SameRow(draft) is { } row)
        {
            (draft.SameAsRow, draft.By, draft.Result) = (row, "file", ImportResult.Skipped);
            return;
        }
        foreach (var key in Keys(draft.Input)) _seen.TryAdd(key, draft.Number);
    }

    /// <summary>Loads the contacts to be updated, merges the rows into them and finds out what changes; without right to edit the row is refused.</summary>
    public async Task LoadUpdatedAsync(ImportLists lists, CancellationToken cancel)
    {
        var wanted = Updated.ToList();
        if (wanted.Count == 0) return;
        var ids = wanted.Select(d => d.MatchId!.Value).Distinct().ToList();
        var contacts = (await db.Set<Contact>().Where(c => ids.Contains(c.Id)).WithParts().AsSplitQuery().ToListAsync(cancel)).ToDictionary(c => c.Id);
        var tagIds = contacts.Values.SelectMany(c => c.Tags).Select(t => t.TagId).Distinct().ToList();
        var tags = await db.Set<Tag>().AsNoTracking().Where(t => tagIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancel);
        foreach (var draft in wanted)
        {
            var contact = draft.Contact = contacts[draft.MatchId!.Value];
            if (!db.MayEdit(contact))
            {
                draft.Messages.Add(new("", contact.Name, "import.row.notYours"));
                draft.Result = ImportResult.Failed;
                continue;
            }
            var before = ContactFields.Of(contact, contact.Tags.Select(t => tags[t.TagId]), KeyOf(lists.TypeIds, contact.TypeId), KeyOf(lists.TemperatureIds, contact.TemperatureId));
            var after = ImportMerge.Into(before, draft.Input);
            draft.Changes = ContactFields.Changes(before, after);
            if (draft.Changes.Count == 0) draft.Result = ImportResult.Skipped;
            else ImportMerge.Replace(draft.Input, after);
        }
    }

    public List<ImportOutcome> Outcomes() => _all.ConvertAll(d =>
    {
        var details = d.By is null && d.Messages.Count == 0 && d.Changes.Count == 0 ? null : JsonSerializer.Serialize(new OutcomeDetails
        {
            By = d.By, SameAsRow = d.SameAsRow, Messages = d.Messages.Count == 0 ? null : d.Messages,
            Changes = d.Changes.Count == 0 ? null : JsonSerializer.SerializeToNode(d.Changes, Journaling.Json), Version = d.Result == ImportResult.Updated ? d.Contact?.Version : null,
        }, Journaling.Json);
        return new ImportOutcome(d.Number, d.Result, d.Result == ImportResult.Created ? batch.DryRun ? null : d.Contact?.Id : d.MatchId, d.Name, details);
    });

    private static string? KeyOf(Dictionary<string, long> ids, long? id) => id is null ? null : ids.FirstOrDefault(t => t.Value == id).Key;

    private long? SameRow(ImportDraft draft)
    {
        foreach (var key in Keys(draft.Input)) if (_seen.TryGetValue(key, out var row)) return row;
        return null;
    }

    // Two rows of one file are the same when e-mail and name, phone and name, or name and company agree.
    private IEnumerable<long> Keys(ContactInput input)
    {
        var name = ContactMatches.NameKeyOf(input);
        var person = name.Split('|')[0];
        var by = batch.Options.MatchBy;
        if (by.Contains("email")) foreach (var email in input.Emails) yield return Hash.Of("e" + ContactPoint.NormalOf(PointKind.Email, email.Value) + "|" + person);
        if (by.Contains("phone"))
            foreach (var phone in input.Phones.Select(p => ContactPoint.NormalOf(PointKind.Phone, p.Value)).Where(p => p.Length >= 5)) yield return Hash.Of("p" + phone + "|" + person);
        if (by.Contains("name") && person.Length > 0)
        {
            var city = input is { Kind: ContactKind.Person, CompanyName: not null } ? "" : SearchText.Fold(input.Addresses.FirstOrDefault()?.City) + "|" + (input.Emails.FirstOrDefault()?.Value ?? "");
            yield return Hash.Of("n" + name + "|" + city);
        }
    }

    private static Dictionary<long, long> Remembered(ImportBatch batch)
    {
        if (!batch.DryRun) return [];
        if (batch.Memory.GetValueOrDefault("seen") is Dictionary<long, long> seen) return seen;
        batch.Memory["seen"] = seen = [];
        return seen;
    }
}
