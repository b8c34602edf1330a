using System.Globalization;
using System.Text;
using Liaison.Contacts;
using Liaison.Exchange.Imports;
using Liaison.Kernel.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Exchange;

public sealed class ImportRunTests(LiaisonServer server) : HttpTests(server)
{
    // Nine kinds of errors, each with the correction of its line.
    private static readonly (string Bad, string Good)[] Planted =
    [
        ("Bad;Mail{0};not-an-address;;;;;", "Bad;Mail{0};bad{0}@refused.example;;;;;"),
        (";;;;Lyon;;;", ";Found{0};;;Lyon;;;"),
        ("{1};Long{0};long{0}@refused.example;;;;;", "Short;Long{0};long{0}@refused.example;;;;;"),
        ("Many;Cells{0};cells{0}@refused.example;;;;;;surplus", "Many;Cells{0};cells{0}@refused.example;;;;;"),
        ("Nul;\0Null{0};nul{0}@refused.example;;;;;", "Nul;Null{0};nul{0}@refused.example;;;;;"),
        ("Big;City{0};big{0}@refused.example;;{1}{1}{1};;;", "Big;City{0};big{0}@refused.example;;Lyon;;;"),
        ("Coin;Money{0};coin{0}@refused.example;;;;Écus;", "Coin;Money{0};coin{0}@refused.example;;;;EUR;"),
        ("Long;{1}{1}{1}{0};long{0}@refused.example;;Lyon;;;", "Long;Name{0};long{0}@refused.example;;Lyon;;;"),
        ("Two;Mails{0};\"two{0}@refused.example, nothing\";;;;;", "Two;Mails{0};two{0}@refused.example;;;;;"),
    ];

    private const string Header = "First name;Last name;E-mail;Phone;City;Website;Currency;Contact type";

    [Fact]
    public async Task Refused_rows_come_back_with_reasons_and_import_once_corrected()
    {
        var rows = new List<string>();
        var corrected = new Dictionary<long, string>();
        for (var i = 0; i < 1000; i++)
        {
            if (i >= 200 && i % 21 == 0 && corrected.Count < 37)
            {
                var (bad, good) = Planted[corrected.Count % Planted.Length];
                corrected[i + 2] = string.Format(CultureInfo.InvariantCulture, good, i, "");
                rows.Add(string.Format(CultureInfo.InvariantCulture, bad, i, new string('x', 201)));
            }
            else rows.Add(string.Create(CultureInfo.InvariantCulture, $"Anne;Good{i};good{i}@refused.example;06 10 {i:D6};Lyon;;EUR;Client"));
        }
        Assert.Equal(37, corrected.Count);
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("refused.csv", string.Join("\r\n", rows.Prepend(Header)));
        Assert.Equal((963, 0, 0, 37), import.Counts());
        var refused = await api.GetAsync($"imports/{import.Id}/rows?result=failed&limit=500");
        Assert.Equal(corrected.Keys, refused["items"].EnumerateArray().Select(r => r.GetProperty("row").GetInt64()));
        Assert.All(refused["items"].EnumerateArray(), r => Assert.NotEmpty(r.GetProperty("messages")[0].GetProperty("message").GetString()!));

        var errors = (await api.GetAsync($"imports/{import.Id}/errors")).Body.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(38, errors.Length);
        Assert.Equal(Header + ";Reason refused", errors[0]);
        Assert.All(errors.Skip(1), line => Assert.DoesNotContain("import.", line, StringComparison.Ordinal));
        Assert.Contains("not-an-address", errors[1], StringComparison.Ordinal);

        var again = await api.ImportAsync("corrected.csv", string.Join("\r\n", corrected.Values.Select(v => v + ";was wrong").Prepend(errors[0])));
        Assert.Equal((37, 0, 0, 0), again.Counts());
    }

