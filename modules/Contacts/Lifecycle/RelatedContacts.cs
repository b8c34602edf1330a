using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>After a sale with a person or a company: the other ones may be clients too. The organisation chooses: ask, always or never.</summary>
public sealed class RelatedContacts(LiaisonDb db, SetStatus set, Localizer texts)
{
    /// <summary>Name of the setting; "ask" when it was never set.</summary>
    public const string Setting = "lifecycle.propagateSale";
    private const int Most = 50;

    /// <summary>What to tell or ask after statuses moved; null when there is nothing to say. With "always" the others are marked here.</summary>
    public async Task<Toast?> AfterSaleAsync(IEnumerable<StatusChanged> effects, CancellationToken cancel)
    {
        var sold = effects.FirstOrDefault(e => e.To == ContactStatus.Client);
        if (sold is null) return null;
        var choice = await db.SettingAsync(Setting, cancel) ?? "ask";
        if (choice == "never" || await db.Contacts().FirstOrDefaultAsync(c => c.Id == sold.ContactId, cancel) is not { } contact) return null;
        if (choice == "always")
        {
            var marked = await MarkAsync(contact, cancel);
            return marked.Count == 0 ? null : new Toast(texts["status.relatives.done", marked.Count, string.Join(", ", marked)]);
        }
        var others = await Others(contact).Select(c => new { c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone }).ToListAsync(cancel);
        if (others.Count == 0) return null;
        var name = Contact.NameOf(others[0].Kind, others[0].FirstName, others[0].LastName, others[0].CompanyName, others[0].PrimaryEmail, others[0].PrimaryPhone);
        return new Toast(texts["status.relatives.ask", others.Count, contact.Name, name], $"/contacts/{contact.Id}/status?relatives=true", texts["status.relatives.yes"]);
    }

    /// <summary>Marks the related contacts as clients; returns their names.</summary>
    public Task<List<string>> MarkAsync(Contact contact, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var others = await Others(contact).ToListAsync(cancel);
        foreach (var other in others) await set.RunAsync(other.Id, ContactStatus.Client, texts["status.relatives.reason", contact.Name], locked: false, cancel);
        return others.ConvertAll(o => o.Name);
    }, cancel);

    // A person's company, or a company's persons: those that are no clients yet, are not locked, and that the viewer may change.
    private IQueryable<Contact> Others(Contact contact)
    {
        var (id, company) = (contact.Id, contact.CompanyId);
        return db.Contacts().Where(c => contact.Kind == ContactKind.Company ? c.CompanyId == id : c.Id == company && c.Kind == ContactKind.Company)
            .Where(c => c.Status != ContactStatus.Client && !c.StatusLocked).Editable(db).OrderBy(c => c.Id).Take(Most);
    }
}
