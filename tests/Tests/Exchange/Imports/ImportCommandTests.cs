using System.Text.Json;
using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Exchange;

/// <summary>liaison import, as a person at the command line uses it.</summary>
public sealed class ImportCommandTests
{
    private const string Rows = "Wer,Mail,Statut,Nothing known\nA,a@command.example,Client,x\nB,nowhere,,\n";

    [Fact]
    public async Task The_refused_rows_never_overwrite_a_file_and_need_not_be_writable()
    {
        await using var database = await TestDatabase.CopyAsync();
        var folder = Directory.CreateDirectory(Path.Combine(database.Settings.DataFolder, "files")).FullName;
        var path = Path.Combine(folder, "people.csv");
        await File.WriteAllTextAsync(path, Rows);
        await File.WriteAllTextAsync(path + ".errors.csv", "half corrected");

        var (code, said) = await LiaisonProcess.RunAsync(database, "import", "contacts", path, "--dry-run", "--json", "--map", "Wer=lastName,2=email.work", "--responsible", Cast.Anna.Email, "--match=email");
        Assert.True(code == 0, said);
        Assert.Equal("half corrected", await File.ReadAllTextAsync(path + ".errors.csv"));
        Assert.Equal((2, 1, 1, path + ".errors.2.csv"), Json(said));
        // What is not taken is said.
        Assert.Contains("Statut", said, StringComparison.Ordinal);
        Assert.Contains("Nothing known", said, StringComparison.Ordinal);

        // A name as long as a name may be leaves no room for that of the refused rows.
        var longest = Path.Combine(folder, new string('n', 251) + ".csv");
        await File.WriteAllTextAsync(longest, Rows);
        (code, said) = await LiaisonProcess.RunAsync(database, "import", "contacts", longest, "--json", "--map", "Wer=lastName,2=email.work", "--responsible", Cast.Anna.Email);
        Assert.True(code == 0, said);
        Assert.Equal((2, 1, 1, null), Json(said));
        // All in the language of whom it is imported for.
        Assert.Contains("ne peuvent pas être écrites", said, StringComparison.Ordinal);
        Assert.Contains("2 lignes", said, StringComparison.Ordinal);
        Assert.DoesNotContain(" rows", said, StringComparison.Ordinal);
        await using var eyes = database.Build();
        await using var db = eyes.Services.GetRequiredService<Databases>().Open(Viewer.System);
        var contact = await db.Set<Contact>().Include(c => c.Responsibles).SingleAsync(c => c.PrimaryEmail == "a@command.example");
        Assert.Equal(Cast.Anna.Id, contact.Responsibles.Single().UserId);
    }

