using Liaison.Contacts;
using Liaison.Kernel.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Api;

/// <summary>A server that answers six requests a minute to each token; its clock stands still.</summary>
public sealed class SlowServer : LiaisonServer
{
    public SlowServer() => Clock.Stop();

    protected override void Configure(IServiceCollection services) => services.AddSingleton(new RateSetting(6));
}

/// <summary>Who asks too often is told when to go on; nobody else notices.</summary>
public sealed class RateLimitTests(SlowServer server) : HttpTests<SlowServer>(server)
{
    [Fact]
    public async Task Too_many_requests_are_held_back_and_come_back_one_by_one()
    {
        using var anna = Api(Cast.Anna);
        for (var i = 0; i < 6; i++) (await anna.GetAsync("me")).Expect(200);
        var refused = (await anna.PostAsync("contacts", new { lastName = "Too much" })).ExpectProblem(429);
        Assert.Equal(("10", "Too many requests; try again in 10 seconds."), (refused.Headers["Retry-After"], refused["title"].GetString()));
        Assert.Equal("Trop de demandes ; réessayez dans 10 secondes.", (await anna.In("fr").GetAsync("me")).ExpectProblem(429)["title"].GetString());
        using (var raw = await anna.Http.GetAsync("me")) Assert.Equal("application/problem+json", raw.Content.Headers.ContentType?.MediaType);
        await using (var db = Db()) Assert.False(await db.Set<Contact>().AnyAsync(c => c.LastName == "Too much"));

        using (var ben = Api(Cast.Ben)) (await ben.GetAsync("me")).Expect(200);
        (await As(Cast.Anna).GetAsync("/contacts")).Expect(200);

        Server.Clock.Advance(TimeSpan.FromSeconds(9));
        var soon = (await anna.In("fr").GetAsync("me")).ExpectProblem(429);
        Assert.Equal(("1", "Trop de demandes ; réessayez dans 1 seconde."), (soon.Headers["Retry-After"], soon["title"].GetString()));
        Server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await anna.GetAsync("me")).Expect(200);
        (await anna.GetAsync("me")).ExpectProblem(429);
        Server.Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 6; i++) (await anna.GetAsync("me")).Expect(200);
        (await anna.GetAsync("me")).ExpectProblem(429);
    }

    [Fact]
    public async Task Strangers_are_counted_by_their_address()
    {
        using var nobody = Api(Cast.Nobody);
        for (var i = 0; i < 6; i++) (await nobody.GetAsync("me")).ExpectProblem(401);
        (await nobody.GetAsync("me")).ExpectProblem(429);
        using var admin = Api(Cast.Admin);
        (await admin.GetAsync("me")).Expect(200);
    }
}
