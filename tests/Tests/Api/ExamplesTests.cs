using System.Text.RegularExpressions;
using Liaison.Tests.Exchange;

namespace Liaison.Tests.Api;

/// <summary>What docs/api.md gives as examples can be sent as it stands, but for the numbers of records.</summary>
public sealed partial class ExamplesTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task The_examples_of_the_guide_work_in_their_order()
    {
        using var api = Api(Cast.Admin);
        (await api.PostAsync("contacts", new { lastName = "Lyonnaise", addresses = new[] { new { city = "Lyon" } } })).Expect(201);
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"), TestContext.Current.CancellationToken);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var done = new List<string>();
        var examples = string.Concat(Block().Matches(guide).Select(b => b.Groups[1].Value));
        Assert.Equal([], Bare().Matches(examples).Select(m => m.Value)); // a shell may take a question mark for a name of files
        foreach (Match example in Example().Matches(examples))
        {
            // Records have the numbers that they got when they were made here.
            var path = Record().Replace(example.Groups["path"].Value, m => $"{m.Groups[1].Value}/{ids.GetValueOrDefault(m.Groups[1].Value, m.Groups[2].Value)}");
            var body = example.Groups["body"] is { Success: true } sent ? sent.Value.Replace("\"contactId\":7", $"\"contactId\":{ids.GetValueOrDefault("contacts")}", StringComparison.Ordinal).Replace("\"count\":48", $"\"count\":{(await api.GetAsync("contacts?status=lead&city=Lyon"))["count"]}", StringComparison.Ordinal) : null;
            var method = example.Groups["method"] is { Success: true } named ? named.Value : body is null ? "GET" : "POST";
            var reply = example.Groups["upload"].Success ? await api.UploadAsync("contacts.csv", "Last name;E-mail\nCurl;curl@b.example\n", ("duplicates", "update")) : await SendAsync(method, path, body);
            reply.ExpectSuccess();
            if (example.Groups["status"] is { Success: true } said) Assert.Equal(said.Value, $"{reply.Status}");
            if (reply.Location?.Split('/') is [.., var list, var id]) ids[list] = id;
            done.Add($"{method} {path}");
            if (path.StartsWith("imports/", StringComparison.Ordinal)) await Server.RunJobsAsync();
        }
        Assert.True(done.Count > 20);
        Assert.Equal(Begin().Count(examples), done.Count);
        foreach (var made in new[] { "contacts", "activities", "responses", "contact-batches", "activity-types", "imports" }) Assert.Contains(made, ids.Keys);

        async Task<ApiReply> SendAsync(string method, string path, string? body) => method switch
        {
            "GET" => await api.GetAsync(path), "POST" => await api.PostAsync(path, body), "PUT" => await api.PutAsync(path, body!), "PATCH" => await api.PatchAsync(path, body!), _ => await api.DeleteAsync(path),
        };
    }

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("""^(?:api|curl -H "Authorization: Bearer \$TOKEN")(?: -X (?<method>[A-Z]+))? "?\$API/(?<path>[^\s"]+)"?(?: -d '(?<body>[^']*)')?(?<upload> -F file=@\S+)?[^\n]*?(?:\n?# (?<status>2\d\d)\b|\n)""", RegexOptions.Multiline, 1000)]
    private static partial Regex Example();

    [GeneratedRegex(@"^(?:api|curl) ", RegexOptions.Multiline, 1000)]
    private static partial Regex Begin();

    [GeneratedRegex(@"^api [^""'\n#]*\?\S*", RegexOptions.Multiline, 1000)]
    private static partial Regex Bare();

    [GeneratedRegex(@"^([a-z-]+)/(\d+)", RegexOptions.None, 1000)]
    private static partial Regex Record();
}
