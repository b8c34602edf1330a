using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Liaison.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Export;

/// <summary>Reads the contacts of an export page by page with their parts: companies first, then persons, each by id.</summary>
internal sealed class ExportPages(LiaisonDb db, IQueryable<Contact> matching, IReadOnlyList<ContactExportColumns> more)
{
    private const int Size = 2000;

    // Only what files show: the search text alone is a third of a row.
    private static readonly Expression<Func<Contact, Contact>> Shown = c => new Contact
    {
        Id = c.Id, Kind = c.Kind, FirstName = c.FirstName, LastName = c.LastName, JobTitle = c.JobTitle, CompanyName = c.CompanyName, Industry = c.Industry, Description = c.Description,
        TypeId = c.TypeId, TemperatureId = c.TemperatureId, Currency = c.Currency, Access = c.Access, Status = c.Status, StatusSince = c.StatusSince, StatusCauseJson = c.StatusCauseJson,
        LastActivityId = c.LastActivityId, NextReminderAt = c.NextReminderAt, PrimaryEmail = c.PrimaryEmail, PrimaryPhone = c.PrimaryPhone, CreatedAt = c.CreatedAt, UpdatedAt = c.UpdatedAt,
    };

    /// <summary>The pages, one after the other.</summary>
    public async IAsyncEnumerable<ExportPage> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var users = await db.Set<User>().AsNoTracking().Select(u => new { u.Id, Name = u.Email ?? u.UserName! }).ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
        var tags = await db.Set<Tag>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name, cancel);
        // Told by what is left out, the kind does not lead the database to its index, which is in another order than the pages.
        foreach (var other in new[] { ContactKind.Person, ContactKind.Company })
        {
            for (long after = 0; ;)
            {
                var (from, not) = (after, other);
                var contacts = await matching.Where(c => c.Kind != not && c.Id > from).OrderBy(c => c.Id).Take(Size).Select(Shown).ToListAsync(cancel);
                if (contacts.Count > 0) yield return await PageAsync(contacts, users, tags, cancel);
                if (contacts.Count < Size) break;
                after = contacts[^1].Id;
            }
        }
    }

    /// <summary>The same pages, read on another thread while the last one is still in use.</summary>
    public static async IAsyncEnumerable<ExportPage> AheadAsync(IAsyncEnumerable<ExportPage> pages, [EnumeratorCancellation] CancellationToken cancel)
    {
        var waiting = Channel.CreateBounded<ExportPage>(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Task.Run(async () =>
        {
            try
            {
                await foreach (var page in pages.WithCancellation(stop.Token)) await waiting.Writer.WriteAsync(page, stop.Token);
                waiting.Writer.Complete();
            }
            catch (Exception e) { waiting.Writer.Complete(e); }
        }, CancellationToken.None);
        try
        {
            await foreach (var page in waiting.Reader.ReadAllAsync(cancel)) yield return page;
        }
        finally
        {
            // The database must be at rest when the caller goes on.
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task<ExportPage> PageAsync(List<Contact> contacts, Dictionary<long, string> users, Dictionary<long, string> tags, CancellationToken cancel)
    {
        var loaded = new List<IReadOnlyDictionary<long, string?[]>>();
        foreach (var source in more) loaded.Add(await source.LoadAsync(db, contacts, cancel));
        var ids = contacts.ConvertAll(c => c.Id);
        var (first, last) = (ids[0], ids[^1]);
        // Neighbours are read as one range, others one by one.
        var near = last - first < ids.Count * 2L;
        var points = near ? db.Set<ContactPoint>().Where(p => p.ContactId >= first && p.ContactId <= last) : db.Set<ContactPoint>().Where(p => ids.Contains(p.ContactId));
        var addresses = near ? db.Set<ContactAddress>().Where(a => a.ContactId >= first && a.ContactId <= last) : db.Set<ContactAddress>().Where(a => ids.Contains(a.ContactId));
        var labels = near ? db.Set<ContactTag>().Where(t => t.ContactId >= first && t.ContactId <= last) : db.Set<ContactTag>().Where(t => ids.Contains(t.ContactId));
        var owners = near ? db.Set<ContactResponsible>().Where(r => r.ContactId >= first && r.ContactId <= last) : db.Set<ContactResponsible>().Where(r => ids.Contains(r.ContactId));
        return new()
        {
            Contacts = contacts,
            Points = new((await points.AsNoTracking().OrderBy(p => p.ContactId).ThenBy(p => p.Position)
                .Select(p => new ContactPoint { ContactId = p.ContactId, Kind = p.Kind, Category = p.Category, Value = p.Value, IsPrimary = p.IsPrimary }).ToListAsync(cancel)).ConvertAll(p => (p.ContactId, p)), ids.Count),
            Addresses = new((await addresses.AsNoTracking().OrderBy(a => a.ContactId).ThenBy(a => a.Position).ToListAsync(cancel)).ConvertAll(a => (a.ContactId, a)), ids.Count),
            Tags = Names(await labels.AsNoTracking().Select(t => new KeyValuePair<long, long>(t.ContactId, t.TagId)).ToListAsync(cancel), tags, ids.Count),
            Responsibles = Names(await owners.AsNoTracking().Select(r => new KeyValuePair<long, long>(r.ContactId, r.UserId)).ToListAsync(cancel), users, ids.Count),
            More = loaded,
        };
    }

    private static PartsOf<string> Names(List<KeyValuePair<long, long>> pairs, Dictionary<long, string> names, int contacts)
    {
        var named = pairs.ConvertAll(p => (Contact: p.Key, Name: names.GetValueOrDefault(p.Value, "")));
        named.Sort((a, b) => a.Contact != b.Contact ? a.Contact.CompareTo(b.Contact) : string.CompareOrdinal(a.Name, b.Name));
        return new(named, contacts);
    }
}
