using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

public sealed class ImportSampleFilesTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task Every_sample_file_imports_without_an_option()
    {
        // Away from the sample folder, the fixtures of the other tests cover the same kinds.
        if (ReadingFiles.SampleFolder() is not { } folder) return;
        using var api = Api(Cast.Admin);
        var wrong = new List<string>();
        foreach (var (file, records, _) in ReadingSampleFilesTests.Files)
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(folder, file));
            var dry = (await api.UploadAsync(file, content)).Expect(201);
            (await api.PostAsync($"imports/{dry.Id}/dry-run")).ExpectSuccess();
            var told = (await api.SettledAsync(dry.Id)).Counts();
            var import = await api.ImportAsync(file, content);
            var done = import.Counts();
            await using var db = Db();
            var id = import.Id;
            var (persons, companies) = (await db.Contacts().CountAsync(c => c.ImportId == id && c.Kind == ContactKind.Person), await db.Contacts().CountAsync(c => c.ImportId == id && c.Kind == ContactKind.Company));
            TestContext.Current.SendDiagnosticMessage($"{file}: {done}, {persons} persons, {companies} companies");
            if (import["state"].GetString() != "done" || import["rows"].GetInt64() != records || done != told || done != (records, 0, 0, 0))
                wrong.Add($"{file}: {import["state"]} {import["rows"]} rows of {records}, dry {told}, done {done}, {import["error"]}");
            // The same file again creates nothing.
            var again = await api.ImportAsync(file, content);
            if (again.Counts() != (0, 0, records, 0)) wrong.Add($"{file} again: {again.Counts()}");
            await db.Set<Contact>().ExecuteDeleteAsync(); // the samples know each other
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
