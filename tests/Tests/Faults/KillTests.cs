using System.Globalization;
using System.Text;
using Liaison.Contacts;
using Liaison.Exchange;
using Liaison.Exchange.Imports;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Liaison.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Faults;

/// <summary>
/// The program is killed again and again while it imports a file and other programs create contacts. What it said it had done is there,
/// and nothing is there twice.
/// </summary>
public sealed class KillTests
{
    private const int Known = 400;
    private const int Rows = 20_000;
    private const int Batch = 1_000;

    [Fact]
    public async Task What_was_acknowledged_survives_kills_and_nothing_is_there_twice()
    {
        await using var database = await TestDatabase.CopyAsync();
        await using var eyes = database.Build();
        await using var db = eyes.Services.GetRequiredService<Databases>().Open(Viewer.System);
        var id = await PrepareAsync(database);
        // First killed by how far the import is: just begun again, or a batch further. Then by how many contacts were created meanwhile.
        for (var i = 0; i < 13; i++) Assert.Equal(ImportState.Running, await LiveAsync(database, db, id, batches: i % 2, new Creating(), contacts: 0));
        var creating = new Creating();
        for (var i = 0; i < 7; i++) await LiveAsync(database, db, id, batches: 1, creating, contacts: 1 + (i * 7 % 19));

        using (var server = await ServeAsync(database, db))
        {
            using var api = new ApiClient(await server.ReadyAsync(), Cast.Anna);
            Assert.Equal(Expected(), (await api.SettledAsync(id)).Counts());
            await AssertImportedOnceAsync(db, id);
            await creating.SettleAsync(server);
            await creating.AssertCreatedOnceAsync(db);
        }
        var (code, said) = await LiaisonProcess.RunAsync(database, "check");
        Assert.True(code == 0, said);
    }

    // A server that is killed once it has got on this far. Says where the import stands then.
    private static async Task<ImportState> LiveAsync(TestDatabase database, LiaisonDb db, long id, int batches, Creating creating, int contacts)
    {
        using var server = await ServeAsync(database, db);
        var (before, wanted) = (await ImportAsync(db, id), creating.Acknowledged + contacts);
        var creators = contacts == 0 ? Task.CompletedTask : creating.RunAsync(server);
        await Eventually.TrueAsync(async () =>
        {
            var import = await ImportAsync(db, id);
            Assert.True(import.Decided >= before.Decided, $"{before.Decided} rows had been decided, now {import.Decided}");
            Assert.True(import.State is ImportState.Running or ImportState.Done, $"{import.State}: {import.Error}\n{server.Said}");
            if (creators.IsFaulted) await creators;
            return creating.Acknowledged >= wanted && (import.State == ImportState.Done || (import.Decided >= before.Decided + (batches * Batch) && await ImportRunsAsync(db)));
        }, () => $"a life of {batches} batches and {contacts} contacts: {server.Said}");
        server.Kill();
        await creators;
        return (await ImportAsync(db, id)).State;
    }

