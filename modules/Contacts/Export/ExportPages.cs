using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Liaison.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Export;

/// <summary>
/// Reads the contacts of an export page by page with their parts: companies first, then persons, each by id. A page is used again for a later one: it is only
/// valid until the next is asked for.
/// </summary>
internal sealed class ExportPages(LiaisonDb db, Func<LiaisonDb> open, IQueryable<Contact> matching, IReadOnlyList<ContactExportColumns> more)
{
    // One is read, another gets its parts, a third is written; one waits between them.
    private const int Size = 2000, InUse = 4;
    private readonly List<ExportedContact> _keys = [];

    /// <summary>The pages, read on other threads while the last one is still in use: contacts on the connection of the export, their parts on one of their own.</summary>
    public async IAsyncEnumerable<ExportPage> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (begun, waiting, free) = (Channel.CreateBounded<ExportPage>(1), Channel.CreateBounded<ExportPage>(1), Channel.CreateUnbounded<ExportPage>());
        for (var i = 0; i < InUse; i++) free.Writer.TryWrite(new ExportPage(more));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Task.WhenAll(Working(begun.Writer, () => FillAsync(begun.Writer, free, stop.Token)), Working(waiting.Writer, () => CompleteAsync(begun.Reader, waiting.Writer, stop.Token)));
        try
        {
            await foreach (var page in waiting.Reader.ReadAllAsync(cancel))
            {
                yield return page;
                free.Writer.TryWrite(page);
            }
        }
        finally
        {
            // The database must be at rest when the caller goes on.
            await stop.CancelAsync();
            await reading;
        }
    }

    // What goes wrong reaches whoever takes the pages.
    private static Task Working(ChannelWriter<ExportPage> pages, Func<Task> work) => Task.Run(async () =>
    {
        try
        {
            await work();
            pages.Complete();
        }
        catch (Exception e) { pages.Complete(e); }
    }, CancellationToken.None);

    private async Task CompleteAsync(ChannelReader<ExportPage> begun, ChannelWriter<ExportPage> full, CancellationToken cancel)
    {
        await using var beside = open();
        await beside.Database.OpenConnectionAsync(cancel);
        await foreach (var page in begun.ReadAllAsync(cancel))
        {
            await PartsAsync(beside, page, cancel);
            await full.WriteAsync(page, cancel);
        }
    }

    private async Task FillAsync(ChannelWriter<ExportPage> begun, Channel<ExportPage> free, CancellationToken cancel)
    {
        // Told by what is left out, the kind does not lead the database to its index, which is in another order than the pages.
        foreach (var other in new[] { ContactKind.Person, ContactKind.Company })
        {
            for (long after = 0; ;)
            {
                var page = await free.Reader.ReadAsync(cancel);
                var (from, not, contacts) = (after, other, page.Contacts);
                // In the order of ContactCells, and only what files show: the search text alone is a third of a row.
                await matching.Where(c => c.Kind != not && c.Id > from).OrderBy(c => c.Id).Take(Size).Select(c => new
                {
                    c.Id, c.Kind, c.FirstName, c.LastName, c.JobTitle, c.CompanyName, c.Industry, c.Description, c.TypeId, c.TemperatureId, c.Currency, c.Access,
                    c.Status, c.StatusSince, c.StatusCauseJson, c.LastActivityId, c.NextReminderAt, c.PrimaryEmail, c.PrimaryPhone, c.CreatedAt, c.UpdatedAt, c.PartsMark,
                }).ReadAsync(db, contacts, cancel);
                var count = contacts.Count;
                if (count == 0)
                {
                    free.Writer.TryWrite(page);
                    break;
                }
                after = contacts.Number(count - 1, ContactCells.Id);
                await begun.WriteAsync(page, cancel);
                if (count < Size) break;
            }
        }
    }

    private async Task PartsAsync(LiaisonDb db, ExportPage page, CancellationToken cancel)
    {
        var contacts = page.Contacts;
        _keys.Clear();
        for (var i = 0; i < contacts.Count; i++)
            _keys.Add(new(contacts.Number(i, ContactCells.Id), contacts.IsNothing(i, ContactCells.LastActivity) ? null : contacts.Number(i, ContactCells.LastActivity),
                contacts.IsNothing(i, ContactCells.NextReminder) ? null : PlainReading.Moment(contacts.Number(i, ContactCells.NextReminder))));
        for (var m = 0; m < more.Count; m++)
        {
            page.More[m].Clear();
            await more[m].AddAsync(db, _keys, page.More[m], cancel);
        }
        var ids = _keys.ConvertAll(k => k.Id);
        var (first, last) = (ids[0], ids[^1]);
        // Neighbours are read as one range, others one by one.
        var near = last - first < ids.Count * 2L;
        var points = near ? db.Set<ContactPoint>().Where(p => p.ContactId >= first && p.ContactId <= last) : db.Set<ContactPoint>().Where(p => ids.Contains(p.ContactId));
        var addresses = near ? db.Set<ContactAddress>().Where(a => a.ContactId >= first && a.ContactId <= last) : db.Set<ContactAddress>().Where(a => ids.Contains(a.ContactId));
        await FillAsync(page.Points, points.OrderBy(p => p.ContactId).ThenBy(p => p.Position).Select(p => new { p.ContactId, p.Kind, p.Category, p.Value, p.IsPrimary }));
        await FillAsync(page.Addresses, addresses.OrderBy(a => a.ContactId).ThenBy(a => a.Position).Select(a => new { a.ContactId, a.Category, a.Street, a.City, a.State, a.Zip, a.Country, a.IsPrimary }));
        if (Noted(page)) return;
        var labels = near ? db.Set<ContactTag>().Where(t => t.ContactId >= first && t.ContactId <= last) : db.Set<ContactTag>().Where(t => ids.Contains(t.ContactId));
        var owners = near ? db.Set<ContactResponsible>().Where(r => r.ContactId >= first && r.ContactId <= last) : db.Set<ContactResponsible>().Where(r => ids.Contains(r.ContactId));
        await FillAsync(page.Tags, labels.OrderBy(t => t.ContactId).Select(t => new { t.ContactId, t.TagId }));
        await FillAsync(page.Responsibles, owners.OrderBy(r => r.ContactId).Select(r => new { r.ContactId, r.UserId }));

        async Task FillAsync(PartRows parts, IQueryable query)
        {
            await query.ReadAsync(db, parts.Rows, cancel);
            parts.Match(contacts);
        }
    }

    // Tags and responsible users as the contacts note them; false when one does not yet.
    private static bool Noted(ExportPage page)
    {
        var contacts = page.Contacts;
        for (var i = 0; i < contacts.Count; i++) if (contacts.IsNothing(i, ContactCells.Parts)) return false;
        page.Tags.Rows.Clear();
        page.Responsibles.Rows.Clear();
        var contact = 0L;
        Action<long> put = id =>
        {
            var rows = id < 0 ? page.Responsibles.Rows : page.Tags.Rows;
            rows.Add(contact);
            rows.Add(Math.Abs(id));
        };
        for (var i = 0; i < contacts.Count; i++)
        {
            contact = contacts.Number(i, ContactCells.Id);
            PartsMark.Read(contacts.Utf8(i, ContactCells.Parts), put);
        }
        page.Tags.Match(contacts);
        page.Responsibles.Match(contacts);
        return true;
    }
}
