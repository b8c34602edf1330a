namespace Liaison.Browser.Harness;

/// <summary>The one browser of a run: Debian's Chromium, or the program that CHROMIUM names.</summary>
public static class Chromium
{
    private static readonly Lazy<Task<IBrowser>> One = new(StartAsync);

    public static Task<IBrowser> GetAsync() => One.Value;

    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { browser.CloseAsync().GetAwaiter().GetResult(); playwright.Dispose(); };
        return browser;
    }
}