    [Theory]
    [InlineData("Créé le", "15/07/2024 23:30", "2024-07-15 23:30"), InlineData("Créé(e) le", "01/01/2023", "2023-01-01")]
    public async Task Dates_are_written_as_they_were_read(string heading, string typed, string written)
    {
        await using var database = await TestDatabase.CopyAsync();
        var path = Path.Combine(database.Settings.DataFolder, "dated.csv");
        await File.WriteAllTextAsync(path, $"Nom;E-mail;{heading}\nDatée;datee@command.example;{typed}\n");
        var (code, said) = await LiaisonProcess.RunAsync(database, "import", "contacts", path, "--json");
        Assert.True(code == 0, said);
        var (file, query) = (Path.Combine(database.Settings.DataFolder, "out.csv"), "q=datee@command.example");
        (code, said) = await LiaisonProcess.RunAsync(database, "export", "contacts", "--fields", "lastName,createdAt", "--filter", query, "--output", file);
        Assert.True(code == 0, said);
        Assert.StartsWith(written, (await File.ReadAllLinesAsync(file))[1].Split(';')[1], StringComparison.Ordinal);

        // As an account sees it: this one sees nothing of the administrator's.
        (code, said) = await LiaisonProcess.RunAsync(database, "export", "contacts", "--user", Cast.Anna.Email, "--fields", "lastName,createdAt", "--filter", query, "--output", file);
        Assert.True(code == 0, said);
        Assert.Single(await File.ReadAllLinesAsync(file));
        (code, said) = await LiaisonProcess.RunAsync(database, "export", "contacts", "--user", "nobody@command.example");
        Assert.Equal(1, code);
        Assert.Contains("nobody@command.example", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_of_a_card_is_in_no_field_is_said()
    {
        await using var database = await TestDatabase.CopyAsync();
        var path = Path.Combine(database.Settings.DataFolder, "cards.vcf");
        await File.WriteAllTextAsync(path, "BEGIN:VCARD\nVERSION:3.0\nN:Roe;Ann;;;\nBDAY:1970-01-02\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Poe;Bob;;;\nNICKNAME:B\nEND:VCARD\n");
        var (code, said) = await LiaisonProcess.RunAsync(database, "import", "contacts", path, "--dry-run", "--json", "--responsible", Cast.Anna.Email);
        Assert.True(code == 0, said);
        Assert.Equal((2, 2, 0, null), Json(said));
        Assert.Contains("date de naissance (BDAY), NICKNAME", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tags", "import", "contacts", "FILE", "--tags", "A")]
    [InlineData("--fromat", "export", "contacts", "--fromat", "xlsx")]
    [InlineData("No such column", "import", "contacts", "FILE", "--map", "No such column=lastName")]
    [InlineData("access", "import", "contacts", "FILE", "--access", "everybody")]
    [InlineData("--tag", "import", "contacts", "FILE", "--tag")]
    [InlineData("--dry-run", "import", "contacts", "FILE", "--dry-run=no")]
    [InlineData("--match", "import", "contacts", "FILE", "--match", "shoe size")]
    [InlineData("--map", "import", "contacts", "FILE", "--map", "Wer=shoeSize")]
    [InlineData("Wer, Mail, Statut", "import", "contacts", "FILE", "--map", "99=lastName")]
    [InlineData("--header-row", "import", "contacts", "FILE", "--header-row", "99")]
    [InlineData("is a folder", "import", "contacts", ".")]
    public async Task What_is_not_understood_is_named_and_nothing_is_done(string named, params string[] words)
    {
        await using var database = await TestDatabase.CopyAsync();
        var path = Path.Combine(database.Settings.DataFolder, "refused.csv");
        await File.WriteAllTextAsync(path, Rows);
        var (code, said) = await LiaisonProcess.RunAsync(database, [.. words.Select(w => w == "FILE" ? path : w)]);
        Assert.True(code == 1, said);
        Assert.Contains(named, said, StringComparison.Ordinal);
        await using var eyes = database.Build();
        await using var db = eyes.Services.GetRequiredService<Databases>().Open(Viewer.System);
        Assert.False(await db.Set<Liaison.Exchange.Imports.Import>().AnyAsync());
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task An_import_that_is_interrupted_stops_in_order(bool isDry)
    {
        await using var database = await TestDatabase.CopyAsync();
        var path = Path.Combine(database.Settings.DataFolder, "long.csv");
        await File.WriteAllTextAsync(path, "Nom,E-mail\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"Long{i},long{i}@command.example\n")));
        await using var eyes = database.Build();
        await using var db = eyes.Services.GetRequiredService<Databases>().Open(Viewer.System);
        using var import = LiaisonProcess.Start(database, ["import", "contacts", path, .. isDry ? ["--dry-run"] : Array.Empty<string>()]);
        await Eventually.TrueAsync(() => db.Set<Liaison.Exchange.Imports.Import>().AnyAsync(i => i.Created > 0), () => import.Said);
        import.AskToEnd();
        Assert.Equal(130, await import.EndAsync());
        Assert.Contains("interrompu", import.Said, StringComparison.Ordinal);
        var left = await db.Set<Liaison.Exchange.Imports.Import>().AsNoTracking().SingleAsync();
        Assert.Equal(isDry ? Liaison.Exchange.Imports.ImportState.Mapping : Liaison.Exchange.Imports.ImportState.Cancelled, left.State);
        Assert.Equal(isDry, !await db.Set<Contact>().AnyAsync(c => c.PrimaryEmail!.EndsWith("@command.example")));
        Assert.False(await db.Set<Liaison.Kernel.Jobs.Job>().AnyAsync(j => j.State == Liaison.Kernel.Jobs.JobState.Waiting || j.State == Liaison.Kernel.Jobs.JobState.Running));
    }

    private static (long Rows, long Created, long Failed, string? File) Json(string said)
    {
        var json = JsonElement.Parse(said.Split('\n').Single(l => l.StartsWith('{')));
        return (json.GetProperty("rows").GetInt64(), json.GetProperty("created").GetInt64(), json.GetProperty("failed").GetInt64(), json.GetProperty("errorsFile").GetString());
    }
}
