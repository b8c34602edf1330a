using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Access;

/// <summary>A server whose clock stands still until a test moves it.</summary>
public sealed class StillServer : LiaisonServer
{
    public StillClock Still { get; } = new();

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Still);

    public sealed class StillClock : TimeProvider
    {
        private long _now = System.GetUtcNow().Ticks;

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

        public void Advance(TimeSpan span) => Interlocked.Add(ref _now, span.Ticks);
    }
}

public sealed class GuessingTests : HttpTests<StillServer>
{
    // Another day: neither account nor address is slowed down any more.
    public GuessingTests(StillServer server) : base(server) => server.Still.Advance(TimeSpan.FromDays(2));

    [Fact]
    public async Task Guesses_on_one_account_wait_longer_and_longer_and_the_owner_gets_in_after_the_wait()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(422, (await TryAsync(Cast.Anna.Email, "guess")).Status);
        Assert.Equal(1, Wait(await TryAsync(Cast.Anna.Email, "guess")));
        Assert.Equal(1, Wait(await TryAsync(Cast.Anna.Email, Cast.Anna.Password)));
        Server.Still.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(422, (await TryAsync(Cast.Anna.Email, "guess")).Status);
        Assert.Equal(2, Wait(await TryAsync(Cast.Anna.UserName, "guess")));
        for (var i = 0; i < 10; i++)
        {
            Server.Still.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(422, (await TryAsync(Cast.Anna.Email, "guess")).Status);
        }
        Assert.InRange(Wait(await TryAsync(Cast.Anna.Email, "guess")), 1, 60);
        Server.Still.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/account", (await TryAsync(Cast.Anna.Email, Cast.Anna.Password)).Url);
        for (var i = 0; i < 5; i++) Assert.Equal(422, (await TryAsync(Cast.Anna.Email, "guess")).Status);
    }

    [Fact]
    public async Task An_unknown_name_waits_as_an_account_does()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(422, (await TryAsync("nobody@liaison.example", "guess")).Status);
        Assert.Equal(1, Wait(await TryAsync("NOBODY@liaison.example", "guess")));
    }

    [Fact]
    public async Task Guesses_from_elsewhere_do_not_keep_the_owner_out_of_a_browser_that_is_known()
    {
        var known = As(Cast.Nobody);
        await SignIn.FillAsync(await known.GetAsync("/sign-in"), Cast.Ben.Email, Cast.Ben.Password);
        await (await known.GetAsync("/account")).Form("form[action='/sign-out']").SubmitAsync();
        for (var i = 0; i < 5; i++) await TryAsync(Cast.Ben.Email, "guess");
        Wait(await TryAsync(Cast.Ben.Email, Cast.Ben.Password));
        Assert.Equal("/account", (await SignIn.FillAsync(await known.GetAsync("/sign-in?returnUrl=/account"), Cast.Ben.Email, Cast.Ben.Password)).Url);
    }

    [Fact]
    public async Task Guesses_in_parallel_gain_nothing()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TryAsync("parallel@liaison.example", "guess")));
        Assert.Equal(5, answers.Count(a => a.Status == 422));
        Assert.Equal(7, answers.Count(a => a.Status == 429));
    }

    [Fact]
    public async Task Many_accounts_from_one_address_are_slowed_down_and_a_person_is_told_how_long()
    {
        PageResult page;
        var tried = 0;
        do page = await TryAsync($"name{++tried}@liaison.example", "guess"); while (page.Status == 422 && tried < 100);
        Assert.Equal(31, tried);
        var wait = Wait(page);
        Assert.Contains(wait.ToString(CultureInfo.InvariantCulture), page.Find("#problem").TextContent, StringComparison.Ordinal);
        Server.Still.Advance(TimeSpan.FromSeconds(wait));
        Assert.Equal(422, (await TryAsync("another@liaison.example", "guess")).Status);
    }

    private async Task<PageResult> TryAsync(string name, string password) =>
        await SignIn.FillAsync(await As(Cast.Nobody).GetAsync("/sign-in?returnUrl=/account"), name, password);

    private static int Wait(PageResult page) => int.Parse(page.Expect(429).Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);
}
