namespace Liaison.Tests.Contacts;

/// <summary>A base without a contact: every view says how to begin, and a search what it did not find.</summary>
public sealed class EmptyBaseTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("", "/imports/new", "/contacts/new")]
    [InlineData("?status=lead", "/imports/new", "/contacts/new")]
    [InlineData("?kind=company", "/imports/new", "/contacts/new?kind=company")]
    [InlineData("?status=lead&city=Lyon", "/contacts?status=lead", "/contacts/new")]
    [InlineData("?q=dupont", "/contacts", "/contacts/new?name=dupont")]
    public async Task An_empty_view_says_what_to_do(string query, params string[] steps) =>
        Assert.Equal(steps, (await As(Cast.Admin).GetAsync("/contacts" + query)).Expect(200).All(".empty a").Select(a => a.GetAttribute("href")));
}
