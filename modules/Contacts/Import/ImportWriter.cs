using System.Text.Json.Serialization;
using Liaison.Contacts.Lifecycle;
using Liaison.Exchange;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>Writes a decided batch: new contacts by bulk insert, changed ones through the change tracker, each with its journal entry.</summary>
internal static class ImportWriter
{
    public static async Task WriteAsync(LiaisonDb db, ImportBatch batch, ImportPlan plan, ImportLists lists, StatusReplay replay, CancellationToken cancel)
    {
        var created = plan.Created.ToList();
        var updated = plan.Updated.ToList();
        var tags = await TagsAsync(db, batch, created.Concat(updated).SelectMany(d => d.Input.Tags), cancel);
        await lists.AddNewAsync(db, batch, [.. created.Concat(updated).Select(d => d.Input)], cancel);
        var begun = await BegunCompanies.OfAsync(db, batch, created, cancel);
        var without = await db.WithoutLifecycleAsync(cancel);
        foreach (var draft in created) Complete(db, batch, draft, lists, tags, without);
        var known = plan.Matches.Companies;
        var rows = created.Where(d => d.Input.Kind == ContactKind.Company).Select(d => d.Contact!.SortName).ToHashSet(StringComparer.Ordinal);
        var named = SideCompanies.Named(created.Concat(updated), key => known.ContainsKey(key) || rows.Contains(key)).Select(d => NewCompany(db, batch, d)).ToList();
        var contacts = new List<Contact>(created.Count + named.Count);
        contacts.AddRange(named);
        contacts.AddRange(created.Where(d => !begun.TakesOver(d)).Select(d => d.Contact!));
        var ids = await db.ReserveIdsAsync<Contact>(contacts.Count, cancel);
        for (var i = 0; i < contacts.Count; i++) contacts[i].Id = ids[i];
        // The companies of this batch, rows of their own first, then those that rows name.
        var companies = contacts.FindAll(c => c.Kind == ContactKind.Company);
        foreach (var company in companies) known.TryAdd(company.SortName, company.Id);
        LatestCompanies.Of(batch).Note(batch, companies);
        foreach (var draft in created.Concat(updated)) LinkCompany(draft, known);
        await NewContacts.InsertAsync(db, [.. contacts.OrderBy(c => c.Kind == ContactKind.Company ? 0 : 1)], cancel);
        await begun.WriteAsync(db, batch, cancel);
        batch.Companies += named.Count - begun.Taken;
        await db.BulkJournalAsync(created.Select(d => Entry(db, batch, d.Contact!, d.Number)).Concat(named.Select(c => Entry(db, batch, c, 0))), cancel);
        await UpdateAsync(db, batch, updated, lists, tags, cancel);
        await replay.AfterTypesAsync([.. updated.Select(d => d.Contact!.Id), .. begun.Ids], cancel);
    }

    // A lead, unless an administrator chose otherwise for the whole file.
    private static ContactStatus StatusOf(ImportBatch batch) => batch.Options.Status is { } status ? Enum.Parse<ContactStatus>(status, ignoreCase: true) : ContactStatus.Lead;

    private static JournalEntry Entry(LiaisonDb db, ImportBatch batch, Contact contact, long row) =>
        db.NewEntry("contact.imported", "contact", contact.Id, new ImportedFrom(batch.FileName, contact.Status == ContactStatus.Lead ? null : contact.Status, row), "import", batch.ImportId);

    private static async Task<Dictionary<string, long>> TagsAsync(LiaisonDb db, ImportBatch batch, IEnumerable<string> names, CancellationToken cancel)
    {
        if (batch.Memory.GetValueOrDefault("tags") is not Dictionary<string, long> known) batch.Memory["tags"] = known = new(StringComparer.Ordinal);
        var missing = names.Where(n => !known.ContainsKey(SearchText.Fold(n))).DistinctBy(SearchText.Fold).ToList();
        if (missing.Count == 0) return known;
        var keys = missing.ConvertAll(SearchText.Fold);
        var there = await db.Set<Tag>().Where(t => keys.Contains(t.Key)).Select(t => t.Id).ToListAsync(cancel);
        var ids = await Tags.NamedAsync(db, missing, cancel);
        if (ids.Except(there).ToList() is { Count: > 0 } made)
        {
            ImportMade.Record(db, batch.ImportId, new() { Tags = made });
            await db.SaveChangesAsync(cancel);
        }
        foreach (var tag in await db.Set<Tag>().AsNoTracking().Where(t => ids.Contains(t.Id)).ToListAsync(cancel)) known[tag.Key] = tag.Id;
        return known;
    }

