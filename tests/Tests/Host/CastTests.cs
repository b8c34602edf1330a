namespace Liaison.Tests.Host;

public sealed class CastTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task A_signed_in_person_gets_in_and_a_stranger_is_sent_to_the_sign_in_page()
    {
        Assert.Equal("/account/password", (await As(Cast.Anna).GetAsync("/account/password")).Expect(200).Url);
        Assert.StartsWith("/sign-in", (await As(Cast.Nobody).PeekAsync("/account/password")).Expect(302).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_known_password_opens_the_sign_in_page()
    {
        var page = (await As(Cast.Nobody).GetAsync("/sign-in")).Expect(200);
        var inside = await page.Form().Fill("Input.Login", Cast.Ben.UserName).Fill("Input.Password", Cast.Ben.Password).SubmitAsync();
        Assert.Equal("/", inside.Redirects[0]);
    }
}
