namespace Liaison.Browser.Harness;

/// <summary>Tests that use Liaison in a real browser; the class has a server with a database of its own.</summary>
public abstract class BrowserTests(LiaisonServer server) : IClassFixture<LiaisonServer>
{
    // Patience costs nothing when all is well; a busy machine must not fail a test.
    static BrowserTests() => Assertions.SetDefaultExpectTimeout(30_000);

    protected LiaisonServer Server { get; } = server;

    /// <summary>Opens a tab in which this person is signed in. Disposing it fails the test when the page complained.</summary>
    protected Task<Tab> OpenAsync(Person person, string url = "/", Look? look = null) => Tab.OpenAsync(Server, person, url, look ?? new());
}

/// <summary>How a browser is set up.</summary>
/// <param name="Width">Width of the window: 1280 for a desk, 390 for a phone.</param>
/// <param name="IsDark">Whether the system is set to dark.</param>
/// <param name="Language">Preferred language.</param>
/// <param name="HasScript">Whether scripts run.</param>
public sealed record Look(int Width = 1280, bool IsDark = false, string Language = "fr", bool HasScript = true)
{
    public int Height => Width < 600 ? 844 : 900;

    /// <summary>Desk and phone, light and dark.</summary>
    public static readonly IReadOnlyList<Look> All = [new(), new(IsDark: true), new(390), new(390, IsDark: true)];

    public override string ToString() => $"{Width}-{(IsDark ? "dark" : "light")}";
}
