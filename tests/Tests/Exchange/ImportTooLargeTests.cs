using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Liaison.Exchange.Imports;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>What is too large is refused before it is sent, and says how much is possible.</summary>
public sealed class ImportTooLargeTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task A_page_says_so()
    {
        var cookie = (await Cast.SessionAsync(Server, Cast.Anna))!.Value;
        foreach (var (address, length, said) in new[] { ("/imports/new?target=contacts", 1_000_000_001, "1000Mo"), ("/contacts/new", 30_000_001, "30Mo") })
        {
            var (status, type, body) = await SendAsync(address, length, request => request.Headers.Add("Cookie", $"{cookie.Name}={cookie.Value}"));
            Assert.Equal((413, "text/html"), (status, type));
            var page = new HtmlParser().ParseDocument(body);
            Assert.Equal("Le fichier est trop gros", page.QuerySelector("h1")!.TextContent);
            Assert.Contains(said, string.Concat(page.QuerySelector("main")!.TextContent.Where(c => c is not ('\u202F' or '\u00A0'))), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_api_says_so()
    {
        var (status, type, body) = await SendAsync("/api/v1/imports", 1_000_000_001, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Cast.Anna.Token));
        Assert.Equal((413, "application/problem+json"), (status, type));
        Assert.Contains("1,000 MB", JsonElement.Parse(body).GetProperty("title").GetString(), StringComparison.Ordinal);
        await using var db = Db();
        Assert.False(await db.Set<Import>().AnyAsync());
        using var api = Api(Cast.Anna);
        Assert.Contains("5 MB", (await api.PostAsync("contacts", "{\"description\":\"" + new string('a', 5_000_001) + "\"}")).ExpectProblem(413)["title"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_not_even_told_how_much()
    {
        Assert.Equal(303, (await SendAsync("/imports/new?target=contacts", 1_000_000_001, _ => { })).Status);
        Assert.Equal(401, (await SendAsync("/api/v1/imports", 1_000_000_001, _ => { })).Status);
    }

    // Announces a body of this length and waits for leave to send it, as a careful client does.
    private async Task<(int Status, string? Type, string Body)> SendAsync(string address, long length, Action<HttpRequestMessage> prepare)
    {
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(2), UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Address, address)) { Content = new Announced(length) };
        request.Headers.ExpectContinue = true;
        request.Headers.AcceptLanguage.ParseAdd(address.StartsWith("/api", StringComparison.Ordinal) ? "en" : "fr");
        prepare(request);
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    private sealed class Announced : HttpContent
    {
        private readonly long _length;

        public Announced(long length)
        {
            _length = length;
            Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=here");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new InvalidOperationException("The server asked for a body that is too large.");

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
