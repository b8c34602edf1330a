using Liaison.Access;
using Liaison.Contacts.Import;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts;

/// <summary>Creates a contact or changes one: form, in-place editing and API come through here.</summary>
public sealed class SaveContact(LiaisonDb db, ContactLists lists, StatusReplay replay, TimeProvider clock)
{
    /// <summary>The company that the last save created on the way; null when there was none.</summary>
    public long? CompanyMade { get; private set; }
    /// <summary>How the last save moved the contact's status: another type may have one where that before had none.</summary>
    public IReadOnlyList<StatusChanged> Moved { get; private set; } = [];

    /// <summary>
    /// Validates the input and writes it with its journal entry. Nothing is written when there are problems.
    /// The contact must have been loaded with its parts (<see cref="ContactQueries.WithParts"/>).
    /// </summary>
    /// <returns>The contact (null when there are problems) and the problems.</returns>
    public async Task<(Contact? Contact, Problems Problems)> RunAsync(Contact? existing, ContactInput input, CancellationToken cancel)
    {
        var problems = input.Validate();
        var known = await CheckAsync(existing, input, problems, cancel);
        if (problems.Any) return (null, problems);
        var contact = await db.InTransactionAsync<Contact?>(async () =>
        {
            var isNew = existing is null;
            var contact = existing ?? new Contact();
            var before = isNew ? null : ContactFields.Of(contact, await NamesAsync(contact, cancel), known.TypeKey(contact.TypeId), known.TemperatureKey(contact.TemperatureId));
            // First what may write other records: the contact is saved once, its version goes up by one.
            if (!await CompanyAsync(contact, input, cancel))
            {
                problems.Add(nameof(input.CompanyId), "contacts.error.company");
                return null;
            }
            long[] ids = [];
            var tags = await Tags.NamedAsync(db, input.Tags, cancel, async () => ids = await db.ReserveIdsAsync<Contact>(isNew ? 1 : 0, cancel));
            var type = contact.TypeId;
            contact.TypeId = input.Type is null ? null : known.TypeId(input.Type);
            contact.TemperatureId = input.Temperature is null ? null : known.TemperatureId(input.Temperature);
            ContactFields.Apply(input, contact);
            PutTags(contact, tags);
            Responsibles(contact, input, isNew);
            contact.Derive();
            if (isNew) Begin(contact, known);
            var changes = isNew ? [] : ContactFields.Changes(before!, ContactFields.Of(contact, input.Tags, input.Type, input.Temperature));
            if (isNew)
            {
                contact.Id = ids[0];
                await InsertAsync(contact, cancel);
                return contact;
            }
            if (changes.Count > 0) db.Entry(contact).Property(c => c.UpdatedAt).IsModified = true; // the version goes up also when only a part changed
            await db.SaveChangesAsync(cancel);
            if (changes.Count > 0) db.Record("contact.edited", "contact", contact.Id, changes);
            if (contact.Kind == ContactKind.Company) await RenameAsync(contact, cancel);
            await db.SaveChangesAsync(cancel);
            Moved = contact.TypeId != type ? await replay.AfterTypesAsync([contact.Id], cancel) : [];
            return contact;
        }, cancel);
        return (contact, problems);
    }

    private Task InsertAsync(Contact contact, CancellationToken cancel) => db.InsertTogetherAsync(async () =>
    {
        await NewContacts.InsertAsync(db, [contact], cancel);
        await db.BulkJournalAsync([Created(contact)], cancel);
    }, cancel);

    private JournalEntry Created(Contact contact) =>
        db.NewEntry("contact.created", "contact", contact.Id, new StatusMove(null, contact.Status, contact.StatusSince, StatusCause.Parse(contact.StatusCauseJson), null));

    private void Begin(Contact contact, ContactLists.Known known)
    {
        contact.Version = 1;
        contact.CreatedAt = contact.UpdatedAt = contact.StatusSince = clock.Now();
        contact.CreatedById = contact.UpdatedById = db.ViewerId;
        var hasStatus = known.HasLifecycle(contact.TypeId);
        if (!hasStatus) contact.Status = ContactStatus.None;
        contact.StatusCauseJson = new StatusCause(hasStatus ? "created" : "noLifecycle").ToString();
    }

    private async Task<ContactLists.Known> CheckAsync(Contact? existing, ContactInput input, Problems problems, CancellationToken cancel)
    {
        var known = await lists.WithAsync(db, input.Type, input.Temperature, cancel);
        if (input.Type is not null && known.TypeId(input.Type) is null) problems.Add(nameof(input.Type), "contacts.error.type", input.Type);
        if (input.Temperature is not null && known.TemperatureId(input.Temperature) is null) problems.Add(nameof(input.Temperature), "contacts.error.temperature", input.Temperature);
        await CheckKindAsync(existing, input, problems, cancel);
        await CheckResponsiblesAsync(existing, input, problems, cancel);
        return known;
    }

