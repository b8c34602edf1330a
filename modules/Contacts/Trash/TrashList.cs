using Liaison.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Trash;

/// <summary>A contact in the trash.</summary>
public sealed record TrashRow(long Id, string Name, string Company, DateTime DeletedAt, long ById, string By);

/// <summary>What the viewer sees of the trash, the latest first.</summary>
public sealed class TrashList(LiaisonDb db, Users users)
{
    /// <summary>How many match, up to the limit of counts.</summary>
    public async Task<CappedCount> CountAsync(string? query, CancellationToken cancel) => CappedCount.Of(await Matching(query).Take(CappedCount.Limit + 1).CountAsync(cancel));

    /// <summary>One page after the cursor, with one row more than wanted when there are more.</summary>
    public async Task<List<TrashRow>> RowsAsync(string? query, Cursor? cursor, int take, CancellationToken cancel)
    {
        var deleted = Matching(query);
        if (cursor is { Moment: { } at, Id: var after }) deleted = deleted.Where(c => c.DeletedAt <= at && (c.DeletedAt < at || c.Id < after));
        var rows = await deleted.OrderByDescending(c => c.DeletedAt).ThenByDescending(c => c.Id).Take(take + 1)
            .Select(c => new { c.Id, c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone, c.DeletedAt, c.DeletedById }).ToListAsync(cancel);
        var names = await users.AllAsync(cancel);
        return rows.ConvertAll(c => new TrashRow(c.Id, Contact.NameOf(c.Kind, c.FirstName, c.LastName, c.CompanyName, c.PrimaryEmail, c.PrimaryPhone),
            c.Kind == ContactKind.Person ? c.CompanyName : "", c.DeletedAt!.Value, c.DeletedById, names.TryGetValue(c.DeletedById, out var user) ? user.Name : ""));
    }

    private IQueryable<Contact> Matching(string? query)
    {
        var deleted = db.DeletedContacts();
        foreach (var word in SearchText.Words(query)) deleted = deleted.Containing(word);
        return deleted;
    }
}