    [Fact]
    public async Task An_unchanged_error_file_is_refused_again_for_the_same_reasons()
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("twice.csv", $"{Header}\nA;One;nope;;;;;\n=1+1;Two;\"x;y\";;;;;\n");
        Assert.Equal((0, 0, 0, 2), import.Counts());
        var errors = (await api.GetAsync($"imports/{import.Id}/errors")).Body;
        var again = await api.ImportAsync("twice.errors.csv", errors);
        Assert.Equal((0, 0, 0, 2), again.Counts());
        Assert.Equal(errors.Split('\n')[1], (await api.GetAsync($"imports/{again.Id}/errors")).Body.Split('\n')[1].Replace(";" + errors.Split('\n')[1].Split(';')[^1].Trim() + ";", ";", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Updating_and_undoing_leaves_the_database_as_it_was_but_for_what_people_changed()
    {
        using var api = Api(Cast.Ben);
        string Row(int i, string job, string city) => string.Create(CultureInfo.InvariantCulture, $"Undo{i},Person,undo{i}@undo.example,{job},Firm {i % 7} Ltd,{city}\n");
        const string header = "First name,Last name,E-mail,Job title,Company,City\n";
        var before = await api.ImportAsync("base.csv", header + string.Concat(Enumerable.Range(0, 1000).Select(i => Row(i, "Buyer", i % 2 == 0 ? "" : "Lyon"))));
        Assert.Equal((1000, 0, 0, 0), before.Counts());
        var snapshot = await SnapshotAsync();

        var half = header + string.Concat(Enumerable.Range(0, 2000).Select(i => Row(i, "Director", "Annecy")));
        var dry = (await api.UploadAsync("half.csv", half, ("duplicates", "update"), ("tags", "Half"))).Expect(201).Id;
        await api.PostAsync($"imports/{dry}/dry-run");
        Assert.Equal((1000, 1000, 0, 0), (await api.SettledAsync(dry)).Counts());
        Assert.Equal(snapshot, await SnapshotAsync());
        var diff = (await api.GetAsync($"imports/{dry}/rows?result=updated&limit=1"))["items"][0].GetProperty("changes").EnumerateArray().ToList();
        Assert.Contains(diff, c => c.GetProperty("old").GetString() == "Buyer" && c.GetProperty("new").GetString() == "Director");

        (await api.PostAsync($"imports/{dry}/run")).ExpectSuccess();
        Assert.Equal((1000, 1000, 0, 0), (await api.SettledAsync(dry)).Counts());

        List<long> edited;
        await using (var db = Db())
        {
            edited = await db.Set<Contact>().Where(c => c.Kind == ContactKind.Person && (c.PrimaryEmail == "undo3@undo.example" || c.PrimaryEmail == "undo1500@undo.example")).Select(c => c.Id).ToListAsync();
        }
        foreach (var edit in edited) (await api.PatchAsync($"contacts/{edit}", new { description = "Called today" })).ExpectSuccess();
        (await api.PostAsync($"imports/{dry}/undo")).ExpectSuccess();
        (await api.PostAsync($"imports/{dry}/undo")).ExpectSuccess();
        var undone = await api.SettledAsync(dry);
        Assert.Equal("undone", undone["state"].GetString());
        Assert.Equal(2, undone["kept"].GetInt64());
        var after = await SnapshotAsync();
        Assert.Equal(snapshot.Where(s => !edited.Exists(e => s.StartsWith(e + "|", StringComparison.Ordinal))), after.Where(s => !edited.Exists(e => s.StartsWith(e + "|", StringComparison.Ordinal))));
        Assert.Equal(snapshot.Count + 1, after.Count);
        await using (var db = Db()) Assert.False(await db.Set<Tag>().AnyAsync(t => t.Name == "Half" && !db.Set<ContactTag>().Any(c => c.TagId == t.Id)));
    }

    [Fact]
    public async Task Two_workers_and_two_clicks_import_each_row_once()
    {
        using var api = Api(Cast.Anna);
        var id = (await api.UploadAsync("workers.csv", "Last name,E-mail\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"Worker{i},worker{i}@workers.example\n")))).Expect(201).Id;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.PostAsync($"imports/{id}/run")));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Server.Services.GetRequiredService<JobWorker>().RunNextAsync(CancellationToken.None)));
        Assert.Equal((3000, 0, 0, 0), (await api.SettledAsync(id)).Counts());
        await using var db = Db();
        Assert.Equal(3000, await db.Set<Contact>().CountAsync(c => c.ImportId == id));
        Assert.Equal(3000, await db.Set<ImportedRow>().CountAsync(r => r.ImportId == id));
        Assert.Equal(1, await db.Set<Job>().CountAsync(j => j.Key != null && j.Key.StartsWith($"import:{id}:")));
    }

    [Fact]
    public async Task A_run_that_is_stopped_goes_on_without_repeating_a_row()
    {
        using var api = Api(Cast.Anna);
        var content = "Last name,E-mail,Company,Phone\n" + string.Concat(Enumerable.Range(0, 6000).Select(i => $"Stopped{i % 5500},stopped{i % 5500}@stopped.example,Stop {i % 90},+33 6 99 {i % 5500:D6}\n"));
        var id = (await api.UploadAsync("stopped.csv", content)).Expect(201).Id;
        (await api.PostAsync($"imports/{id}/run")).ExpectSuccess();
        long decided = 0;
        for (var i = 0; i < 3; i++)
        {
            await Eventually.TrueAsync(async () => (await api.GetAsync($"imports/{id}"))["decided"].GetInt64() > decided, "some rows are decided");
            (await api.PostAsync($"imports/{id}/cancellation")).ExpectSuccess();
            var stopped = await api.SettledAsync(id);
            decided = stopped["decided"].GetInt64();
            if (decided == 6000) break;
            Assert.Equal("cancelled", stopped["state"].GetString());
            await using var db = Db();
            Assert.Equal(decided, await db.Set<ImportedRow>().CountAsync(r => r.ImportId == id));
            (await api.PostAsync($"imports/{id}/resumption")).ExpectSuccess();
        }
        Assert.Equal((5500, 0, 500, 0), (await api.SettledAsync(id)).Counts());
        await using (var db = Db()) Assert.Equal(5500, await db.Set<Contact>().CountAsync(c => c.ImportId == id && c.Kind == ContactKind.Person));
        await using (var db = Db()) Assert.Equal(90, await db.Set<Contact>().CountAsync(c => c.ImportId == id && c.Kind == ContactKind.Company));
    }

    [Fact]
    public async Task A_company_named_by_a_person_and_then_by_a_row_of_its_own_is_one()
    {
        using var api = Api(Cast.Anna);
        var rows = new StringBuilder("First name,Last name,Company,E-mail,Person or company,City\n").Append("Eva,Early,Acme Foundry,eva@foundry.example,person,\n");
        for (var i = 0; i < 1500; i++) rows.Append(CultureInfo.InvariantCulture, $"Filler,Number{i},,filler{i}@foundry.example,person,\n");
        rows.Append(",,Acme Foundry,office@foundry.example,company,Lille\n").Append("Lea,Late,Acme Foundry,lea@foundry.example,person,\n");
        var import = await api.ImportAsync("foundry.csv", rows.ToString());
        Assert.Equal((1503, 0, 0, 0), import.Counts());
        await using var db = Db();
        var company = await db.Set<Contact>().SingleAsync(c => c.Kind == ContactKind.Company && c.CompanyName == "Acme Foundry");
        Assert.Equal(("office@foundry.example", "Lille"), (company.PrimaryEmail, company.City));
        Assert.Equal(2, await db.Set<Contact>().CountAsync(c => c.CompanyId == company.Id));
        (await api.PostAsync($"imports/{import.Id}/undo")).ExpectSuccess();
        Assert.Equal(0, (await api.SettledAsync(import.Id))["kept"].GetInt64());
        Assert.Equal(0, await db.Set<Contact>().IgnoreQueryFilters().CountAsync(c => c.ImportId == import.Id));
    }

    [Fact]
    public async Task What_was_imported_is_found_by_any_part_and_gone_after_the_undo()
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("found.csv", "First name,Last name,E-mail,Company\nZébulon,Quiddinger,zq@quid.example,Quiddinger Frères\n");
        await using var db = Db();
        var filter = new Liaison.Contacts.Lists.ContactFilter { Query = "uiddin" };
        Assert.Equal(2, await filter.On(db.Contacts(), db).CountAsync());
        foreach (var (kind, row) in new[] { (ContactKind.Person, true), (ContactKind.Company, false) })
        {
            // A company that only a row named has no row of its own.
            var told = (await As(Cast.Anna).GetAsync($"/contacts/{await db.Set<Contact>().Where(c => c.ImportId == import.Id && c.Kind == kind).Select(c => c.Id).SingleAsync()}/journal")).Expect(200).Text;
            Assert.Contains("Créé par l’import found.csv", told, StringComparison.Ordinal);
            Assert.Equal(row, told.Contains("found.csv, ligne 2", StringComparison.Ordinal));
            Assert.DoesNotContain("ligne 0", told, StringComparison.Ordinal);
        }
        if (TestDatabase.Engine == Kernel.Data.Engine.Sqlite)
        {
            Assert.Equal(2, await db.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM contact_search WHERE search_text LIKE '%uiddin%'").SingleAsync());
            await db.Database.ExecuteSqlRawAsync("INSERT INTO contact_search(contact_search, rank) VALUES ('integrity-check', 1)");
        }
        (await api.PostAsync($"imports/{import.Id}/undo")).ExpectSuccess();
        await api.SettledAsync(import.Id);
        Assert.Equal(0, await filter.On(db.Contacts(), db).CountAsync());
    }

    private async Task<List<string>> SnapshotAsync()
    {
        await using var db = Db();
        var contacts = await db.Set<Contact>().IgnoreQueryFilters().AsNoTracking().Where(c => c.PrimaryEmail.EndsWith("@undo.example") || c.CompanyName.StartsWith("Firm ")).WithParts().ToListAsync();
        return [.. contacts.OrderBy(c => c.Id).Select(c => $"{c.Id}|{c.Kind}|{c.FirstName}|{c.LastName}|{c.JobTitle}|{c.CompanyName}|{c.CompanyId}|{c.SearchText}|{c.City}|{c.SortName}|{c.Description}|"
            + string.Join(',', c.Points.OrderBy(p => p.Position).Select(p => $"{p.Kind} {p.Category} {p.Value} {p.IsPrimary}")) + "|" + string.Join(',', c.Addresses.Select(a => $"{a.Category} {a.City}"))
            + "|" + string.Join(',', c.Responsibles.Select(r => r.UserId)) + "|" + string.Join(',', c.Tags.Select(t => t.TagId)))];
    }
}
