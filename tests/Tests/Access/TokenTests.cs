using Liaison.Access;
using Liaison.Tests.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Access;

public sealed class TokenTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task A_token_says_who_acts()
    {
        var me = (await Api(Cast.Anna).GetAsync("me")).Expect(200);
        Assert.Equal(Cast.Anna.Id, me.Id);
        Assert.Equal("user", me["level"].GetString());
        Assert.Contains("users.view", me["permissions"].EnumerateArray().Select(p => p.GetString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer lia_")]
    [InlineData("Bearer lia_0000000000000000000000000000000000000000000")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    public async Task Without_a_good_token_the_api_says_401_and_how(string? authorization)
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        if (authorization is not null) http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        var answer = await http.GetAsync("/api/v1/me");
        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_session_cookie_is_no_good_for_the_api_nor_a_token_for_pages()
    {
        var browser = As(Cast.Anna);
        Assert.Equal(200, (await browser.GetAsync("/account")).Status);
        Assert.Equal(401, (await browser.PeekAsync("/api/v1/me")).Status);
        Assert.Equal(302, (await As(Cast.Nobody).With("Authorization", "Bearer " + Cast.Anna.Token).PeekAsync("/account")).Status);
    }

    [Fact]
    public async Task A_token_carries_no_more_than_it_was_given_nor_more_than_its_owner_may()
    {
        Assert.Equal(403, (await Api(await TokenAsync(Cast.Admin.Id, "contacts.nothing")).GetAsync("users")).Status);
        Assert.Equal(200, (await Api(await TokenAsync(Cast.Admin.Id, "users.view")).GetAsync("users")).Status);
        var me = await Api(await TokenAsync(Cast.Anna.Id, "users.view", "users.manage")).GetAsync("me");
        Assert.Equal(["users.view"], me["permissions"].EnumerateArray().Select(p => p.GetString()));
    }

    [Fact]
    public async Task A_token_ends_when_it_was_told_to()
    {
        await using var db = Db();
        var person = Bearer(await Server.Services.GetRequiredService<Tokens>().CreateAsync(db, Cast.Anna.Id, "short", expiresAt: Server.Clock.Now.AddHours(1)));
        Assert.Equal(200, (await Api(person).GetAsync("me")).Status);
        Server.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(401, (await Api(person).GetAsync("me")).Status);
    }

    [Fact]
    public async Task A_token_works_before_the_account_has_chosen_its_password()
    {
        await using var db = Db();
        var (user, _) = await NewUser.AddAsync(db, Server.Services.GetRequiredService<Passwords>(), "fresh@liaison.example", "Fresh", Level.User);
        Assert.Equal(200, (await Api(await TokenAsync(user.Id)).GetAsync("me")).Status);
    }

    [Fact]
    public async Task Users_are_listed_by_pages_and_found_by_name()
    {
        var first = (await Api(Cast.Anna).GetAsync("users?limit=2")).Expect(200);
        Assert.Equal(2, first["items"].GetArrayLength());
        var second = (await Api(Cast.Anna).GetAsync("users?limit=2&cursor=" + first["nextCursor"].GetString())).Expect(200);
        Assert.Empty(Ids(first).Intersect(Ids(second)));
        Assert.Equal([Cast.Ben.Id], Ids((await Api(Cast.Anna).GetAsync("users?q=dùrand")).Expect(200)));
        (await Api(Cast.Anna).GetAsync("users?cursor=nonsense")).ExpectProblem(400, "cursor");
        Assert.DoesNotContain("password", first.Body, StringComparison.OrdinalIgnoreCase);

        static IEnumerable<long> Ids(ApiReply reply) => reply["items"].EnumerateArray().Select(u => u.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_token_made_on_the_command_line_ends_and_carries_what_was_said()
    {
        string[] to = ["--user", Cast.Anna.Email];
        Assert.Equal(0, await Server.RunAsync("token add", [.. to, "--name", "scoped", "--expires", "30", "--permissions", "users.view, contacts.view"]));
        await using var db = Db();
        var made = await db.Set<ApiToken>().SingleAsync(t => t.Name == "scoped", TestContext.Current.CancellationToken);
        Assert.Equal((30, "users.view contacts.view"), (Math.Round((made.ExpiresAt!.Value - made.CreatedAt).TotalDays), made.Permissions));
        foreach (var wrong in new string[][] { ["--expires", "0"], ["--expires", "soon"], ["--permissions", "contacts.all"], ["--permissions", ","] })
            Assert.Equal(1, await Server.RunAsync("token add", [.. to, "--name", "wrong", .. wrong]));
        Assert.Equal(0, await Server.RunAsync("token list", to));
        Assert.Equal(1, await Server.RunAsync("token list", "--user", "nobody@liaison.example"));
        Assert.False(await db.Set<ApiToken>().AnyAsync(t => t.Name == "wrong", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_once()
    {
        await using var db = Db();
        var (user, _) = await NewUser.AddAsync(db, Server.Services.GetRequiredService<Passwords>(), "revoked@liaison.example", "Revoked", Level.User);
        var (one, two, three) = (await TokenAsync(user.Id), await TokenAsync(user.Id), await TokenAsync(user.Id));
        foreach (var token in new[] { one, two, three }) (await Api(token).GetAsync("me")).Expect(200);
        var first = await db.Set<ApiToken>().Where(t => t.UserId == user.Id).MinAsync(t => t.Id, TestContext.Current.CancellationToken);
        foreach (var wrong in new string[][] { [], ["999999"], ["all"], ["--user", "nobody@liaison.example"], [$"{first}", "--user", "revoked@liaison.example"] })
            Assert.Equal(1, await Server.RunAsync("token revoke", wrong));
        Assert.Equal(0, await Server.RunAsync("token revoke", $"{first}"));
        Assert.Equal((401, 200, 200), ((await Api(one).GetAsync("me")).Status, (await Api(two).GetAsync("me")).Status, (await Api(three).GetAsync("me")).Status));
        Assert.Equal(0, await Server.RunAsync("token revoke", "--user", "revoked@liaison.example"));
        Assert.Equal((401, 401), ((await Api(two).GetAsync("me")).Status, (await Api(three).GetAsync("me")).Status));
    }

    [Fact]
    public async Task Ones_own_tokens_are_listed_and_revoked_on_the_account_page()
    {
        var token = await TokenAsync(Cast.Ben.Id, "users.view");
        (await Api(token).GetAsync("me")).Expect(200);
        await using var db = Db();
        var id = await db.Set<ApiToken>().Where(t => t.UserId == Cast.Ben.Id).MaxAsync(t => t.Id, TestContext.Current.CancellationToken);
        var page = await As(Cast.Ben).GetAsync("/account");
        var other = await As(Cast.Anna).GetAsync("/account");
        Assert.Contains("users.view", page.Find("section[aria-labelledby=tokens]").TextContent, StringComparison.Ordinal);
        Assert.Empty(other.All($"button[name=id][value='{id}'][data-confirm]"));
        (await As(Cast.Anna).PostAsync("/account/tokens", ("id", $"{id}"))).Expect(404);
        (await Api(token).GetAsync("me")).Expect(200);
        (await page.Form($"form:has(button[value='{id}'][data-confirm])").SubmitAsync()).Expect(200);
        (await Api(token).GetAsync("me")).Expect(401);
    }

    private async Task<Person> TokenAsync(long userId, params string[] permissions)
    {
        await using var db = Db();
        return Bearer(await Server.Services.GetRequiredService<Tokens>().CreateAsync(db, userId, "test", permissions.Length == 0 ? null : permissions));
    }

    private static Person Bearer(string token) => new("", "") { Token = token };
}
