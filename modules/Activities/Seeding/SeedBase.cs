using System.Globalization;
using Liaison.Access;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Engines;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Seeding;

/// <summary>
/// A reproducible base for trials and measurements: the same number gives the same base. A sixth of the contacts are companies (a fifth as many as persons);
/// three tags of fifty, three actions each, fifty users of whom one is responsible, a fifth private; the status of each is what its actions make of it.
/// </summary>
public sealed class SeedBase(LiaisonDb db)
{
    /// <summary>Users made.</summary>
    public const int Users = 50;
    private const int Batch = 5000;
    private static readonly DateTime Anchor = new(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc);

    private long[] _users = [];
    private List<long> _tags = [];
    private Dictionary<string, ActivityType> _types = [];
    private ActivityRules _rules = null!;
    private List<long> _contactTypes = [], _temperatures = [];

    /// <summary>Makes <paramref name="count"/> contacts; the base must be empty of contacts.</summary>
    public async Task RunAsync(int count, Action<int> progress, CancellationToken cancel)
    {
        if (await db.Set<Contact>().IgnoreQueryFilters().AnyAsync(cancel)) throw new InvalidOperationException("There are contacts already: seed a new, empty base.");
        await PrepareAsync(cancel);
        var companies = count / 6;
        long firstCompany = 0;
        for (var done = 0; done < count; done += Batch)
        {
            var first = await db.InTransactionAsync(() => BatchAsync(done, Math.Min(Batch, count - done), companies, firstCompany, cancel), cancel);
            if (done == 0) firstCompany = first;
            db.ChangeTracker.Clear();
            progress(Math.Min(done + Batch, count));
        }
        if (db.Engine == Engine.PostgreSql)
        {
            await PendingEntries.PutInAsync(db, cancel);
            await db.Database.ExecuteSqlRawAsync("ANALYZE", cancel);
        }
        else await db.Database.ExecuteSqlRawAsync("INSERT INTO contact_search(contact_search) VALUES ('optimize'); " + SqliteTuning.Analysis + " ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);", cancel);
    }

