using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Host;

/// <summary>A form that cannot be read is answered with what is wrong, never with a failure or with half of it saved.</summary>
public sealed class FormsTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("Input.LastName")]
    [InlineData("Input.Description")]
    public async Task A_character_that_is_no_text_is_named_with_its_field(string field)
    {
        var page = (await As(Cast.Anna).GetAsync("/contacts/new")).Expect(200);
        var answer = (await page.Form("main form.card").Fill("Input.LastName", "Nulle").Fill(field, "Nulle\0part").SubmitAsync()).Expect(422);
        Assert.StartsWith("La saisie contient des erreurs", answer.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.StartsWith($"Champ « {field} » :", answer.Find("[data-mishap] li").TextContent.Replace('\u202F', ' '), StringComparison.Ordinal);
        Assert.Contains("NUL", answer.Find("[data-mishap] li").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(answer.All(".side .nav a"));
        await using var db = Db();
        Assert.False(await db.Set<Contact>().AnyAsync(c => c.LastName.StartsWith("Nulle")));
    }

    [Fact]
    public async Task So_it_is_in_a_form_with_a_file()
    {
        var page = (await As(Cast.Anna).GetAsync("/imports/new?target=contacts")).Expect(200);
        var answer = (await page.Form("main form.card").Add("remark", "a\0b").Attach("file", "a.csv", "Nom\nA\n"u8.ToArray()).SubmitAsync()).Expect(422);
        Assert.Contains("remark", answer.Find("[data-mishap] li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_in_an_address()
    {
        var answer = (await As(Cast.Anna).GetAsync("/contacts?q=a%00b")).Expect(400);
        Assert.Contains("q", answer.Find("[data-mishap] li").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Cette demande n’a pas été comprise", answer.Find("h1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_too_many_fields_says_that_it_was_not_understood()
    {
        var page = (await As(Cast.Anna).GetAsync("/contacts/new")).Expect(200);
        var form = page.Form("main form.card").Fill("Input.LastName", "Beaucoup");
        for (var i = 0; i < 1100; i++) form.Add("tag", "x");
        Assert.StartsWith("Cette demande n’a pas été comprise", (await form.SubmitAsync()).Expect(400).Find("h1").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/contacts")]
    [InlineData("/contacts/{0}")]
    [InlineData("/contacts/{0}/journal")]
    [InlineData("/contacts/{0}/status-history")]
    [InlineData("/contacts/duplicates?lastName=x")]
    [InlineData("/activities")]
    [InlineData("/search")]
    [InlineData("/imports")]
    public async Task A_form_sent_to_a_page_that_takes_none_is_refused(string address)
    {
        var anna = As(Cast.Anna);
        var id = (await Api(Cast.Anna).PostAsync("contacts", new { lastName = "Lue" })).Expect(201).Id;
        var token = (await anna.GetAsync("/account")).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        var answer = await anna.SendAsync(new HttpRequestMessage(HttpMethod.Post, string.Format(System.Globalization.CultureInfo.InvariantCulture, address, id))
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]),
        });
        Assert.NotEmpty(answer.Expect(405).Find("h1").TextContent);
        Assert.NotEmpty(answer.All(".side .nav a"));
    }
}