    // The database is left by all who have it open, so that who comes next finds it as the kill left it; the half minute has passed after which another
    // worker may take over what a dead one did.
    private static async Task<LiaisonProcess> ServeAsync(TestDatabase database, LiaisonDb db)
    {
        await db.InTransactionAsync(() => db.Set<Job>().Where(j => j.State == JobState.Running).ExecuteUpdateAsync(s => s.SetProperty(j => j.LeasedUntil, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
        await db.Database.CloseConnectionAsync();
        database.Release();
        return LiaisonProcess.Serve(database);
    }

    private static Task<Import> ImportAsync(LiaisonDb db, long id) => db.Set<Import>().AsNoTracking().SingleAsync(i => i.Id == id);

    private static Task<bool> ImportRunsAsync(LiaisonDb db) => db.Set<Job>().AnyAsync(j => j.State == JobState.Running && j.LeasedUntil > new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    // Contacts that some rows update, and the import begun.
    private static async Task<long> PrepareAsync(TestDatabase database)
    {
        using var server = LiaisonProcess.Serve(database);
        using var api = new ApiClient(await server.ReadyAsync(), Cast.Anna);
        var known = "Last name,E-mail\n" + string.Concat(Enumerable.Range(0, Known).Select(i => $"Known{i},known{i}@kill.example\n"));
        Assert.Equal((Known, 0, 0, 0), (await api.ImportAsync("known.csv", known)).Counts());
        var id = (await api.UploadAsync("killed.csv", File(), ("duplicates", "update"))).Expect(201).Id;
        (await api.PostAsync($"imports/{id}/run")).ExpectSuccess();
        return id;
    }

    // Of twenty-five rows one is refused, one is an earlier row again, one is known; every person works for one of seventy companies.
    private static string File()
    {
        var text = new StringBuilder("Last name,E-mail,Phone,Company,Job title\n");
        for (var i = 0; i < Rows; i++)
        {
            text.Append((i % 25) switch
            {
                7 => string.Create(CultureInfo.InvariantCulture, $"Refused{i},no address,,,\n"),
                13 => Person(i - 12),
                19 when i / 25 < Known => string.Create(CultureInfo.InvariantCulture, $"Known{i / 25},known{i / 25}@kill.example,,,Director\n"),
                _ => Person(i),
            });
        }
        return text.ToString();
    }

    private static string Person(int i) => string.Create(CultureInfo.InvariantCulture, $"Killed{i},killed{i}@kill.example,+33 6 20 {i:D6},Kill {i % 70} Ltd,Buyer\n");

    private static (long Created, long Updated, long Skipped, long Failed) Expected()
    {
        var updated = Math.Min(Known, Rows / 25);
        return (Rows - (Rows / 25 * 2) - updated, updated, Rows / 25, Rows / 25);
    }

    private static async Task AssertImportedOnceAsync(LiaisonDb db, long id)
    {
        var (created, updated, _, _) = Expected();
        var rows = await db.Set<ImportedRow>().AsNoTracking().Where(r => r.ImportId == id).ToListAsync();
        Assert.Equal(Enumerable.Range(2, Rows).Select(n => (long)n), rows.Select(r => r.Number).Order());
        var made = rows.Where(r => r.Result == ImportResult.Created).Select(r => r.RecordId!.Value).Order().ToList();
        var persons = await db.Set<Contact>().AsNoTracking().Where(c => c.ImportId == id && c.Kind == ContactKind.Person).Select(c => new { c.Id, c.PrimaryEmail, Company = c.CompanyId }).ToListAsync();
        Assert.Equal(made, persons.Select(p => p.Id).Order());
        Assert.Equal(created, persons.Select(p => p.PrimaryEmail).Distinct(StringComparer.Ordinal).Count());
        Assert.All(persons, p => Assert.NotNull(p.Company));
        var companies = await db.Set<Contact>().AsNoTracking().Where(c => c.ImportId == id && c.Kind == ContactKind.Company).Select(c => c.CompanyName!).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 70).Select(i => $"Kill {i} Ltd").Order(StringComparer.Ordinal), companies.Order(StringComparer.Ordinal));
        Assert.Equal(Known, await db.Set<Contact>().CountAsync(c => c.PrimaryEmail.StartsWith("known")));
        Assert.Equal(updated, await db.Set<Contact>().CountAsync(c => c.PrimaryEmail.StartsWith("known") && c.JobTitle == "Director" && c.Version == 2));

        var told = await db.Set<JournalEntry>().AsNoTracking().Where(j => j.CauseType == "import" && j.CauseId == id).Select(j => new { j.Kind, j.SubjectId }).ToListAsync();
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.Equal(created + companies.Count, told.Count(j => j.Kind == "contact.imported"));
        Assert.Equal(updated, told.Count(j => j.Kind == "contact.importUpdated"));
        Assert.Equal(1, await db.Set<JournalEntry>().CountAsync(j => j.Kind == "import.done" && j.SubjectId == id));
        if (db.Engine == Engine.Sqlite) await db.Database.ExecuteSqlRawAsync("INSERT INTO contact_search(contact_search, rank) VALUES ('integrity-check', 1)");
    }
}
