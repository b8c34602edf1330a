using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Activities;

/// <summary>After any history the stored status is the fold of what is recorded.</summary>
public sealed class FoldTests(LiaisonServer server) : ActivityHttp(server)
{
    private static readonly string[] Types = ["call", "email", "meeting", "note", "sale", "quoteSent"];

    [Theory, InlineData(1), InlineData(20261122), InlineData(77)]
    public async Task The_status_is_the_fold_after_200_random_acts(int seed)
    {
        var random = new Random(seed);
        var ids = new List<long>();
        for (var i = 0; i < 5; i++) ids.Add(await ContactAsync("Hasard", $"{seed} {i}"));
        for (var act = 0; act < 200; act++)
        {
            Server.Clock.Advance(TimeSpan.FromMinutes(random.Next(0, 90)));
            await Server.InScopeAsync(Viewer.System, async services => { await ActAsync(services, random, ids[random.Next(ids.Count)]); return true; });
            if (act % 20 == 19) foreach (var id in ids) await CheckAsync(id);
        }
    }

    private async Task ActAsync(IServiceProvider services, Random random, long id)
    {
        var (db, record, set) = (services.GetRequiredService<LiaisonDb>(), services.GetRequiredService<RecordActivity>(), services.GetRequiredService<SetStatus>());
        var all = await db.Set<Activity>().IgnoreQueryFilters().Where(a => a.ContactId == id).OrderBy(a => a.Id).ToListAsync();
        var any = all.Count == 0 ? null : all[random.Next(all.Count)];
        var now = Server.Clock.Now;
        switch (random.Next(10))
        {
            case 6 when any is not null: await ChangeAsync(record, any, Input(random, id, now)); break;
            case 7 when any is not null: await (any.DeletedAt is null ? record.DeleteAsync(any, default) : record.RestoreAsync(any, default)); break;
            case 8 when any is not null:
                var responses = await db.Set<Response>().IgnoreQueryFilters().Where(r => r.ActivityId == any.Id).ToListAsync();
                if (responses.Count == 0) await record.RespondAsync(any, null, "Oui", now.AddHours(-random.Next(0, 48)), default);
                else await record.SetDeletedAsync(responses[0], responses[0].DeletedAt is null, default);
                break;
            case 9:
                if (random.Next(3) == 0) await set.LockAsync(id, random.Next(2) == 0, default);
                else await services.GetRequiredService<StatusByHand>().RunAsync(id, (ContactStatus)random.Next(1, 6), null, random.Next(6) == 0, default);
                break;
            default: Assert.False((await record.RunAsync(null, Input(random, id, now), default)).Problems.Any); break;
        }
    }

    private static async Task ChangeAsync(RecordActivity record, Activity any, ActivityInput input)
    {
        input.OccurredAt ??= any.OccurredAt;
        Assert.False((await record.RunAsync(any, input, default)).Problems.Any);
    }

    private static ActivityInput Input(Random random, long id, DateTime now)
    {
        var type = Types[random.Next(Types.Length)];
        return new()
        {
            ContactId = id, Type = type, Direction = random.Next(4) == 0 ? ActivityDirection.Inbound : ActivityDirection.Outbound,
            Outcome = type is "note" or "sale" ? ActivityOutcome.None : (ActivityOutcome)random.Next(0, 5), OccurredAt = random.Next(2) == 0 ? null : now.AddMinutes(-random.Next(0, 6000)),
        };
    }

    private async Task CheckAsync(long id)
    {
        await Server.InScopeAsync(Viewer.System, async services =>
        {
            var db = services.GetRequiredService<LiaisonDb>();
            var contact = await db.Set<Contact>().AsNoTracking().SingleAsync(c => c.Id == id);
            var fold = (await services.GetRequiredService<StatusReplay>().FoldAsync([contact], default)).Outcomes[id];
            Assert.Equal((fold.Status, fold.DetailsToCheck), (contact.Status, contact.DetailsToCheck));
            var last = await db.Set<Activity>().Where(a => a.ContactId == id).OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Select(a => (long?)a.Id).FirstOrDefaultAsync();
            Assert.Equal(last, contact.LastActivityId);
            return true;
        });
    }
}
