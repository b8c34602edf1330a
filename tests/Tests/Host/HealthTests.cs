namespace Liaison.Tests.Host;

public sealed class HealthTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_needs_no_sign_in(string address, string answer) =>
        Assert.Equal(answer, (await As(Cast.Nobody).GetAsync(address)).Expect(200).Html);

    [Fact]
    public async Task Static_files_are_served_with_the_strict_policy()
    {
        var style = (await As(Cast.Nobody).GetAsync($"/a/{Kernel.Ui.Assets.Version}/app.css")).Expect(200);
        Assert.StartsWith("text/css", style.ContentType, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", string.Join(' ', style.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }
}
