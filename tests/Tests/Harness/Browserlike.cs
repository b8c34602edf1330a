using System.Net;
using AngleSharp.Html.Dom;

namespace Liaison.Tests.Harness;

/// <summary>Does what a browser without script does: keeps cookies, follows redirects, sends forms as they stand on the page.</summary>
public sealed class Browserlike : IDisposable
{
    private readonly LiaisonServer _server;
    private readonly Person _person;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private bool _signedIn;

    internal Browserlike(LiaisonServer server, Person person)
    {
        _server = server;
        _person = person;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Browserlike/1.0");
    }

    /// <summary>The cookie's value, or null.</summary>
    public string? this[string cookie] => _cookies.GetCookies(_server.Address)[cookie]?.Value;

    /// <summary>Header sent with each request, such as Accept-Language.</summary>
    public Browserlike With(string header, string value)
    {
        _http.DefaultRequestHeaders.Remove(header);
        _http.DefaultRequestHeaders.Add(header, value);
        return this;
    }

    /// <summary>Loads a page, following redirects.</summary>
    public Task<PageResult> GetAsync(string url) => SendAsync(new HttpRequestMessage(HttpMethod.Get, url));

    /// <summary>Loads what the address gives at once, without following a redirect.</summary>
    public Task<PageResult> PeekAsync(string url) => SendAsync(new HttpRequestMessage(HttpMethod.Get, url), follow: false);

    /// <summary>Sends any request as this browser; what it answers is the page after redirects.</summary>
    public async Task<PageResult> SendAsync(HttpRequestMessage request, bool follow = true)
    {
        await SignInAsync();
        var redirects = new List<string>();
        while (true)
        {
            using var response = await _http.SendAsync(request);
            var page = await PageResult.ReadAsync(this, response, redirects);
            if (!follow || (int)response.StatusCode is not (301 or 302 or 303) || response.Headers.Location is not { } to) return page;
            if (redirects.Count > 10) throw new InvalidOperationException("Redirects without end: " + string.Join(" → ", redirects));
            redirects.Add(to.OriginalString);
            request = new HttpRequestMessage(HttpMethod.Get, new Uri(request.RequestUri!, to));
        }
    }

    /// <summary>Takes a cookie in, as if the server had set it.</summary>
    public void SetCookie(string name, string value) => _cookies.Add(new Cookie(name, value, "/", _server.Address.Host));

    public void Dispose() => _http.Dispose();

    internal Task<PageResult> FollowAsync(IHtmlAnchorElement link) => GetAsync(link.GetAttribute("href")!);

    private async Task SignInAsync()
    {
        if (_signedIn) return;
        _signedIn = true;
        if (await Cast.SessionAsync(_server, _person) is var (name, value)) SetCookie(name, value);
    }
}
