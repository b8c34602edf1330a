using Liaison.Contacts;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Contacts;

/// <summary>
/// A base that is almost all private to others: Anna sees one contact in thirty, more than are fetched by id here. A fifth is Ben's: too much to be thin, but all that he sees beside a few shared ones.
/// </summary>
public sealed class PrivateServer : LiaisonServer
{
    public const int Own = 60, Shared = 12, Both = 4, OfBen = 400;

    protected override void Configure(IServiceCollection services) =>
        services.AddSingleton(p => new ListSizes(p.GetRequiredService<WriteGate>(), p.GetRequiredService<TimeProvider>()) { MostSeen = 20, Walked = 100 });

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.Equal(0, await RunAsync("seed", "--contacts", "2000"));
        await using var db = Db();
        await db.InTransactionAsync(async () =>
        {
            await db.Set<Contact>().ExecuteUpdateAsync(s => s.SetProperty(c => c.Access, ContactAccess.Private));
            await db.Set<ContactResponsible>().Where(r => r.UserId == Cast.Anna.Id || r.UserId == Cast.Ben.Id).ExecuteDeleteAsync();
            var ids = await db.Set<Contact>().Where(c => c.Id % 7 == 3).OrderBy(c => c.Id).Select(c => c.Id).Take(Own + Shared).ToListAsync();
            db.AddRange(ids.Take(Own).Select(id => new ContactResponsible { ContactId = id, UserId = Cast.Anna.Id }));
            var others = await db.Set<Contact>().Where(c => c.Id % 5 == 2).OrderBy(c => c.Id).Select(c => c.Id).Take(OfBen).ToListAsync();
            db.AddRange(others.Select(id => new ContactResponsible { ContactId = id, UserId = Cast.Ben.Id }));
            await db.SaveChangesAsync();
            var shared = ids.Skip(Own - Both).Take(Shared).ToList();
            await db.Set<Contact>().Where(c => shared.Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Access, ContactAccess.Read));
        });
    }
}

/// <summary>What its tests compare with.</summary>
public abstract class PrivateTests(PrivateServer server) : HttpTests<PrivateServer>(server)
{
    protected static IQueryable<Contact> Seen(LiaisonDb db, Person? person = null)
    {
        var id = (person ?? Cast.Anna).Id;
        return db.Set<Contact>().Where(c => c.Access != ContactAccess.Private || c.Responsibles.Any(r => r.UserId == id));
    }

    protected async Task<(List<long> Ids, int Count)> WalkAsync(string filter, string sort, string list = "contacts", Person? person = null)
    {
        var (ids, count, cursor) = (new List<long>(), -1, "");
        do
        {
            var page = (await Api(person ?? Cast.Anna).GetAsync($"{list}?limit=13&sort={sort}&{filter}{cursor}")).Expect(200);
            count = page["count"].GetInt32();
            ids.AddRange(page["items"].EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));
            cursor = page["nextCursor"].GetString() is { } next ? "&cursor=" + Uri.EscapeDataString(next) : "";
        }
        while (cursor.Length > 0);
        return (ids, count);
    }
}
