using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Contacts;
using Liaison.Exchange;
using Liaison.Exchange.Imports;
using Liaison.Exchange.Reading;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>Whatever program wrote the file and however: it is read as it was written, and the counts tell what is in the database.</summary>
public sealed class ImportPropertyTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public void What_is_read_is_what_was_written() => Prop.ForAll(RandomFiles.Any.ToArbitrary(), file =>
    {
        using var stream = new MemoryStream(file.Bytes());
        var shape = ShapeDetection.Detect(stream);
        var read = shape.Fatal is null ? CsvRows.Read(stream, shape).Select(r => r.Cells).ToList() : [];
        var expected = file.Filled.ToList();
        return (shape.Fatal is null && shape.Records == expected.Count && CsvRows.Header(stream, shape).Take(5).SequenceEqual(RandomFile.Header)
            && read.Count == expected.Count && read.Zip(expected).All(p => p.First.Take(5).SequenceEqual(p.Second) && p.First.Skip(5).All(c => c.Length == 0)))
            .Label($"read as {shape.Encoding} {(int)shape.Delimiter} header {shape.HasHeader}, {shape.Records} records:\n{string.Join('\n', read.Select(c => string.Join(" ¦ ", c)))}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public async Task The_counts_tell_what_is_in_the_database()
    {
        using var api = Api(Cast.Anna);
        var files = RandomFiles.Any.Sample(40);
        var number = 0;
        foreach (var any in files)
        {
            number++;
            // Each file is about people of its own, but for a quarter of them, which comes twice.
            var owner = number % 4 == 0 ? number - 1 : number;
            var file = any with { Rows = [.. any.Rows.Select(r => r.Select(c => c.Replace("FILE", "file" + owner.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).ToArray())] };
            var id = (await api.UploadAsync($"random{number}.csv", file.Bytes(), ("duplicates", number % 3 == 0 ? "create" : number % 3 == 1 ? "skip" : "update"))).Expect(201).Id;
            (await api.PostAsync($"imports/{id}/run")).ExpectSuccess();
            await Server.RunJobsAsync();
            var import = await api.GetAsync($"imports/{id}");
            Assert.True(import["state"].GetString() == "done", $"{import.Body}\n{file}");
            await AssertCountsAsync(api, import, file);
        }
    }

    private async Task AssertCountsAsync(ApiClient api, ApiReply import, RandomFile file)
    {
        var (created, updated, skipped, failed) = import.Counts();
        Assert.True(created + updated + skipped + failed == file.Filled.Count(), $"{import.Body}\n{file}");
        Assert.Equal(file.Filled.Count(), import["rows"].GetInt32());
        await using var db = Db();
        var results = await db.Set<ImportedRow>().Where(r => r.ImportId == import.Id).GroupBy(r => r.Result).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        foreach (var (result, count) in new[] { (ImportResult.Created, created), (ImportResult.Updated, updated), (ImportResult.Skipped, skipped), (ImportResult.Failed, failed) })
        {
            Assert.True(results.GetValueOrDefault(result) == count, $"{result}: {results.GetValueOrDefault(result)} rows, {count} told\n{file}");
            Assert.Equal(count, (await api.GetAsync($"imports/{import.Id}/rows?result={result.ToString().ToLowerInvariant()}"))["count"].GetInt64());
        }
        Assert.Equal(created, await db.Set<Contact>().CountAsync(c => c.ImportId == import.Id));
        // A row with an address that is none is refused, and only such a row or one without anything to call it by.
        Assert.Equal(failed, file.Filled.Count(r => r[2] == "nobody at home" || (r[0].Length == 0 && r[1].Length == 0 && r[2].Length == 0)));
    }
}