    private static Contact NewCompany(LiaisonDb db, ImportBatch batch, ImportDraft draft)
    {
        var company = Begin(db, batch, new Contact { Kind = ContactKind.Company, CompanyName = draft.Input.CompanyName!, Access = draft.Input.Access });
        Responsible(db, company, draft.Input.Responsibles);
        company.Derive();
        return company;
    }

    // The contact is there since the row was prepared; what the database gives it comes now.
    private static void Complete(LiaisonDb db, ImportBatch batch, ImportDraft draft, ImportLists lists, Dictionary<string, long> tags, List<long> without)
    {
        var (contact, input) = (Begin(db, batch, draft.Contact!), draft.Input);
        contact.CreatedAt = draft.CreatedAt ?? contact.CreatedAt;
        contact.CompanyId = input.CompanyId;
        contact.TypeId = input.Type is null ? null : lists.Types.Ids.GetValueOrDefault(input.Type) is > 0 and var type ? type : null;
        contact.TemperatureId = input.Temperature is null ? null : lists.Temperatures.Ids[input.Temperature];
        foreach (var tag in input.Tags) contact.Tags.Add(new ContactTag { TagId = tags[SearchText.Fold(tag)] });
        Responsible(db, contact, input.Responsibles);
        if (contact.TypeId is { } its && without.Contains(its)) (contact.Status, contact.StatusCauseJson) = (ContactStatus.None, new StatusCause("noLifecycle").ToString());
    }

    private static Contact Begin(LiaisonDb db, ImportBatch batch, Contact contact)
    {
        var now = db.Clock.Now();
        contact.ImportId = batch.ImportId;
        contact.Version = 1;
        contact.CreatedAt = contact.UpdatedAt = contact.StatusSince = now;
        contact.CreatedById = contact.UpdatedById = db.ViewerId;
        contact.Status = contact.InitialStatus = StatusOf(batch);
        contact.StatusCauseJson = CauseOf(batch);
        return contact;
    }

    private static string CauseOf(ImportBatch batch)
    {
        if (batch.Memory.GetValueOrDefault("cause") is not string cause) batch.Memory["cause"] = cause = new StatusCause("import", batch.ImportId).ToString();
        return cause;
    }

    private static void Responsible(LiaisonDb db, Contact contact, List<long> users)
    {
        foreach (var user in users) contact.Responsibles.Add(new ContactResponsible { UserId = user });
        if (users.Count == 0 && db.ViewerId != 0) contact.Responsibles.Add(new ContactResponsible { UserId = db.ViewerId });
    }

    private static void LinkCompany(ImportDraft draft, Dictionary<string, long> known)
    {
        if (!SideCompanies.Names(draft)) return;
        draft.Input.CompanyId = known.TryGetValue(draft.CompanyKey, out var id) ? id : null;
        if (draft.Before is null) draft.Contact!.CompanyId = draft.Input.CompanyId;
    }

    private static async Task UpdateAsync(LiaisonDb db, ImportBatch batch, List<ImportDraft> updated, ImportLists lists, Dictionary<string, long> tags, CancellationToken cancel)
    {
        if (updated.Count == 0) return;
        foreach (var draft in updated)
        {
            var contact = draft.Contact!;
            draft.Changes = ContactFields.Changes(draft.Before!, draft.Input);
            ContactFields.Apply(draft.Input, contact);
            contact.CompanyId = draft.Input.CompanyId;
            contact.TypeId = draft.Input.Type is null ? null : lists.Types.Ids.GetValueOrDefault(draft.Input.Type) is > 0 and var type ? type : null;
            contact.TemperatureId = draft.Input.Temperature is null ? null : lists.Temperatures.Ids[draft.Input.Temperature];
            foreach (var tag in draft.Input.Tags.Select(t => tags[SearchText.Fold(t)]).Where(id => contact.Tags.TrueForAll(t => t.TagId != id))) contact.Tags.Add(new ContactTag { TagId = tag });
            contact.Derive();
            db.Record("contact.importUpdated", "contact", contact.Id, draft.Changes, "import", batch.ImportId);
        }
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>Details of the journal entry "contact.imported".</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Status">The status given to the whole file, or none because of the type; null for lead.</param>
/// <param name="Row">Row number; 0 for a company that a row named.</param>
public sealed record ImportedFrom(string File, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ContactStatus? Status, long Row);
