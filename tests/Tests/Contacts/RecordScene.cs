using Liaison.Contacts;
using Liaison.Kernel.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Contacts;

/// <summary>Contacts for the tests of pages, and ways to send to pages that offer no form.</summary>
internal static class RecordScene
{
    /// <summary>Somebody's view of the data.</summary>
    public static Viewer Eyes(this Person person) => new()
    {
        UserId = person.Id, Name = person.Name, SeesAll = person.IsAdministrator, MayAll = person.IsAdministrator,
        Permissions = new HashSet<string> { "contacts.view", "contacts.edit", "contacts.delete", "activities.view", "activities.edit" },
    };

    /// <summary>A person who is a contact of somebody.</summary>
    public static Task<long> ContactAsync(this LiaisonServer server, Person owner, string lastName, Action<ContactInput>? more = null) => server.InScopeAsync(owner.Eyes(), async services =>
    {
        var input = new ContactInput { FirstName = "Marie", LastName = lastName };
        more?.Invoke(input);
        if (input.Kind == ContactKind.Company) input.FirstName = input.LastName = null;
        var (contact, problems) = await services.GetRequiredService<SaveContact>().RunAsync(null, input, CancellationToken.None);
        Assert.Empty(problems.All);
        return contact!.Id;
    });

    /// <summary>The contact as it is stored, with its parts.</summary>
    public static async Task<Contact> StoredAsync(this LiaisonServer server, long id)
    {
        await using var db = server.Db();
        return await db.Set<Contact>().IgnoreQueryFilters().Include(c => c.Points).Include(c => c.Addresses).Include(c => c.Tags).Include(c => c.Responsibles).SingleAsync(c => c.Id == id);
    }

    /// <summary>Posts fields to an address with the token of another form.</summary>
    public static async Task<PageResult> PostAsync(this Browserlike browser, string url, params (string Name, string Value)[] fields)
    {
        var token = (await browser.GetAsync("/contacts/new")).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        }, follow: false);
    }
}