    private async Task PrepareAsync(CancellationToken cancel)
    {
        if (db.Engine == Engine.Sqlite) await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size=-262144", cancel);
        for (var i = 1; i <= Users; i++)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"user{i:00}@example.com");
            if (await db.Set<User>().AnyAsync(u => u.NormalizedUserName == User.Normalize(email), cancel)) continue;
            db.Add(new User
            {
                Name = SeedNames.First(i * 7) + " " + SeedNames.Last(i * 13), Level = Level.User, UserName = email, NormalizedUserName = User.Normalize(email), Email = email,
                NormalizedEmail = User.Normalize(email), SecurityStamp = email, MustChangePassword = true,
            });
        }
        await db.SaveChangesAsync(cancel);
        _users = await db.Set<User>().Where(u => u.Email!.StartsWith("user")).OrderBy(u => u.Id).Select(u => u.Id).Take(Users).ToArrayAsync(cancel);
        _tags = await db.InTransactionAsync(() => Tags.NamedAsync(db, [.. Enumerable.Range(1, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"tag{i:00}"))], cancel), cancel);
        _types = await db.Set<ActivityType>().AsNoTracking().ToDictionaryAsync(t => t.Key, cancel);
        _rules = await ActivityRules.LoadAsync(db, cancel);
        _contactTypes = await db.Set<ContactType>().OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(cancel);
        _temperatures = await db.Set<Temperature>().OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(cancel);
    }

    private async Task<long> BatchAsync(int start, int size, int companies, long firstCompany, CancellationToken cancel)
    {
        var ids = await db.ReserveIdsAsync<Contact>(size, cancel);
        var activityIds = await db.ReserveIdsAsync<Activity>(size * 3, cancel);
        if (start == 0) firstCompany = ids[0];
        var contacts = new List<Contact>(size);
        var activities = new List<Activity>(size * 3);
        var journal = new List<JournalEntry>(size * 2);
        for (var i = 0; i < size; i++)
        {
            var n = start + i;
            var contact = n < companies ? SeedNames.Company(n) : SeedNames.Person(n, n % companies + firstCompany, n % Math.Max(companies, 1));
            contact.Id = ids[i];
            Fill(contact, n);
            for (var a = 0; a < 3; a++) activities.Add(Action(contact, n, a, activityIds[(i * 3) + a]));
            Finish(contact, activities.GetRange(activities.Count - 3, 3), journal);
            contacts.Add(contact);
        }
        await InsertAsync(contacts, activities, journal, cancel);
        return ids[0];
    }

    private void Fill(Contact contact, int n)
    {
        contact.CreatedAt = contact.UpdatedAt = contact.StatusSince = Anchor.AddMinutes(-(long)n * 7919 % (60 * 24 * 700)).AddDays(-30);
        contact.Version = 1;
        contact.Access = n % 5 == 4 ? ContactAccess.Private : n % 5 < 2 ? ContactAccess.Read : ContactAccess.ReadWrite;
        contact.TypeId = n % 4 == 0 ? _contactTypes[n / 4 % _contactTypes.Count] : null;
        contact.TemperatureId = n % 3 == 0 ? _temperatures[n / 3 % _temperatures.Count] : null;
        contact.Responsibles.Add(new ContactResponsible { ContactId = contact.Id, UserId = _users[n * 31 % _users.Length] });
        for (var t = 0; t < 3; t++) contact.Tags.Add(new ContactTag { ContactId = contact.Id, TagId = _tags[(n + (t * 17)) % _tags.Count] });
        contact.CreatedById = contact.Responsibles[0].UserId;
        contact.Derive();
    }

    // What the three actions of a contact are decides its state: 45 % leads, 5 % dead leads, 27 % prospects, 8 % dead prospects, 15 % clients.
    private Activity Action(Contact contact, int n, int number, long id)
    {
        var (type, outcome) = (n * 37 % 100) switch
        {
            < 45 => number == 2 ? ("note", ActivityOutcome.None) : ("call", ActivityOutcome.NoAnswer),
            < 50 => number == 2 ? ("call", ActivityOutcome.WrongDetails) : ("call", ActivityOutcome.NoAnswer),
            < 77 => number == 0 ? ("email", ActivityOutcome.None) : number == 1 ? ("call", ActivityOutcome.Reached) : ("meeting", ActivityOutcome.None),
            < 85 => number == 2 ? ("call", ActivityOutcome.Refused) : ("email", ActivityOutcome.None),
            _ => number == 2 ? ("sale", ActivityOutcome.None) : number == 1 ? ("quoteSent", ActivityOutcome.None) : ("call", ActivityOutcome.Reached),
        };
        var at = contact.CreatedAt.AddHours(5 + (number * 50) + (n % 40));
        return new()
        {
            Id = id, ContactId = contact.Id, TypeId = _types[type].Id, Outcome = outcome, Direction = (n + number) % 4 == 0 && type != "note" ? ActivityDirection.Inbound : ActivityDirection.Outbound,
            Rating = number == 1 ? 1 + (n % 5) : null, OccurredAt = at, CreatedAt = at, UpdatedAt = at, CreatedById = contact.CreatedById, UpdatedById = contact.CreatedById, Version = 1,
            Details = SeedNames.Sentence(n + number), Campaign = n % 10 == 0 ? "Salon 2026" : "",
        };
    }

    private void Finish(Contact contact, List<Activity> actions, List<JournalEntry> journal)
    {
        foreach (var action in actions) action.SearchText = Search.ActivitySearch.TextOf(action, contact.SearchText, []);
        contact.LastActivityAt = actions[^1].OccurredAt;
        contact.LastActivityId = actions[^1].Id;
        contact.LastActivityMark = new ActionMark(actions[^1].TypeId, actions[^1].Direction, actions[^1].Outcome).ToString();
        journal.Add(Entry("contact.created", contact, contact.CreatedAt, new StatusMove(null, ContactStatus.Lead, contact.CreatedAt, new StatusCause("created"), null), null));
        contact.StatusCauseJson = new StatusCause("created").ToString();
        foreach (var action in actions)
        {
            var next = StatusRules.Next(contact.Status, _rules.EffectOf(action.TypeId, action.Direction, action.Outcome));
            if (next == contact.Status) continue;
            var cause = ActivityStatusEvents.Cause(action.Id, _rules.Types[action.TypeId], action.Direction, action.Outcome);
            journal.Add(Entry("contact.statusChanged", contact, action.CreatedAt, new StatusMove(contact.Status, next, action.OccurredAt, cause, null), action.Id));
            (contact.Status, contact.StatusSince, contact.StatusCauseJson) = (next, action.OccurredAt, cause.ToString());
        }
    }

    private static JournalEntry Entry(string kind, Contact contact, DateTime at, StatusMove move, long? activity) => new()
    {
        At = at, ActorId = contact.CreatedById, ActorName = "", Kind = kind, SubjectType = "contact", SubjectId = contact.Id,
        Details = System.Text.Json.JsonSerializer.Serialize(move, Journaling.Json), CauseType = activity is null ? null : "activity", CauseId = activity,
    };

    private async Task InsertAsync(List<Contact> contacts, List<Activity> activities, List<JournalEntry> journal, CancellationToken cancel)
    {
        var points = contacts.SelectMany(c => c.Points).ToList();
        var addresses = contacts.SelectMany(c => c.Addresses).ToList();
        var pointIds = await db.ReserveIdsAsync<ContactPoint>(points.Count, cancel);
        var addressIds = await db.ReserveIdsAsync<ContactAddress>(addresses.Count, cancel);
        for (var i = 0; i < points.Count; i++) points[i].Id = pointIds[i];
        for (var i = 0; i < addresses.Count; i++) addresses[i].Id = addressIds[i];
        foreach (var contact in contacts)
        {
            foreach (var point in contact.Points) point.ContactId = contact.Id;
            foreach (var address in contact.Addresses) address.ContactId = contact.Id;
            contact.Mark();
        }
        await db.BulkInsertAsync(contacts, cancel);
        await db.BulkInsertAsync(points, cancel);
        await db.BulkInsertAsync(addresses, cancel);
        await db.BulkInsertAsync(contacts.SelectMany(c => c.Tags).ToList(), cancel);
        await db.BulkInsertAsync(contacts.SelectMany(c => c.Responsibles).ToList(), cancel);
        await db.BulkInsertAsync(activities, cancel);
        await db.BulkJournalAsync(journal, cancel);
    }
}