    private async Task CheckKindAsync(Contact? existing, ContactInput input, Problems problems, CancellationToken cancel)
    {
        if (input.Kind == ContactKind.Company)
        {
            foreach (var (name, value) in new (string, object?)[] { (nameof(input.FirstName), input.FirstName), (nameof(input.LastName), input.LastName), (nameof(input.JobTitle), input.JobTitle), (nameof(input.CompanyId), input.CompanyId) })
                if (value is not null) problems.Add(name, "contacts.error.personOnly");
            return;
        }
        if (existing?.Kind == ContactKind.Company && await db.Contacts().AnyAsync(c => c.CompanyId == existing.Id, cancel)) problems.Add(nameof(input.Kind), "contacts.error.kindInUse");
        // A company that was deleted stays the company of its persons until another is chosen; one that is seen by others only stays by its name.
        if (input.CompanyId is { } company && (company == existing?.CompanyId ? !await db.OpensCompanyAsync(company, cancel)
            : company == existing?.Id || !await db.Contacts().AnyAsync(c => c.Id == company && c.Kind == ContactKind.Company, cancel)))
            problems.Add(nameof(input.CompanyId), "contacts.error.company");
    }

    private async Task CheckResponsiblesAsync(Contact? existing, ContactInput input, Problems problems, CancellationToken cancel)
    {
        if (input.Responsibles.Count == 0 && existing is { Responsibles.Count: > 0 }) problems.Add(nameof(input.Responsibles), "contacts.error.noResponsible");
        // Somebody whose account was closed stays responsible until taken away.
        var added = input.Responsibles.Where(r => existing is null || !existing.Responsibles.Exists(x => x.UserId == r)).ToList();
        if (added.Count == 0) return;
        var active = await db.Users().Where(u => added.Contains(u.Id)).CountAsync(cancel);
        if (active != added.Count) problems.Add(nameof(input.Responsibles), "contacts.error.responsible");
    }

    // False when the company was deleted after it was looked for.
    private async Task<bool> CompanyAsync(Contact contact, ContactInput input, CancellationToken cancel)
    {
        if (input.Kind == ContactKind.Company) { contact.CompanyId = null; return true; }
        CompanyMade = null;
        if (input.CompanyId is { } id)
        {
            input.CompanyName = contact.CompanyId == id ? contact.CompanyName : await db.Contacts().Where(c => c.Id == id).Select(c => c.CompanyName).FirstOrDefaultAsync(cancel);
            if (input.CompanyName is not null) contact.CompanyId = id;
            return input.CompanyName is not null;
        }
        if (input.CompanyName is null) { contact.CompanyId = null; return true; }
        if (contact.CompanyId is not null && contact.CompanyName == input.CompanyName) return true;
        contact.CompanyId = await FindCompanyAsync(input.CompanyName, cancel) ?? await NewCompanyAsync(input.CompanyName, input, cancel);
        return true;
    }

    private Task<long?> FindCompanyAsync(string name, CancellationToken cancel)
    {
        var sort = SearchText.Fold(name);
        return db.Contacts().Where(c => c.SortName == sort && c.Kind == ContactKind.Company).OrderBy(c => c.Id).Select(c => (long?)c.Id).FirstOrDefaultAsync(cancel);
    }

    private async Task<long?> NewCompanyAsync(string name, ContactInput person, CancellationToken cancel)
    {
        // Somebody else may be creating it at this moment: once they are done, it is there.
        await db.LockAsync("company " + SearchText.Fold(name), cancel: cancel);
        if (await FindCompanyAsync(name, cancel) is { } made) return made;
        var input = new ContactInput { Kind = ContactKind.Company, CompanyName = name, Access = person.Access, Responsibles = person.Responsibles };
        var (company, _) = await RunAsync(null, input, cancel);
        return CompanyMade = company?.Id;
    }

    private static void PutTags(Contact contact, List<long> tags)
    {
        contact.Tags.RemoveAll(t => !tags.Contains(t.TagId));
        foreach (var id in tags.Where(id => contact.Tags.TrueForAll(t => t.TagId != id))) contact.Tags.Add(new ContactTag { TagId = id });
    }

    private void Responsibles(Contact contact, ContactInput input, bool isNew)
    {
        var wanted = input.Responsibles;
        if (wanted.Count == 0 && (isNew || contact.Responsibles.Count == 0) && db.ViewerId != 0) wanted = [db.ViewerId];
        if (wanted.Count == 0) return;
        contact.Responsibles.RemoveAll(r => !wanted.Contains(r.UserId));
        foreach (var id in wanted.Where(id => contact.Responsibles.TrueForAll(r => r.UserId != id))) contact.Responsibles.Add(new ContactResponsible { UserId = id });
    }

    private async Task<List<string>> NamesAsync(Contact contact, CancellationToken cancel)
    {
        var ids = contact.Tags.Select(t => t.TagId).ToList();
        return await db.Set<Tag>().Where(t => ids.Contains(t.Id)).Select(t => t.Name).ToListAsync(cancel);
    }

    // A company's name stands on its persons, for lists and search; it follows a change of name.
    private async Task RenameAsync(Contact company, CancellationToken cancel)
    {
        var persons = await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.CompanyId == company.Id && c.CompanyName != company.CompanyName)
            .Include(c => c.Points).Include(c => c.Addresses).ToListAsync(cancel);
        foreach (var person in persons)
        {
            person.CompanyName = company.CompanyName;
            person.Derive();
        }
    }
}
