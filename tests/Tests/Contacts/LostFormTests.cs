using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

/// <summary>A form that is sent after its contact went away or was closed: what was typed is shown and can be kept.</summary>
public sealed class LostFormTests(LiaisonServer server) : HttpTests(server)
{
    private static readonly string Long = string.Join('\n', Enumerable.Range(0, 90).Select(i => $"Line {i}"));

    [Theory]
    [InlineData("edit")]
    [InlineData("facts/description")]
    public async Task A_deleted_contact_is_brought_back_with_what_was_typed(string form)
    {
        var anna = As(Cast.Anna);
        var id = await Server.ContactAsync(Cast.Anna, "Perdue", i => i.Industry = "Bois");
        var typed = (await anna.GetAsync($"/contacts/{id}/{form}")).Expect(200).Form("main form[data-draft]").Fill("Input.Description", Long);
        (await Api(Cast.Admin).DeleteAsync($"contacts/{id}")).Expect(204);
        var lost = (await typed.SubmitAsync()).Expect(404);
        Assert.StartsWith(lost.Find("main h1").TextContent, lost.Document.Title, StringComparison.Ordinal);
        Assert.Contains("Line 89", lost.Find("main table").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Bois", lost.Find("main table").TextContent, StringComparison.Ordinal);
        var saved = (await lost.Form("main form[data-draft]").SubmitAsync("button[name=Restore]")).Expect(200);
        Assert.Equal($"/contacts/{id}", saved.Url);
        var stored = await Server.StoredAsync(id);
        Assert.Equal((null, Long, "Bois", "Perdue"), (stored.DeletedAt, stored.Description, stored.Industry, stored.LastName));
    }

    [Fact]
    public async Task A_contact_that_is_others_now_leaves_what_was_typed_for_a_new_one_and_tells_no_more_than_one_that_never_was()
    {
        var ben = As(Cast.Ben);
        var id = await Server.ContactAsync(Cast.Anna, "Retirée", i => i.Access = ContactAccess.ReadWrite);
        var typed = (await ben.GetAsync($"/contacts/{id}/edit")).Expect(200).Form("main form[data-draft]").Fill("Input.JobTitle", "Acheteuse");
        (await Api(Cast.Anna).PatchAsync($"contacts/{id}", new { access = "private", lastName = "Secrète" })).Expect(200);
        var lost = (await typed.SubmitAsync()).Expect(404);
        Assert.Contains("Acheteuse", lost.Find("main table").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Secrète", lost.Html, StringComparison.Ordinal);
        Assert.Empty(lost.All("button[name=Restore]"));
        var never = (await ben.PostAsync($"/contacts/{long.MaxValue}/edit", ("Input.Kind", "person"), ("Input.JobTitle", "Acheteuse"))).Expect(404);
        Assert.Equal(lost.Find("main .errors").TextContent, never.Find("main .errors").TextContent);

        var anew = await lost.Form("main form[data-draft]").SubmitAsync("button[formaction='/contacts/new']");
        var form = anew.Form("main form.card");
        Assert.Equal(("Retirée", "Acheteuse"), (form["Input.LastName"], form["Input.JobTitle"]));
        (await form.SubmitAsync()).Expect(200);
        await using var db = Db();
        Assert.Equal(2, await db.Set<Contact>().IgnoreQueryFilters().CountAsync(c => c.LastName == "Retirée" || c.LastName == "Secrète"));
    }

    [Fact]
    public async Task A_contact_that_may_only_be_read_now_shows_what_was_typed()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Fermée", i => i.Access = ContactAccess.ReadWrite);
        var typed = (await As(Cast.Ben).GetAsync($"/contacts/{id}/edit")).Expect(200).Form("main form[data-draft]").Fill("Input.JobTitle", "Acheteuse");
        (await Api(Cast.Anna).PatchAsync($"contacts/{id}", new { access = "read" })).Expect(200);
        Assert.Contains("Acheteuse", (await typed.SubmitAsync()).Expect(403).Find("main table").TextContent, StringComparison.Ordinal);
        Assert.Equal("", (await Server.StoredAsync(id)).JobTitle);
    }

    [Fact]
    public async Task Whoever_may_not_restore_a_contact_does_not_do_so_by_the_form()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Lue", i => i.Access = ContactAccess.Read);
        (await Api(Cast.Anna).DeleteAsync($"contacts/{id}")).Expect(204);
        var answer = await As(Cast.Ben).PostAsync($"/contacts/{id}/edit", ("Restore", "true"), ("Input.JobTitle", "Acheteuse"));
        Assert.Empty(answer.Expect(404).All("button[name=Restore]"));
        Assert.NotNull((await Server.StoredAsync(id)).DeletedAt);
    }
}
