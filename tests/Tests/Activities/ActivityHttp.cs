using Liaison.Activities;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Liaison.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Activities;

/// <summary>Contacts to record actions with, and what became of them.</summary>
public abstract class ActivityHttp(LiaisonServer server) : HttpTests(server)
{
    protected async Task<long> ContactAsync(string first, string last, ContactStatus start = ContactStatus.Lead, Person? responsible = null, ContactAccess access = ContactAccess.Private, DateTime? createdAt = null)
    {
        await using var db = Db();
        var contact = new Contact
        {
            FirstName = first, LastName = last, Status = start, InitialStatus = start, Access = access, CreatedAt = createdAt ?? Server.Clock.Now.AddDays(-30), CreatedById = (responsible ?? Cast.Anna).Id,
            Responsibles = [new ContactResponsible { UserId = (responsible ?? Cast.Anna).Id }],
        };
        contact.StatusSince = contact.CreatedAt;
        contact.StatusCauseJson = new StatusCause("created").ToString();
        contact.Derive();
        db.Add(contact);
        await db.SaveChangesAsync();
        return contact.Id;
    }

    protected async Task<Contact> StoredAsync(long id)
    {
        await using var db = Db();
        return await db.Set<Contact>().IgnoreQueryFilters().AsNoTracking().SingleAsync(c => c.Id == id);
    }

    protected async Task<Dictionary<string, long>> TypeIdsAsync()
    {
        await using var db = Db();
        return await db.Set<ActivityType>().ToDictionaryAsync(t => t.Key, t => t.Id);
    }

    protected async Task<ContactStatus> StatusAsync(long id) => (await StoredAsync(id)).Status;

    protected async Task<List<Activity>> ActivitiesAsync(long contactId)
    {
        await using var db = Db();
        return await db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Include(a => a.Responses).Where(a => a.ContactId == contactId).OrderBy(a => a.Id).ToListAsync();
    }

    protected static Task<PageResult> OpenAsync(Browserlike browser, long contactId) => browser.GetAsync($"/contacts/{contactId}/activities/new");

    /// <summary>Records through the form; the answer is not followed.</summary>
    protected static async Task<PageResult> RecordAsync(Browserlike browser, long contactId, string type, string? outcome = null, string? direction = null, string? at = null, string? details = null)
    {
        var form = (await OpenAsync(browser, contactId)).Expect(200).Form("#composer form").Choose("Activity.Type", type);
        if (outcome is not null) form.Choose("Activity.Outcome", outcome);
        if (direction is not null) form.Choose("Activity.Direction", direction);
        if (at is not null) form.Fill("Activity.OccurredAt", at);
        if (details is not null) form.Fill("Activity.Details", details);
        return (await form.SubmitAsync(follow: false)).Expect(303);
    }

    /// <summary>Posts to an address that any page's undo button posts to.</summary>
    protected static Task<PageResult> PostAsync(Browserlike browser, PageResult page, string address)
    {
        var token = page.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        return browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]) }, follow: false);
    }

    protected string Local(DateTime utc, Person person)
    {
        using var db = Db();
        return ActivityForm.Written(new Kernel.Access.Viewer { Zone = Zone(db, person) }, utc);
    }

    private static TimeZoneInfo Zone(LiaisonDb db, Person person) =>
        TimeZoneInfo.FindSystemTimeZoneById(db.Set<Liaison.Access.User>().Where(u => u.Id == person.Id).Select(u => u.Zone).Single());
}
