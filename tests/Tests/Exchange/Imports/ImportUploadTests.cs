using System.Net.Http.Headers;
using System.Text;
using Liaison.Exchange.Imports;
using Liaison.Kernel.Files;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>What the API takes as an upload, and what it leaves behind when it does not.</summary>
public sealed class ImportUploadTests(LiaisonServer server) : HttpTests(server)
{
    private const string File = "Last name,E-mail\nA,a@upload.example\n";

    [Theory]
    [InlineData("garbage"), InlineData(""), InlineData("--x\r\n"), InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nLast name\nA\n"), InlineData("--x\r\nContent-Disposition: form-data; name=\"access\"\r\n\r\nread")]
    public async Task A_broken_upload_is_refused(string body)
    {
        using var api = Api(Cast.Anna);
        foreach (var key in new[] { null, "broken " + body.Length })
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
            (await api.PostAsync("imports", content, key)).ExpectProblem(400, "file");
        }
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData("access", "foo"), InlineData("encoding", "klingon"), InlineData("type", "none of ours"), InlineData("matchBy", "shoe")]
    public async Task What_is_refused_leaves_nothing_behind(string field, string value)
    {
        using var api = Api(Cast.Anna);
        (await api.UploadAsync("refused.csv", File, (field, value))).ExpectProblem(422, field);
        await AssertNothingAsync();
    }

    [Fact]
    public async Task A_repeated_upload_with_the_same_key_is_one()
    {
        using var api = Api(Cast.Anna);
        var first = (await api.UploadAsync("keyed.csv", File, (ImportUse.Key, "upload-1"))).Expect(201);
        var again = (await api.UploadAsync("keyed.csv", File, (ImportUse.Key, "upload-1"))).Expect(201);
        Assert.Equal(first.Id, again.Id);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        (await api.UploadAsync("keyed.csv", File + "B,b@upload.example\n", (ImportUse.Key, "upload-1"))).ExpectProblem(422);
        (await api.UploadAsync("keyed.csv", File, (ImportUse.Key, "upload-1"), ("access", "read"))).ExpectProblem(422);
        await using var db = Db();
        db.RemoveRange(await db.Set<Import>().ToListAsync());
        db.RemoveRange(await db.Set<StoredFile>().ToListAsync());
        await db.SaveChangesAsync();
    }

    [Theory]
    [InlineData("-1"), InlineData("created,failed"), InlineData("4")]
    public async Task Only_words_name_a_result(string word)
    {
        using var api = Api(Cast.Anna);
        (await api.GetAsync("imports/1/rows?result=" + word)).ExpectProblem(400, "result");
    }

    [Fact]
    public async Task The_encoding_of_a_card_can_be_set_and_nothing_else_about_how_it_is_read()
    {
        using var api = Api(Cast.Anna);
        // A byte that is é in Mac OS Roman and Ž in Windows-1252.
        var id = (await api.UploadAsync("card.vcf", Encoding.Latin1.GetBytes("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\u008E Carte\r\nN:Carte;Zo\u008E;;;\r\nEND:VCARD\r\n"))).Expect(201).Id;
        (await api.PutAsync($"imports/{id}/mapping", new { delimiter = ";" })).ExpectProblem(422, "delimiter");
        (await api.PutAsync($"imports/{id}/mapping", new { header = true })).ExpectProblem(422, "header");
        var set = (await api.PutAsync($"imports/{id}/mapping", new { encoding = "macintosh" })).Expect(200);
        Assert.Equal("macintosh", set["shape"].GetProperty("encoding").GetString());
        (await api.PostAsync($"imports/{id}/run")).ExpectSuccess();
        Assert.Equal((1, 0, 0, 0), (await api.SettledAsync(id)).Counts());
        Assert.Equal("Zoé Carte", (await api.GetAsync($"imports/{id}/rows"))["items"][0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Refused_cards_come_back_byte_for_byte_with_the_reason()
    {
        using var api = Api(Cast.Anna);
        var bad = Encoding.Latin1.GetBytes("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1:Refus\u00E9;Zo\u00E9\r\nNOTE:folded\r\n BEGIN:VCARD\r\nEMAIL:nowhere; at all\r\n");
        var file = Encoding.Latin1.GetBytes("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Good Card\r\nN:Card;Good\r\nEND:VCARD\r\n").Concat(bad).Concat("END:VCARD\r\n"u8.ToArray()).ToArray();
        var import = await api.ImportAsync("cards.vcf", file);
        Assert.Equal((1, 0, 0, 1), import.Counts());
        using var reply = await api.Http.GetAsync($"imports/{import.Id}/errors");
        Assert.Equal("text/vcard", reply.Content.Headers.ContentType!.ToString());
        var errors = await reply.Content.ReadAsByteArrayAsync();
        Assert.Equal(bad, errors[..bad.Length]);
        var rest = Encoding.UTF8.GetString(errors[bad.Length..]);
        Assert.StartsWith("X-LIAISON-REASON:", rest, StringComparison.Ordinal);
        Assert.Contains("“nowhere", rest, StringComparison.Ordinal);
        Assert.EndsWith("\r\nEND:VCARD\r\n", rest, StringComparison.Ordinal);
        var again = await api.ImportAsync("cards.errors.vcf", errors);
        Assert.Equal((0, 0, 0, 1), again.Counts());
        Assert.Equal(errors, await api.Http.GetByteArrayAsync($"imports/{again.Id}/errors"));
    }

    private async Task AssertNothingAsync()
    {
        await using var db = Db();
        Assert.False(await db.Set<Import>().AnyAsync(i => i.FileName == "refused.csv" || i.FileName == "a.csv"));
        Assert.False(await db.Set<StoredFile>().AnyAsync(f => f.Name == "refused.csv" || f.Name == "a.csv"));
    }
}
