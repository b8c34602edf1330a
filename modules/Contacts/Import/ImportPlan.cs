using System.Text.Json;
using Liaison.Exchange;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Validation;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>Decides row by row what becomes of a batch, also against earlier rows of the same file.</summary>
internal sealed class ImportPlan(LiaisonDb db, ImportBatch batch, ContactMatches matches)
{
    private readonly List<ImportDraft> _all = [];
    private readonly SharedEmails _shared = (SharedEmails)batch.Memory["shared"];
    // Rows of this file by e-mail, phone and name; and, when updating, the row that has a stored contact already.
    private readonly RowKeys _seen = (RowKeys)batch.Memory["seen"];
    private readonly Dictionary<long, long> _claimed = (Dictionary<long, long>)batch.Memory["claimed"];

    public ContactMatches Matches => matches;
    public IEnumerable<ImportDraft> Created => _all.Where(d => d.Result == ImportResult.Created);
    public IEnumerable<ImportDraft> Updated => _all.Where(d => d.Result == ImportResult.Updated);

    public void Decide(ImportDraft draft)
    {
        _all.Add(draft);
        if (draft.IsRefused) return;
        draft.Result = ImportResult.Created;
        var rule = batch.Options.Duplicates;
        if (rule == "create") return;
        var same = SameRow(draft);
        Remember(batch, draft);
        var (known, by) = matches.Find(draft, _shared);
        if (known is not null)
        {
            (draft.MatchId, draft.By, draft.Result) = (known.Id, by, rule == "update" ? ImportResult.Updated : ImportResult.Skipped);
            if (rule == "update" && !_claimed.TryAdd(known.Id, draft.Number)) (draft.SameAsRow, draft.Result) = (_claimed[known.Id], ImportResult.Skipped);
        }
        else if (same > 0) (draft.SameAsRow, draft.By, draft.Result) = (same, "file", ImportResult.Skipped);
        else if (matches.Other(draft) is var (other, email)) draft.Messages.Add(new("", email, "import.row.notSame", other.Name, Refuses: false));
    }

    /// <summary>Notes a row, whatever became of it, so that later rows of the file are compared with it.</summary>
    public static void Remember(ImportBatch batch, ImportDraft draft)
    {
        var seen = (RowKeys)batch.Memory["seen"];
        foreach (var key in draft.Keys) seen.TryAdd(key, draft.Number);
    }

    /// <summary>Notes which stored contacts the rows of an earlier try were recognised as.</summary>
    public static async Task RememberClaimsAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel)
    {
        if (batch.Options.Duplicates != "update") return;
        var (first, last) = (batch.Rows[0].Number, batch.Rows[^1].Number);
        var rows = await db.Set<Exchange.Imports.ImportedRow>().Where(r => r.ImportId == batch.ImportId && r.Number >= first && r.Number <= last && r.RecordId != null
            && (r.Result == ImportResult.Updated || r.Result == ImportResult.Skipped)).OrderBy(r => r.Number).Select(r => new { r.Number, r.RecordId }).ToListAsync(cancel);
        var claimed = (Dictionary<long, long>)batch.Memory["claimed"];
        foreach (var row in rows) claimed.TryAdd(row.RecordId!.Value, row.Number);
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
                draft.By = null;
                draft.Messages.Add(new("", contact.Name, "import.row.notYours"));
                draft.Result = ImportResult.Failed;
                continue;
            }
            var before = draft.Before = ContactFields.Of(contact, contact.Tags.Select(t => tags[t.TagId]), KeyOf(lists.Types.Ids, contact.TypeId), KeyOf(lists.Temperatures.Ids, contact.TemperatureId));
            var after = ImportMerge.Into(before, draft.Input, draft.HasTypeOfFile);
            var counts = new Problems();
            after.LimitCounts(counts);
            if (counts.Any)
            {
                foreach (var problem in counts.All) draft.Messages.Add(new(problem.ApiPath, "", problem.Text, problem.Arguments.FirstOrDefault()?.ToString()));
                draft.Result = ImportResult.Failed;
                continue;
            }
            draft.Changes = ContactFields.Changes(before, after);
            if (draft.Changes.Count == 0) draft.Result = ImportResult.Skipped;
            else draft.Become(after);
        }
    }

    public List<ImportOutcome> Outcomes() => _all.ConvertAll(d =>
    {
        var values = batch.DryRun && d.Result == ImportResult.Created ? ImportWords.MainValues(d.Input) : null;
        var details = d.By is null && d.Messages.Count == 0 && d.Changes.Count == 0 && values is null ? null : JsonSerializer.Serialize(new OutcomeDetails
        {
            By = d.By, SameAsRow = d.SameAsRow, Messages = d.Messages.Count == 0 ? null : d.Messages, Values = values,
            Changes = d.Changes.Count == 0 ? null : JsonSerializer.SerializeToNode(d.Changes, Journaling.Json), Version = d.Result == ImportResult.Updated ? d.Contact?.Version : null,
        }, Written);
        return new ImportOutcome(d.Number, d.Result, d.Result == ImportResult.Created ? batch.DryRun ? null : d.Contact?.Id : d.MatchId, d.Name, details);
    });

    private static readonly JsonSerializerOptions Written = new(Journaling.Json) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private static string? KeyOf(Dictionary<string, long> ids, long? id) => id is null ? null : ids.FirstOrDefault(t => t.Value == id).Key;

    private long SameRow(ImportDraft draft)
    {
        foreach (var key in draft.Keys) if (_seen[key] is > 0 and var row) return row;
        return 0;
    }
}
