using System.Text.Json.Serialization;
using Liaison.Contacts.Lifecycle;
using Liaison.Exchange;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>A decided batch: new contacts are written by bulk insert, changed ones through the change tracker, each with its journal entry.</summary>
internal sealed class ImportWriting(ImportBatch batch, ImportPlan plan, ImportLists lists, StatusReplay replay, ContactLists cache) : ImportDecision
{
    private readonly List<ImportDraft> _created = [.. plan.Created], _updated = [.. plan.Updated];
    private List<Contact> _contacts = [], _named = [];
    private Dictionary<string, long> _tags = [];
    private BegunCompanies? _begun;

    /// <inheritdoc/>
    public override bool IsApart { get; } = !batch.DryRun && !plan.Updated.Any() && plan.Created.All(d => d.Input.Kind == ContactKind.Person)
        && !lists.NeedsNew(plan.Created.Select(d => d.Input)) && plan.Created.All(d => d.Input.Tags.TrueForAll(tag => KnownTags(batch).ContainsKey(SearchText.Fold(tag))));

    /// <inheritdoc/>
    public override async Task PlaceAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (batch.DryRun) { SideCompanies.Count(batch, plan); return; }
        _tags = await TagsAsync(db, batch, _created.Concat(_updated).SelectMany(d => d.Input.Tags), cancel);
        await lists.AddNewAsync(db, batch, [.. _created.Concat(_updated).Select(d => d.Input)], cancel);
        _begun = await BegunCompanies.OfAsync(db, batch, _created, cancel);
        var without = await db.WithoutLifecycleAsync(cancel);
        foreach (var draft in _created) Complete(db, draft, without);
        var known = plan.Matches.Companies;
        var rows = _created.Where(d => d.Input.Kind == ContactKind.Company).Select(d => d.Contact!.SortName).ToHashSet(StringComparer.Ordinal);
        _named = SideCompanies.Named(_created.Concat(_updated), key => known.ContainsKey(key) || rows.Contains(key)).Select(d => NewCompany(db, batch, d)).ToList();
        // The companies of this batch, those that rows name first: persons refer to them.
        var companies = _named.Concat(_created.Where(d => d.Input.Kind == ContactKind.Company && !_begun.TakesOver(d)).Select(d => d.Contact!)).ToList();
        _contacts = [.. companies, .. _created.Where(d => d.Input.Kind != ContactKind.Company).Select(d => d.Contact!)];
        var ids = await db.ReserveIdsAsync<Contact>(_contacts.Count, cancel);
        for (var i = 0; i < _contacts.Count; i++) _contacts[i].Id = ids[i];
        foreach (var company in companies) known.TryAdd(company.SortName, company.Id);
        LatestCompanies.Of(batch).Note(batch, companies);
        foreach (var draft in _created.Concat(_updated)) LinkCompany(draft, known);
        batch.Companies += _named.Count - _begun.Taken;
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (batch.DryRun) return;
        // Companies of the batch before are there when this one commits, after it.
        if (IsApart && db.Engine == Engine.PostgreSql) await db.Database.ExecuteSqlRawAsync("SET CONSTRAINTS fk_contact_company_id DEFERRED", cancel);
        await NewContacts.InsertAsync(db, _contacts, cancel);
        await _begun!.WriteAsync(db, batch, cancel);
        await db.BulkJournalAsync(_created.Select(d => Entry(db, batch, d.Contact!, d.Number)).Concat(_named.Select(c => Entry(db, batch, c, 0))), cancel);
        await UpdateAsync(db, batch, _updated, lists, _tags, cancel);
        if (_updated.Count + _begun.Taken > 0) await replay.AfterTypesAsync([.. _updated.Select(d => d.Contact!.Id), .. _begun.Ids], cancel);
        cache.Forget();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ImportOutcome> Outcomes() => plan.Outcomes();

    // A lead, unless an administrator chose otherwise for the whole file.
    private static ContactStatus StatusOf(ImportBatch batch) => batch.Options.Status is { } status ? Enum.Parse<ContactStatus>(status, ignoreCase: true) : ContactStatus.Lead;

    private static JournalEntry Entry(LiaisonDb db, ImportBatch batch, Contact contact, long row) =>
        db.NewEntry("contact.imported", "contact", contact.Id, new ImportedFrom(batch.FileName, contact.Status == ContactStatus.Lead ? null : contact.Status, row), "import", batch.ImportId);

    // Ids of tags by their folded names, those that rows so far had.
    private static Dictionary<string, long> KnownTags(ImportBatch batch)
    {
        if (batch.Memory.GetValueOrDefault("tags") is not Dictionary<string, long> known) batch.Memory["tags"] = known = new(StringComparer.Ordinal);
        return known;
    }

    private static async Task<Dictionary<string, long>> TagsAsync(LiaisonDb db, ImportBatch batch, IEnumerable<string> names, CancellationToken cancel)
    {
        var known = KnownTags(batch);
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
    private void Complete(LiaisonDb db, ImportDraft draft, List<long> without)
    {
        var (contact, input) = (Begin(db, batch, draft.Contact!), draft.Input);
        contact.CreatedAt = draft.CreatedAt ?? contact.CreatedAt;
        contact.CompanyId = input.CompanyId;
        contact.TypeId = input.Type is null ? null : lists.Types.Ids.GetValueOrDefault(input.Type) is > 0 and var type ? type : null;
        contact.TemperatureId = input.Temperature is null ? null : lists.Temperatures.Ids[input.Temperature];
        foreach (var tag in input.Tags) contact.Tags.Add(new ContactTag { TagId = _tags[SearchText.Fold(tag)] });
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
