using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Contacts.Lifecycle;
using Liaison.Exchange;
using Liaison.Exchange.Imports;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>
/// Takes an import of contacts back: first the changed contacts in the order of rows ("u:ROW"), then the created ones, the latest first ("c:ID"), so that
/// persons go before their companies. What a person touched since is kept, with the company it belongs to.
/// </summary>
internal sealed class ImportUndoing(LiaisonDb db, StatusReplay replay, long importId, int limit)
{
    public async Task<ImportUndo?> StepAsync(string? place, CancellationToken cancel)
    {
        if (place is null || place.StartsWith("u:", StringComparison.Ordinal))
        {
            var step = await RestoreAsync(place is null ? 0 : long.Parse(place.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture), cancel);
            if (step is not null) return step;
            place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"c:{long.MaxValue}");
        }
        return await RemoveAsync(long.Parse(place.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture), cancel);
    }

    private async Task<ImportUndo?> RestoreAsync(long afterRow, CancellationToken cancel)
    {
        var rows = await db.Set<ImportedRow>().AsNoTracking().Where(r => r.ImportId == importId && r.Result == ImportResult.Updated && r.Number > afterRow)
            .OrderBy(r => r.Number).Take(limit).ToListAsync(cancel);
        if (rows.Count == 0) return null;
        var ids = rows.Select(r => r.RecordId!.Value).Distinct().ToList();
        var contacts = (await db.Set<Contact>().IgnoreQueryFilters().Where(c => ids.Contains(c.Id)).WithParts().ToListAsync(cancel)).ToDictionary(c => c.Id);
        var types = await db.Set<ContactType>().AsNoTracking().ToDictionaryAsync(t => t.Key, t => t.Id, cancel);
        var temperatures = await db.Set<Temperature>().AsNoTracking().ToDictionaryAsync(t => t.Key, t => t.Id, cancel);
        var edited = await EditedAsync(ids, cancel);
        var told = rows.ConvertAll(r => JsonSerializer.Deserialize<OutcomeDetails>(r.Details!, Journaling.Json)!);
        var changed = told.ConvertAll(d => d.Changes.Deserialize<List<FieldChange>>(Journaling.Json)!);
        var companies = await ThereAsync(changed, cancel);
        var kept = new List<KeptRecord>();
        var restored = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (!contacts.TryGetValue(rows[i].RecordId!.Value, out var contact)) continue;
            var (changes, isTouched) = (changed[i], contact.Version != told[i].Version);
            var stay = await BackAsync(contact, changes, isTouched, types, temperatures, companies, cancel);
            // An action recorded since changes no field: such a contact is as before, and not told.
            if (stay.Count > 0 || (isTouched && edited.Contains(contact.Id))) kept.Add(new(contact.Id, contact.Name, KeptReason.Edited, stay));
            if (stay.Count == changes.Count) continue;
            db.Record("contact.importUndone", "contact", contact.Id, null, "import", importId);
            restored++;
        }
        await db.SaveChangesAsync(cancel);
        await replay.AfterTypesAsync(ids, cancel);
        return new($"u:{rows[^1].Number}", 0, restored, kept);
    }

    // Those that a person edited after the import changed them.
    private async Task<HashSet<long>> EditedAsync(List<long> ids, CancellationToken cancel)
    {
        string[] kinds = ["contact.edited", "contact.tagged", "contact.untagged"];
        var imported = await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && ids.Contains(j.SubjectId) && j.Kind == "contact.importUpdated" && j.CauseId == importId).Select(j => new { j.SubjectId, j.Id }).ToListAsync(cancel);
        var edits = await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && ids.Contains(j.SubjectId) && kinds.Contains(j.Kind)).GroupBy(j => j.SubjectId).Select(g => new { g.Key, Last = g.Max(j => j.Id) }).ToDictionaryAsync(e => e.Key, e => e.Last, cancel);
        return [.. imported.Where(i => edits.GetValueOrDefault(i.SubjectId) > i.Id).Select(i => i.SubjectId)];
    }

    // Of the companies that contacts had before, those that are still there: an import that made one may have been taken back meanwhile.
    private async Task<HashSet<long>> ThereAsync(List<List<FieldChange>> changed, CancellationToken cancel)
    {
        var ids = changed.SelectMany(c => c).Where(c => c is { Field: "companyId", Old: not null }).Select(c => c.Old!.GetValue<long>()).Distinct().ToList();
        return ids.Count == 0 ? [] : (await db.Set<Contact>().IgnoreQueryFilters().Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancel)).ToHashSet();
    }

    // Gives the fields their old values, but for those that somebody changed since or whose old value is in no list any more, and returns these.
    private async Task<List<string>> BackAsync(Contact contact, List<FieldChange> changes, bool isTouched, Dictionary<string, long> types, Dictionary<string, long> temperatures, HashSet<long> companies, CancellationToken cancel)
    {
        var tagIds = contact.Tags.Select(t => t.TagId).ToList();
        var tags = await db.Set<Tag>().AsNoTracking().Where(t => tagIds.Contains(t.Id)).ToListAsync(cancel);
        var now = JsonSerializer.SerializeToNode(ContactFields.Of(contact, tags.Select(t => t.Name), types.FirstOrDefault(t => t.Value == contact.TypeId).Key,
            temperatures.FirstOrDefault(t => t.Value == contact.TemperatureId).Key), Journaling.Json)!.AsObject();
        var stay = isTouched ? changes.FindAll(c => !JsonNode.DeepEquals(now[c.Field], c.New)).ConvertAll(c => c.Field) : [];
        stay.AddRange(changes.Where(c => IsGone(c, "type", types) || IsGone(c, "temperature", temperatures)).Select(c => c.Field).Except(stay).ToList());
        // The company and its name go together.
        if (stay.Exists(IsCompany)) stay.AddRange(changes.Select(c => c.Field).Where(f => IsCompany(f) && !stay.Contains(f)).ToList());
        if (stay.Count == changes.Count) return stay;
        foreach (var back in changes.Where(c => !stay.Contains(c.Field))) now[back.Field] = back.Old?.DeepClone();
        var input = now.Deserialize<ContactInput>(Journaling.Json)!;
        ContactFields.Apply(input, contact);
        contact.CompanyId = changes.Exists(c => c.Field == "companyId") && !stay.Contains("companyId") && input.CompanyId is { } company && !companies.Contains(company) ? null : input.CompanyId;
        contact.TypeId = input.Type is null ? null : types[input.Type];
        contact.TemperatureId = input.Temperature is null ? null : temperatures[input.Temperature];
        if (changes.Find(c => c.Field == "tags") is { } change && !stay.Contains(change.Field))
        {
            var off = ToTakeOff(tags, Keys(change.Old), Keys(change.New));
            contact.Tags.RemoveAll(t => off.Contains(t.TagId));
        }
        contact.Derive();
        return stay;
    }

    // All tags but those from before. Where one of these is not found by its name, as it has another one now, those that the import put on.
    private static HashSet<long> ToTakeOff(List<Tag> worn, HashSet<string> before, HashSet<string> after)
    {
        var isEachFound = before.All(key => worn.Exists(t => t.Key == key));
        return [.. worn.Where(t => !before.Contains(t.Key) && (isEachFound || after.Contains(t.Key))).Select(t => t.Id)];
    }

    private static HashSet<string> Keys(JsonNode? names) => (names.Deserialize<List<string>>(Journaling.Json) ?? []).Select(n => SearchText.Fold(n)).ToHashSet(StringComparer.Ordinal);

    private static bool IsGone(FieldChange change, string field, Dictionary<string, long> list) => change.Field == field && change.Old is { } key && !list.ContainsKey(key.GetValue<string>());

    private static bool IsCompany(string field) => field is "companyId" or "companyName";

    private async Task<ImportUndo?> RemoveAsync(long beforeId, CancellationToken cancel)
    {
        var created = await db.Set<Contact>().IgnoreQueryFilters().AsNoTracking().Where(c => c.ImportId == importId && c.Id < beforeId).OrderByDescending(c => c.Id).Take(limit)
            .Select(c => new { c.Id, c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone, c.Version, c.LastActivityId, c.CompanyId, c.DeletedAt }).ToListAsync(cancel);
        if (created.Count == 0)
        {
            await RemoveMadeAsync(cancel);
            return null;
        }
        var ids = created.ConvertAll(c => c.Id);
        // Whoever edited, tagged or recorded an action since wants to keep the contact.
        var touched = (await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && ids.Contains(j.SubjectId) && j.Kind != "contact.imported").Select(j => j.SubjectId).Distinct().ToListAsync(cancel)).ToHashSet();
        // Persons of this import have gone before: whoever still belongs to a company holds it, in this step or from an earlier one.
        var held = (await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.CompanyId != null && ids.Contains(c.CompanyId.Value)).Select(c => new { c.Id, c.CompanyId }).ToListAsync(cancel)).ToLookup(c => c.CompanyId!.Value, c => c.Id);
        var keep = new List<KeptRecord>();
        var stay = new HashSet<long>();
        foreach (var c in created)
        {
            var isUntouched = c.Version == 1 && c.LastActivityId is null && !touched.Contains(c.Id);
            if (isUntouched && held[c.Id].All(id => ids.Contains(id) && !stay.Contains(id))) continue;
            stay.Add(c.Id);
            if (c.DeletedAt is null) keep.Add(new(c.Id, Contact.NameOf(c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone),
                c.LastActivityId is not null ? KeptReason.Used : isUntouched ? KeptReason.Holds : KeptReason.Edited));
        }
        var remove = ids.FindAll(id => !stay.Contains(id)).ToArray();
        await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && EF.Parameter(remove).Contains(j.SubjectId)).ExecuteDeleteAsync(cancel);
        await db.Set<Contact>().IgnoreQueryFilters().Where(c => EF.Parameter(remove).Contains(c.Id)).ExecuteDeleteAsync(cancel);
        return new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"c:{ids[^1]}"), remove.Length, 0, keep);
    }

    // What only this import needed goes with it: tags and list entries that it made and that nothing uses any more; a tag that somebody also made on purpose stays.
    private async Task RemoveMadeAsync(CancellationToken cancel)
    {
        var made = await ImportMade.OfAsync(db, importId, cancel);
        await db.Set<Tag>().Where(t => made.Tags.Contains(t.Id) && !t.IsOnPurpose && !db.Set<ContactTag>().Any(c => c.TagId == t.Id)).ExecuteDeleteAsync(cancel);
        await db.Set<ContactType>().Where(t => made.Types.Contains(t.Id) && !db.Set<Contact>().IgnoreQueryFilters().Any(c => c.TypeId == t.Id)).ExecuteDeleteAsync(cancel);
        await db.Set<Temperature>().Where(t => made.Temperatures.Contains(t.Id) && !db.Set<Contact>().IgnoreQueryFilters().Any(c => c.TemperatureId == t.Id)).ExecuteDeleteAsync(cancel);
    }
}
