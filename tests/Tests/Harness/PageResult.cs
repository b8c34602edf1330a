using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Liaison.Tests.Harness;

/// <summary>What the browser got: a page to look at, fill in and go on from.</summary>
public sealed partial class PageResult
{
    private readonly Lazy<IHtmlDocument> _document;

    private PageResult(Browserlike browser, HttpResponseMessage response, byte[] body, IReadOnlyList<string> redirects)
    {
        Browser = browser;
        Body = body;
        Status = (int)response.StatusCode;
        Headers = response.Headers;
        ContentType = response.Content.Headers.ContentType?.ToString() ?? "";
        FileName = response.Content.Headers.ContentDisposition?.FileNameStar ?? response.Content.Headers.ContentDisposition?.FileName?.Trim('"');
        Location = response.Headers.Location?.OriginalString;
        Url = response.RequestMessage!.RequestUri!.PathAndQuery;
        Redirects = [.. redirects];
        _document = new(() => new HtmlParser().ParseDocument(Html));
    }

    public int Status { get; }
    public HttpResponseHeaders Headers { get; }
    public string ContentType { get; }
    /// <summary>Name under which a download would be saved.</summary>
    public string? FileName { get; }
    /// <summary>Where a redirect that was not followed leads.</summary>
    public string? Location { get; }
    /// <summary>Path and query of this page.</summary>
    public string Url { get; }
    /// <summary>The redirects passed on the way.</summary>
    public IReadOnlyList<string> Redirects { get; }
    public byte[] Body { get; }
    public string Html => System.Text.Encoding.UTF8.GetString(Body);
    public IHtmlDocument Document => _document.Value;
    internal Browserlike Browser { get; }

    /// <summary>What can be read on the page, each run of white space as one space.</summary>
    public string Text => Read(Document.Body!);

    /// <summary>The one element; a failed test when there is none.</summary>
    public IElement Find(string selector) => Document.QuerySelector(selector) ?? throw Missing(selector);

    public IReadOnlyList<IElement> All(string selector) => [.. Document.QuerySelectorAll(selector)];

    /// <summary>Texts of all that match.</summary>
    public IReadOnlyList<string> Texts(string selector) => [.. All(selector).Select(Read)];

    /// <summary>The form, to be filled in and sent.</summary>
    public FormToFill Form(string selector = "main form") => new(this, Document.QuerySelector(selector) as IHtmlFormElement ?? throw Missing(selector));

    /// <summary>Follows a link.</summary>
    public Task<PageResult> FollowAsync(string selector) => Browser.FollowAsync(Find(selector) as IHtmlAnchorElement ?? throw Missing(selector));

    /// <summary>Asserts the status and goes on.</summary>
    public PageResult Expect(int status)
    {
        if (Status != status) Assert.Fail($"{Url} answered {Status} instead of {status}{(Location is null ? "" : " to " + Location)}: {Beginning()}");
        return this;
    }

    internal static async Task<PageResult> ReadAsync(Browserlike browser, HttpResponseMessage response, IReadOnlyList<string> redirects)
    {
        var page = new PageResult(browser, response, await response.Content.ReadAsByteArrayAsync(), redirects);
        if (page.ContentType.StartsWith("text/html", StringComparison.Ordinal) && page.All("main").Count > 0)
        {
            if (page.All("h1").Count != 1) Assert.Fail($"{page.Url} has {page.All("h1").Count} headings of the first rank: {page.Beginning()}");
        }
        if (page.Status == 422 && page.ContentType.StartsWith("text/html", StringComparison.Ordinal)) page.ExpectWaysToTheErrors();
        return page;
    }

    // Each message of a form leads to its field, which says it too.
    private void ExpectWaysToTheErrors()
    {
        foreach (var link in All(".errors a"))
            if (Document.GetElementById(link.GetAttribute("href")![1..]) is null) Assert.Fail($"{Url}: “{Read(link)}” leads to {link.GetAttribute("href")}, which is not there.");
    }

    private static string Read(IElement element) => Spaces().Replace(element.TextContent, " ").Trim();

    private Xunit.Sdk.XunitException Missing(string selector) => new($"{Url} ({Status}) has no {selector}: {Beginning()}");

    private string Beginning() => ContentType.Contains("html", StringComparison.Ordinal) && Body.Length > 0 ? Text[..Math.Min(Text.Length, 1500)] : Html[..Math.Min(Html.Length, 1500)];

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
