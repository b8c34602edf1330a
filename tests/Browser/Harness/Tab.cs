using System.Text.Json;

namespace Liaison.Browser.Harness;

/// <summary>One tab in a window of its own. It notes errors of scripts, refused content and failed requests, and fails the test at its end.</summary>
public sealed class Tab : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Repository.Root, "node_modules", "axe-core", "axe.min.js")));
    private readonly List<string> _complaints = [];
    private readonly IBrowserContext _window;

    private Tab(IBrowserContext window, IPage page)
    {
        _window = window;
        Page = page;
        page.Console += (_, message) => { if (message.Type == "error" && !IsInvalidForm(message.Text)) Complain($"{message.Text} ({message.Location})"); };
        page.Dialog += (_, dialog) => { Complain($"A {dialog.Type}: {dialog.Message}"); _ = dialog.DismissAsync(); };
        page.PageError += (_, error) => Complain(error);
        page.Response += (_, response) => { if (response.Status >= 500) Complain($"{response.Status} {response.Url}"); };
    }

    public IPage Page { get; }

    internal static async Task<Tab> OpenAsync(LiaisonServer server, Person person, string url, Look look)
    {
        var browser = await Chromium.GetAsync();
        var window = await browser.NewContextAsync(new()
        {
            BaseURL = server.Address.ToString(), Locale = look.Language, JavaScriptEnabled = look.HasScript, TimezoneId = "Europe/Paris",
            ViewportSize = new() { Width = look.Width, Height = look.Height }, ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce,
        });
        if (await Cast.SessionAsync(server, person) is var (name, value)) await window.AddCookiesAsync([new() { Name = name, Value = value, Url = server.Address.ToString() }]);
        var tab = new Tab(window, await window.NewPageAsync());
        await tab.GoToAsync(url);
        return tab;
    }

    public async Task GoToAsync(string url) => await Page.GotoAsync(url, new() { WaitUntil = WaitUntilState.Load });

    /// <summary>
    /// Fails when axe finds something that keeps people out (WCAG 2.2 A and AA); in another light only the colours need be looked at again.
    /// What lies half beneath an open sheet cannot be reached and is not to be judged: then only the sheet is, with <paramref name="within"/>.
    /// </summary>
    public async Task AssertAccessibleAsync(bool onlyColours = false, string? within = null)
    {
        if (!await Page.EvaluateAsync<bool>("typeof axe === 'object'")) await Page.EvaluateAsync(Axe.Value);
        var found = await Page.EvaluateAsync<JsonElement>("""
            async ([onlyColours, within]) => {
                const result = await axe.run(within ?? document, { runOnly: onlyColours ? ["color-contrast"] : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
                return result.violations.map(v => `${v.id}: ${v.help}\n` + v.nodes.map(n => `    ${n.html}\n    ${n.failureSummary}`).join("\n"));
            }
            """, new object?[] { onlyColours, within });
        var violations = found.EnumerateArray().Select(v => v.GetString()).ToList();
        Assert.True(violations.Count == 0, $"{Page.Url}\n{string.Join('\n', violations)}");
    }

    /// <summary>Forgets what was complained about so far, where a test provokes it.</summary>
    public IReadOnlyList<string> TakeComplaints()
    {
        lock (_complaints)
        {
            var taken = _complaints.ToList();
            _complaints.Clear();
            return taken;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var url = Page.Url;
        await _window.CloseAsync();
        var complaints = TakeComplaints();
        if (complaints.Count > 0) Assert.Fail($"The browser complained on {url}:\n{string.Join('\n', complaints)}");
    }

    // The browser reports every status from 400 on, also that of a form shown again with its messages.
    private static bool IsInvalidForm(string text) => text.Contains("status of 422", StringComparison.Ordinal);

    private void Complain(string what) { lock (_complaints) _complaints.Add(what); }
}
