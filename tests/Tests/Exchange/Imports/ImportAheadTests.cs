using System.Globalization;
using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>While a batch of a thousand rows is written the next ones are looked up: they are compared with it all the same.</summary>
public sealed class ImportAheadTests(LiaisonServer server) : HttpTests(server)
{
    private const int Batch = 1000;

    // What each batch has: the same e-mail and the same phone as those before, the same companies and the same tag. {0} tells the runs apart, {1} the batches.
    private static readonly string[] Kinds =
    [
        "Mail,{0},,same@{0}.example,,,",
        "Call,{0},,,+33 6 99 00 00 {2:00},,",
        "Works{1},{0},Works {0},works{1}@{0}.example,,,",
        "Own{1},{0},Own {0},own{1}@{0}.example,,,",
        "Tag{1},{0},,tag{1}@{0}.example,,Tag {0},",
    ];

    [Theory]
    [InlineData("skip", 4)]
    [InlineData("update", 4)]
    [InlineData("create", 0)]
    public async Task Rows_are_compared_with_those_that_are_being_written(string duplicates, int skipped)
    {
        // The last rows of the first batch, the first of the second, the last of the third.
        string[] rows = [.. Enumerable.Range(0, 3).SelectMany(batch => Enumerable.Range(0, Batch - Kinds.Length)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"Filler,N{batch}x{i},,{batch}x{i}@{duplicates}.example,,,"))
            .Concat(Kinds.Select(kind => string.Format(CultureInfo.InvariantCulture, kind, duplicates, batch, duplicates[0] - 90)))
            .OrderBy(row => batch == 1 && row.StartsWith("Filler", StringComparison.Ordinal)))];
        // A company that the first batch named comes with a row of its own in the second.
        rows[Batch + Kinds.Length] = $",,Own {duplicates},,,,Metal";
        using var api = Api(Cast.Anna);
        var id = (await api.UploadAsync("ahead.csv", string.Join('\n', rows.Prepend("First name,Last name,Company,E-mail,Phone,Tags,Industry")), ("duplicates", duplicates))).Expect(201).Id;
        foreach (var step in new[] { "dry-run", "run" })
        {
            (await api.PostAsync($"imports/{id}/{step}")).ExpectSuccess();
            var settled = await api.SettledAsync(id);
            Assert.Equal((3 * Batch - skipped, 0, skipped, 0), settled.Counts());
            Assert.Equal(1, settled["companies"].GetInt64());
            var same = (await api.GetAsync($"imports/{id}/rows?result=skipped"))["items"].EnumerateArray().Select(r => r.GetProperty("sameAsRow").GetInt64()).Order();
            Assert.Equal(new long[] { 997, 997, 998, 998 }.Take(skipped), same);
        }
        await using var db = Db();
        var made = db.Set<Contact>().AsNoTracking().Where(c => c.ImportId == id);
        Assert.Equal([$"Own {duplicates} Metal", $"Works {duplicates} "], (await made.Where(c => c.Kind == ContactKind.Company).OrderBy(c => c.CompanyName).ToListAsync()).Select(c => $"{c.CompanyName} {c.Industry}"));
        Assert.Equal([(3, true), (3, true)], (await made.Where(c => c.Kind == ContactKind.Person && c.CompanyName != "").ToListAsync()).GroupBy(c => c.CompanyName).Select(g => (g.Count(), g.All(c => c.CompanyId != null) && g.Select(c => c.CompanyId).Distinct().Count() == 1)));
        var tag = await db.Set<Tag>().SingleAsync(t => t.Name == $"Tag {duplicates}");
        Assert.Equal(3, await made.CountAsync(c => c.Tags.Any(t => t.TagId == tag.Id)));
    }
}
