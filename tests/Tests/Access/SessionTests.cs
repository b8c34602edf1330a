using Liaison.Access;
using Liaison.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Tests.Access;

public sealed class SessionTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task A_name_left_empty_is_told_once_in_the_language_of_the_page(string name)
    {
        var page = await As(Cast.Ben).GetAsync("/account");
        Assert.NotEmpty(page.All("label[for=Input_Name] .req"));
        var answer = (await page.Form("form:has(#Input_Name)").Fill("Input.Name", name).SubmitAsync()).Expect(422);
        Assert.Equal("Indiquez un nom de 1 à 200 caractères.", Assert.Single(answer.Texts(".errors li")));
    }

    [Fact]
    public async Task A_session_survives_a_restart()
    {
        var browser = As(Cast.Anna);
        await browser.GetAsync("/account");
        var cookie = browser[Sessions.Cookie]!;
        await Server.RestartAsync();
        var again = As(Cast.Nobody);
        again.SetCookie(Sessions.Cookie, cookie);
        Assert.Empty((await again.GetAsync("/account")).Expect(200).Redirects);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_of_the_person_and_of_nobody_else()
    {
        var (here, there, other) = (As(Cast.Anna), As(Cast.Anna), As(Cast.Ben));
        foreach (var browser in new[] { there, other }) Assert.True(await IsInAsync(browser));
        var page = await here.GetAsync("/account");
        Assert.True(page.All("main table tbody tr").Count >= 2);
        Assert.Equal("/sign-in", (await page.Form("main form[action='/account/sessions']").SubmitAsync()).Url);
        Assert.False(await IsInAsync(here));
        Assert.False(await IsInAsync(there));
        Assert.True(await IsInAsync(other));
    }

    [Fact]
    public async Task Another_instance_notices_within_five_seconds_that_a_session_ended()
    {
        await using var second = LiaisonHost.Build(new Configuration { Url = "http://127.0.0.1:0", Database = Server.Database, ExtensionsFolder = null, LogLevel = LogLevel.Error },
            services => services.AddSingleton<TimeProvider>(Server.Clock));
        await second.StartAsync();
        var browser = As(Cast.Anna);
        await browser.GetAsync("/account");
        using var elsewhere = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(second.Urls.Single()) };
        elsewhere.DefaultRequestHeaders.Add("Cookie", $"{Sessions.Cookie}={browser[Sessions.Cookie]}");
        Assert.Equal(200, (int)(await elsewhere.GetAsync("/account")).StatusCode);
        await (await browser.GetAsync("/account")).Form("form[action='/sign-out']").SubmitAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(302, (int)(await elsewhere.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_closed_account_is_out_within_five_seconds()
    {
        var browser = As(Cast.Ben);
        Assert.True(await IsInAsync(browser));
        await SetClosedAsync(Server.Clock.Now);
        Server.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await IsInAsync(browser));
        Assert.Equal(401, (await Api(Cast.Ben).GetAsync("me")).Status);
        await SetClosedAsync(null);

        async Task SetClosedAsync(DateTime? at)
        {
            await using var db = Db();
            await db.Set<User>().Where(u => u.Id == Cast.Ben.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.ClosedAt, at));
        }
    }

    [Fact]
    public async Task A_session_ends_after_two_idle_weeks_and_after_sixty_days_in_any_case()
    {
        var (idle, busy) = (As(Cast.Anna), As(Cast.Anna));
        Assert.True(await IsInAsync(idle) && await IsInAsync(busy));
        for (var day = 0; day < 50; day += 10)
        {
            Server.Clock.Advance(TimeSpan.FromDays(10));
            Assert.True(await IsInAsync(busy));
            await SeenAsync(Server.Clock.Now);
        }
        Assert.False(await IsInAsync(idle));
        Server.Clock.Advance(TimeSpan.FromDays(9.9));
        Assert.True(await IsInAsync(busy));
        Server.Clock.Advance(TimeSpan.FromDays(0.2));
        Assert.False(await IsInAsync(busy));

        Task SeenAsync(DateTime now) => Eventually.TrueAsync(async () =>
        {
            await using var db = Db();
            return await db.Set<Session>().AnyAsync(s => s.UserId == Cast.Anna.Id && s.LastSeenAt >= now.AddMinutes(-1));
        }, "the session was seen");
    }

    [Fact]
    public async Task Signing_in_again_gives_a_new_session_and_kills_the_old_one()
    {
        var (here, thief) = (As(Cast.Nobody), As(Cast.Nobody));
        var page = await here.GetAsync("/sign-in?returnUrl=/account");
        await SignIn.FillAsync(page, Cast.Anna.Email, Cast.Anna.Password);
        var old = here[Sessions.Cookie]!;
        thief.SetCookie(Sessions.Cookie, old);
        Assert.True(await IsInAsync(thief));

        // The form of before is bound to nobody: the account's page gives one that is good now.
        var token = (await here.GetAsync("/account")).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        await here.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("Input.Login", Cast.Anna.Email), new("Input.Password", Cast.Anna.Password), new("__RequestVerificationToken", token)]),
        }, follow: false);
        Assert.NotEqual(old, here[Sessions.Cookie]);
        Assert.True(await IsInAsync(here));
        Assert.False(await IsInAsync(thief));
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions()
    {
        var (here, there) = (As(Cast.Admin), As(Cast.Admin));
        Assert.True(await IsInAsync(there));
        var page = await here.GetAsync("/account/password");
        await page.Form().Fill("Input.Current", Cast.Admin.Password).Fill("Input.New", "another sentence of mine").SubmitAsync();
        Assert.True(await IsInAsync(here));
        Assert.False(await IsInAsync(there));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_made_up_ones_are_refused_without_a_query()
    {
        var page = await As(Cast.Nobody).GetAsync("/sign-in");
        var answer = await page.Form().Fill("Input.Login", Cast.Ben.Email).Fill("Input.Password", Cast.Ben.Password).SubmitAsync(follow: false);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(Sessions.Cookie, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        var stranger = As(Cast.Nobody);
        stranger.SetCookie(Sessions.Cookie, "CfDJ8Mmade-up");
        var sent = await Server.Sql.DuringAsync(async () => Assert.Equal(302, (await stranger.PeekAsync("/account")).Status));
        // The worker asks for jobs at any moment.
        Assert.DoesNotContain(sent, q => !q.Text.Contains("FROM job", StringComparison.Ordinal) && !q.Text.Contains("FROM \"job\"", StringComparison.Ordinal));
    }

    private static async Task<bool> IsInAsync(Browserlike browser) => (await browser.PeekAsync("/account")).Status == 200;
}

public sealed class RememberedSessionTests(StillServer server) : HttpTests<StillServer>(server)
{
    [Fact]
    public async Task A_request_within_five_seconds_asks_the_database_nothing_about_the_session()
    {
        var browser = As(Cast.Anna);
        await browser.GetAsync("/account/password");
        var sent = await Server.Sql.DuringAsync(() => browser.GetAsync("/account/password"));
        Assert.DoesNotContain(sent, q => q.Text.Contains("session", StringComparison.Ordinal));
    }
}
