using Liaison.Access;
using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Access;

/// <summary>What was typed into a form outlives the session, without script.</summary>
public sealed class KeptFormTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task What_was_typed_comes_back_after_signing_in_and_is_saved_once_confirmed()
    {
        var late = await SendLateAsync("Tardive");
        Assert.Contains("votre saisie est conservée", late.Expect(401).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tardive", late.Html, StringComparison.Ordinal);
        var wrong = (await late.Form("#sign-in").Fill("Input.Login", Cast.Anna.Email).Fill("Input.Password", "wrong").SubmitAsync()).Expect(422);
        var asked = (await wrong.Form("#sign-in").Fill("Input.Login", Cast.Anna.Email).Fill("Input.Password", Cast.Anna.Password).SubmitAsync()).Expect(200);
        Assert.Contains("Tardive", asked.Text, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("Tardive"));
        var record = (await asked.Form("#kept").SubmitAsync()).Expect(200);
        Assert.Matches("^/contacts/[0-9]+$", record.Url);
        Assert.Contains("Tardive", record.Text, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("Tardive"));
    }

    [Fact]
    public async Task Nobody_else_gets_what_was_typed()
    {
        var late = await SendLateAsync("Secrète");
        var other = await late.Form("#sign-in").Fill("Input.Login", Cast.Ben.Email).Fill("Input.Password", Cast.Ben.Password).SubmitAsync();
        Assert.DoesNotContain("Secrète", other.Expect(200).Html, StringComparison.Ordinal);
        Assert.Equal("/contacts/new", other.Url);

        var changed = await SendLateAsync("Falsifiée");
        var page = await changed.Form("#sign-in").Fill("Kept", "CfDJ8Mmade-up").Fill("Input.Login", Cast.Anna.Email).Fill("Input.Password", Cast.Anna.Password).SubmitAsync();
        Assert.Equal("/contacts/new", page.Expect(200).Url);
    }

    [Theory]
    [InlineData("/account", true)]
    [InlineData("/account/password", false)]
    public async Task Of_ones_own_account_all_but_passwords_is_kept(string address, bool isKept)
    {
        var browser = As(Cast.Nobody);
        var form = (await (await browser.GetAsync("/sign-in?returnUrl=" + address)).Form("#sign-in").Fill("Input.Login", Cast.Ben.Email).Fill("Input.Password", Cast.Ben.Password).SubmitAsync()).Expect(200).Form("main form");
        await using (var db = Db()) await db.Set<Session>().IgnoreQueryFilters().ExecuteDeleteAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(6));
        browser.With("Sec-Fetch-Mode", "navigate");
        var late = await form.SubmitAsync(follow: false);
        Assert.Equal(isKept ? 401 : 303, late.Status);
    }

    [Fact]
    public async Task Two_tabs_of_the_account_each_change_what_was_changed_in_them()
    {
        var ben = As(Cast.Ben);
        var (one, other) = (await ben.GetAsync("/account"), await ben.GetAsync("/account"));
        (await one.Form("main form.form").Fill("Input.Theme", "dark").SubmitAsync()).Expect(200);
        (await other.Form("main form.form").Fill("Input.Name", "Ben Durand-Roy").SubmitAsync()).Expect(200);
        await using var db = Db();
        var user = await db.Set<User>().SingleAsync(u => u.Id == Cast.Ben.Id);
        Assert.Equal(("Ben Durand-Roy", "dark"), (user.Name, user.Theme));
    }

    [Theory]
    [InlineData(300_000, "")]
    [InlineData(10, "cors")]
    public async Task What_is_too_large_or_sent_by_script_is_not_kept(int length, string mode) =>
        Assert.Equal(303, (await SendLateAsync(new string('x', length), mode, follow: false)).Status);

    private async Task<PageResult> SendLateAsync(string name, string mode = "navigate", bool follow = true)
    {
        var browser = As(Cast.Nobody);
        var page = await browser.GetAsync("/sign-in?returnUrl=/contacts/new");
        page = (await page.Form("#sign-in").Fill("Input.Login", Cast.Anna.Email).Fill("Input.Password", Cast.Anna.Password).SubmitAsync()).Expect(200);
        await using (var db = Db()) await db.Set<Session>().IgnoreQueryFilters().ExecuteDeleteAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(6));
        if (mode.Length > 0) browser.With("Sec-Fetch-Mode", mode);
        browser.With("Referer", new Uri(Server.Address, "/contacts/new").ToString());
        return await page.Form("main form.card").Fill("Input.LastName", name).SubmitAsync(follow: follow);
    }

    private async Task<int> CountAsync(string name)
    {
        await using var db = Db();
        return await db.Set<Contact>().IgnoreQueryFilters().CountAsync(c => c.LastName == name);
    }
}
