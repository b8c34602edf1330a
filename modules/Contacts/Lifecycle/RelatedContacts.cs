using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>After a sale with a person or a company: the other ones may be clients too. The organisation chooses: ask, always or never.</summary>
public sealed class RelatedContacts(LiaisonDb db, StatusByHand byHand, Localizer texts)
{
    /// <summary>Name of the setting; "ask" when it was never set.</summary>
    public const string Setting = "lifecycle.propagateSale";
    /// <summary>What can be chosen.</summary>
    public static readonly IReadOnlyList<string> Choices = ["ask", "always", "never"];
    private const int Most = 50;

    /// <summary>What the organisation chose.</summary>
    public async Task<string> ChoiceAsync(CancellationToken cancel) => await db.SettingAsync(Setting, cancel) ?? Choices[0];

    /// <summary>Chooses for the organisation, over a choice that is still as expected.</summary>
    /// <returns>Whether it was.</returns>
    public Task<bool> ChooseAsync(string choice, Func<string, bool> isExpected, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.LockAsync(Setting, cancel: cancel);
        var now = await ChoiceAsync(cancel);
        if (!isExpected(now)) return false;
        if (choice == now) return true;
        await db.SetAsync(Setting, choice, cancel);
        db.Record("setting.changed", "setting", 0, new { key = Setting, value = choice });
        await db.SaveChangesAsync(cancel);
        return true;
    }, cancel);

    /// <summary>
    /// With "always", lets sales count for the others after contacts became clients, and has those for whom one counts follow what became of it; called by the
    /// replay, in its transaction.
    /// </summary>
    /// <returns>Those for whom a sale counts now, and those for whom one was another, or took place at another time, or counts no more: all to be replayed.</returns>
    internal async Task<(IReadOnlyList<long> Joined, IReadOnlyList<long> Followed)> FollowAsync(IReadOnlyCollection<long> replayed, IReadOnlyList<StatusChanged> changes, ILookup<long, StatusEvent> events, CancellationToken cancel)
    {
        List<StatusEvent> SalesOf(long id) => [.. events[id].Where(e => e.Effect == StatusEffect.Sale && e.Cause.Type != StatusCause.RelatedSale).OrderBy(e => e.At).ThenBy(e => e.RecordedAt).ThenBy(e => e.Id)];
        var followed = new List<long>();
        foreach (var counted in await db.Set<RelatedSale>().Where(s => replayed.Contains(s.SoldId)).OrderBy(s => s.ContactId).ToListAsync(cancel))
        {
            var sales = SalesOf(counted.SoldId);
            if (sales.Count == 0) db.Remove(counted);
            else if (!counted.Follow(sales.Find(counted.Is) is { Effect: StatusEffect.Sale } same ? same : sales[0])) continue;
            followed.Add(counted.ContactId);
        }
        var joined = await JoinAsync([.. changes.Where(c => c is { IsMove: true, To: ContactStatus.Client }).Select(c => c.ContactId)], SalesOf, cancel);
        await db.SaveChangesAsync(cancel);
        return (joined, [.. followed.Except(joined)]);
    }

    private async Task<List<long>> JoinAsync(List<long> clients, Func<long, List<StatusEvent>> salesOf, CancellationToken cancel)
    {
        var joined = new List<long>();
        if (clients.Count == 0 || await ChoiceAsync(cancel) != "always") return joined;
        foreach (var contact in await db.Contacts().Where(c => clients.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(cancel))
        {
            // The sale that made it a client; a sale that it follows itself leads no further.
            if (salesOf(contact.Id).Find(e => e.Cause.ToString() == contact.StatusCauseJson) is not { Effect: StatusEffect.Sale } sale) continue;
            foreach (var other in await Related(contact).Select(c => c.Id).ToListAsync(cancel))
            {
                var counted = await db.Set<RelatedSale>().FindAsync([other, contact.Id], cancel);
                if (counted is null) db.Add(counted = new RelatedSale { ContactId = other, SoldId = contact.Id });
                counted.Follow(sale);
                joined.Add(other);
            }
        }
        return joined;
    }

    /// <summary>What to ask about contacts that became clients: those that have others who are none yet.</summary>
    public async Task<IReadOnlyList<(Contact Contact, Toast Question)>> QuestionsAsync(IReadOnlyCollection<long> clients, CancellationToken cancel)
    {
        if (clients.Count == 0 || await ChoiceAsync(cancel) != "ask") return [];
        var asked = new List<(Contact, Toast)>();
        foreach (var contact in await db.Contacts().Where(c => clients.Contains(c.Id) && c.Status == ContactStatus.Client).OrderBy(c => c.Id).ToListAsync(cancel))
            if (await QuestionAsync(contact, cancel) is { } question) asked.Add((contact, question));
        return asked;
    }

    /// <summary>What to tell or ask after statuses moved; null when there is nothing to say.</summary>
    public async Task<Toast?> TellAsync(IReadOnlyList<StatusChanged> moved, CancellationToken cancel)
    {
        if (Sold(moved) is not { } sold) return null;
        if (moved.Where(m => m is { IsMove: true, To: ContactStatus.Client } && m.ContactId != sold.ContactId).ToList() is { Count: > 0 } others) return new(await MarkedAsync(others, cancel));
        return await QuestionsAsync([sold.ContactId], cancel) is [var (_, question)] ? question : null;
    }

    private async Task<Toast?> QuestionAsync(Contact contact, CancellationToken cancel)
    {
        var others = await Others(contact).Select(c => new { c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone }).ToListAsync(cancel);
        if (others.Count == 0) return null;
        var name = Contact.NameOf(others[0].Kind, others[0].FirstName, others[0].LastName, others[0].CompanyName, others[0].PrimaryEmail, others[0].PrimaryPhone);
        return new Toast(texts["status.relatives.ask", others.Count, contact.Name, name], $"/contacts/{contact.Id}/status?relatives=true", texts["status.relatives.yes"]);
    }

    /// <summary>Marks the related contacts as clients because a person said so: it is that person's decision, whatever becomes of the sale.</summary>
    public Task<IReadOnlyList<StatusChanged>> MarkAsync(Contact contact, CancellationToken cancel) => db.InTransactionAsync<IReadOnlyList<StatusChanged>>(async () =>
    {
        var moved = new List<StatusChanged>();
        foreach (var other in await Others(contact).Select(c => c.Id).ToListAsync(cancel))
            if (await byHand.RunAsync(other, ContactStatus.Client, texts["status.relatives.reason"], locked: false, cancel) is { } change) moved.Add(change);
        return moved;
    }, cancel);

    /// <summary>"Clients now: Atelier Vermeil, Marie Dupont".</summary>
    public async Task<string> MarkedAsync(IReadOnlyList<StatusChanged> moved, CancellationToken cancel)
    {
        var ids = moved.Select(m => m.ContactId).ToList();
        var names = await db.Contacts().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(cancel);
        return texts["status.relatives.done", names.Count, string.Join(", ", names.Select(c => c.Name))];
    }

    private static StatusChanged? Sold(IReadOnlyList<StatusChanged> moved) => moved is [{ IsMove: true, To: ContactStatus.Client, Cause.Type: not ("manual" or StatusCause.RelatedSale) } first, ..] ? first : null;

    // A person's company, or a company's persons: those that are no clients yet, are not locked, and that the viewer may change.
    private IQueryable<Contact> Others(Contact contact)
    {
        return Related(contact, others => others.Where(c => c.Status != ContactStatus.Client && c.Status != ContactStatus.None && !c.StatusLocked));
    }

    private IQueryable<Contact> Related(Contact contact, Func<IQueryable<Contact>, IQueryable<Contact>>? which = null)
    {
        var (id, company) = (contact.Id, contact.CompanyId);
        var related = db.Contacts().Where(c => contact.Kind == ContactKind.Company ? c.CompanyId == id : c.Id == company && c.Kind == ContactKind.Company);
        return (which?.Invoke(related) ?? related).Editable(db).OrderBy(c => c.Id).Take(Most);
    }
}
