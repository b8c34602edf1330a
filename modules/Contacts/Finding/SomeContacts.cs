using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Finding;

/// <summary>A few of the contacts that a search finds, quickly: suggestions are asked for with every letter.</summary>
internal sealed class SomeContacts(LiaisonDb db, ContactList list, ListSizes sizes)
{
    // Of a search with many results so many times what is wanted are looked at.
    private const int Choice = 6;
    private readonly ContactSets _sets = new(db);

    /// <summary>Those whose name starts with the first word, by name.</summary>
    public async Task<List<ContactRow>> StartingAsync(string query, string start, int take, CancellationToken cancel)
    {
        var filter = new ContactFilter { Query = query };
        if (await sizes.SeesApartAsync(db, cancel)) return (await new SeenByName(db).RowsAsync<ContactRow>(filter, [start], descending: false, null, take, cancel)).Rows;
        // Of several words, few of those whose name starts with the first contain the others too.
        if (SearchText.Words(query).Count > 1 && await list.PlacesAsync(filter, cancel) is { } places)
            return await list.FirstOfAsync<ContactRow>(places.Where(p => p.SortName.StartsWith(start, StringComparison.Ordinal)), filter, ContactSort.Default, null, take, cancel);
        return await filter.On(db.Contacts().NamedFrom(start), db).OrderBy(c => c.SortName).ThenBy(c => c.Id).Take(take).Select(ContactRow.Of).AllAsync(db, cancel);
    }

    /// <summary>Any of them.</summary>
    public async Task<List<ContactRow>> SomeAsync(string query, int take, CancellationToken cancel)
    {
        var filter = new ContactFilter { Query = query };
        // Among the first of all, whoever sees little would hardly see any.
        if (await list.SeesApartAsync(cancel)) return (await list.RowsAsync<ContactRow>(filter, ContactSort.Default, null, take, cancel))!;
        var words = ContactSets.IndexedWords(filter);
        var contacts = db.Contacts();
        // PostgreSQL has the contacts in its hands when it has looked whether the words are really there.
        if (words.Count > 0 && db.Engine == Engine.PostgreSql) contacts = _sets.Containing(words).Take(take * Choice).Seen(db);
        else if (words.Count > 0)
        {
            var ids = await _sets.Found(words).Take(take * Choice).AllAsync(db, cancel);
            contacts = contacts.Where(c => ids.Contains(c.Id));
        }
        return await filter.On(contacts, db).OrderBy(c => c.SortName).ThenBy(c => c.Id).Take(take).Select(ContactRow.Of).AllAsync(db, cancel);
    }
}
