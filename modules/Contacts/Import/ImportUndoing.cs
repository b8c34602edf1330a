using System.Text.Json;
using Liaison.Exchange;
using Liaison.Exchange.Imports;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>
/// Takes an import of contacts back: first the changed contacts in the order of rows ("u:ROW"), then the created ones in the order of ids ("c:ID"). What a
/// person touched since is kept.
/// </summary>
internal sealed class ImportUndoing(LiaisonDb db, long importId, int limit)
{
    public async Task<ImportUndo?> StepAsync(string? place, CancellationToken cancel)
    {
        if (place is null || place.StartsWith("u:", StringComparison.Ordinal))
        {
            var step = await RestoreAsync(place is null ? 0 : long.Parse(place.AsSpan(2)), cancel);
            if (step is not null) return step;
            place = "c:0";
        }
        return await RemoveAsync(long.Parse(place.AsSpan(2)), cancel);
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
        var kept = new List<KeptRecord>();
        var restored = 0;
        foreach (var row in rows)
        {
            if (!contacts.TryGetValue(row.RecordId!.Value, out var contact)) continue;
            var details = JsonSerializer.Deserialize<OutcomeDetails>(row.Details!, Journaling.Json)!;
            if (contact.Version != details.Version || contact.DeletedAt is not null) { kept.Add(new(contact.Id, contact.Name)); continue; }
            var changes = details.Changes.Deserialize<List<FieldChange>>(Journaling.Json)!;
            await BackAsync(contact, changes, types, temperatures, cancel);
            db.Record("contact.importUndone", "contact", contact.Id, null, "import", importId);
            restored++;
        }
        await db.SaveChangesAsync(cancel);
        return new($"u:{rows[^1].Number}", 0, restored, kept);
    }

    private async Task BackAsync(Contact contact, List<FieldChange> changes, Dictionary<string, long> types, Dictionary<string, long> temperatures, CancellationToken cancel)
    {
        var tagIds = contact.Tags.Select(t => t.TagId).ToList();
        var names = await db.Set<Tag>().AsNoTracking().Where(t => tagIds.Contains(t.Id)).Select(t => t.Name).ToListAsync(cancel);
        var now = JsonSerializer.SerializeToNode(ContactFields.Of(contact, names, types.FirstOrDefault(t => t.Value == contact.TypeId).Key,
            temperatures.FirstOrDefault(t => t.Value == contact.TemperatureId).Key), Journaling.Json)!.AsObject();
        foreach (var change in changes) now[change.Field] = change.Old?.DeepClone();
        var input = now.Deserialize<ContactInput>(Journaling.Json)!;
        ContactFields.Apply(input, contact);
        contact.CompanyId = input.CompanyId;
        contact.TypeId = input.Type is null ? null : types[input.Type];
        contact.TemperatureId = input.Temperature is null ? null : temperatures[input.Temperature];
        var keep = await Tags.NamedAsync(db, input.Tags, cancel);
        contact.Tags.RemoveAll(t => !keep.Contains(t.TagId));
        contact.Derive();
    }

    private async Task<ImportUndo?> RemoveAsync(long afterId, CancellationToken cancel)
    {
        var created = await db.Set<Contact>().IgnoreQueryFilters().AsNoTracking().Where(c => c.ImportId == importId && c.Id > afterId).OrderBy(c => c.Id).Take(limit)
            .Select(c => new { c.Id, c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone, c.Version, c.LastActivityId }).ToListAsync(cancel);
        if (created.Count == 0)
        {
            await RemoveUnusedTagsAsync(cancel);
            return null;
        }
        var ids = created.ConvertAll(c => c.Id);
        // Whoever edited, tagged, recorded an action or attached a person since wants to keep the contact.
        var touched = (await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && ids.Contains(j.SubjectId) && j.Kind != "contact.imported").Select(j => j.SubjectId).Distinct().ToListAsync(cancel)).ToHashSet();
        touched.UnionWith(await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.CompanyId != null && ids.Contains(c.CompanyId.Value) && (c.ImportId != importId || c.Version != 1)).Select(c => c.CompanyId!.Value).ToListAsync(cancel));
        var keep = created.Where(c => c.Version != 1 || c.LastActivityId is not null || touched.Contains(c.Id)).ToList();
        var remove = ids.Except(keep.Select(c => c.Id)).ToList();
        await db.Set<JournalEntry>().Where(j => j.SubjectType == "contact" && remove.Contains(j.SubjectId)).ExecuteDeleteAsync(cancel);
        await db.Set<Contact>().IgnoreQueryFilters().Where(c => remove.Contains(c.Id)).ExecuteDeleteAsync(cancel);
        return new($"c:{ids[^1]}", remove.Count, 0, keep.ConvertAll(c => new KeptRecord(c.Id, Contact.NameOf(c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone))));
    }

    // Tags that only this import needed go with it: those made while it ran that nothing wears any more.
    private async Task RemoveUnusedTagsAsync(CancellationToken cancel)
    {
        var options = StartImport.OptionsOf(await db.Set<Exchange.Imports.Import>().AsNoTracking().SingleAsync(i => i.Id == importId, cancel));
        var keys = options.Tags.Select(SearchText.Fold).ToList();
        await db.Set<Tag>().Where(t => keys.Contains(t.Key) && !db.Set<ContactTag>().Any(c => c.TagId == t.Id)).ExecuteDeleteAsync(cancel);
    }
}
