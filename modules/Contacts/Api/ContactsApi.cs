using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Api;

/// <summary>What may be the same as a contact that was sent.</summary>
/// <param name="Items">Contacts that the caller sees, the strongest reasons first, at most five.</param>
/// <param name="Ask">Users who know of one with the same e-mail or phone that the caller does not see.</param>
public sealed record DuplicatesReply(IReadOnlyList<PossibleDuplicate> Items, IReadOnlyList<string> Ask);

/// <summary>/api/v1/contacts</summary>
internal static class ContactsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var contacts = api.MapGroup("/contacts").WithTags("contacts");
        contacts.MapGet("", ContactListApi.ListAsync).Permission("contacts.view").Lists<ContactReply>("listContacts", ContactListApi.Query).SortsBy(ContactSort.Keys)
            .Holds<ContactStatus>("status").Holds<ContactKind>("kind").Holds<long>("company", "import", "ids").Holds<int>("inactive").Holds<DateOnly>("createdAfter", "createdBefore").HoldsOneOf("reminder", "yes", "no");
        // Whoever changes a contact gets it back: that is reading it.
        contacts.MapPost("", CreateAsync).Permission("contacts.edit").Permission("contacts.view").Creates<ContactInput, ContactReply>("createContact");
        contacts.MapGet("/{id:long}", ShowAsync).Permission("contacts.view").Gives<ContactReply>("getContact");
        contacts.MapPut("/{id:long}", ReplaceAsync).Permission("contacts.edit").Permission("contacts.view").Changes<ContactInput, ContactReply>("replaceContact");
        contacts.MapPatch("/{id:long}", PatchAsync).Permission("contacts.edit").Permission("contacts.view").Changes<ContactInput, ContactReply>("changeContact");
        contacts.MapDelete("/{id:long}", DeleteAsync).Permission("contacts.delete").Deletes("deleteContact");
        contacts.MapPost("/{id:long}/restoration", RestoreAsync).Permission("contacts.delete").Permission("contacts.view").Gives<ContactReply>("restoreContact");
        contacts.MapPost("/duplicates", DuplicatesAsync).Permission("contacts.view").Answers<ContactInput, DuplicatesReply>("findDuplicates", "except").Holds<long>("except");
        StatusApi.Map(contacts);
        AfterSaleApi.Map(api, contacts);
        TimelineApi.Map(contacts);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, long id, LiaisonDb db, ContactReplies replies, CancellationToken cancel)
    {
        var contact = await db.Contacts().FirstOrDefaultAsync(c => c.Id == id, cancel);
        if (contact is null) return Answers.Missing(http);
        return Answers.Versioned(http, (await replies.OfAsync([contact], cancel))[0], contact.Version);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, LiaisonDb db, SaveContact save, ContactReplies replies, Localizer texts, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        var input = ApiJson.Convert<ContactInput>(body);
        var (contact, problems) = await save.RunAsync(null, input, cancel);
        if (contact is null) return Answers.Invalid(http, problems);
        var alike = (await db.FindDuplicatesAsync(contact, cancel)).Select(d => new Effect("possibleDuplicate", d.Id, null, null, texts["contact.duplicate." + ContactFilter.Word(d.Reason)]));
        return Answers.Created(http, $"contacts/{contact.Id}", await replies.OfAsync(contact, [.. replies.Made(save.CompanyMade), .. alike], cancel), contact.Version);
    }

    private static async Task<IResult> ReplaceAsync(HttpContext http, long id, LiaisonDb db, SaveContact save, ContactReplies replies, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await ChangeAsync(http, id, db, save, replies, contact =>
        {
            var input = ApiJson.Convert<ContactInput>(body);
            // There is no contact without: left out, they stay.
            if (!body.ContainsKey("responsibles")) input.Responsibles = contact.Responsibles.ConvertAll(r => r.UserId);
            return Task.FromResult(input);
        }, cancel);
    }

    private static async Task<IResult> PatchAsync(HttpContext http, long id, LiaisonDb db, SaveContact save, ContactReplies replies, ContactLists lists, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await ChangeAsync(http, id, db, save, replies, async contact =>
        {
            var known = await lists.OfAsync(db, cancel);
            var tagIds = contact.Tags.ConvertAll(t => t.TagId);
            var tags = tagIds.Count == 0 ? [] : await db.Set<Tag>().Where(t => tagIds.Contains(t.Id)).Select(t => t.Name).ToListAsync(cancel);
            var now = ContactFields.Of(contact, tags, known.TypeKey(contact.TypeId), known.TemperatureKey(contact.TemperatureId));
            // A company that the caller does not see was not shown to them: no id is what they know.
            if (!await db.OpensCompanyAsync(now.CompanyId, cancel)) now.CompanyId = null;
            // The id of the company wins over its name: a new name alone must not be overruled by the id that is there.
            if (body.ContainsKey("companyName") && !body.ContainsKey("companyId")) now.CompanyId = null;
            // And without its id, the name that came with it goes.
            if (now.CompanyId is not null && body.TryGetPropertyValue("companyId", out var company) && company is null) now.CompanyName = null;
            return ApiJson.Merge(body, now);
        }, cancel);
    }

    private static Task<IResult> ChangeAsync(HttpContext http, long id, LiaisonDb db, SaveContact save, ContactReplies replies, Func<Contact, Task<ContactInput>> read, CancellationToken cancel) =>
        db.AgainAsync(async () =>
        {
            var contact = await db.Contacts().WithParts().FirstOrDefaultAsync(c => c.Id == id, cancel);
            if (contact is null) return Answers.Missing(http);
            if (!db.MayEdit(contact)) return Answers.Forbidden(http);
            if (!Answers.Matches(http, contact.Version)) return Answers.Stale(http);
            var (saved, problems) = await save.RunAsync(contact, await read(contact), cancel);
            if (saved is null) return Answers.Invalid(http, problems);
            return Answers.Versioned(http, await replies.OfAsync(saved, [.. replies.Made(save.CompanyMade), .. replies.Moved(save.Moved)], cancel), saved.Version);
        });

    private static Task<IResult> DeleteAsync(HttpContext http, long id, LiaisonDb db, DeleteContacts delete, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var contact = await db.Contacts().Where(c => c.Id == id).Select(c => new { c.Version }).FirstOrDefaultAsync(cancel);
        if (contact is null) return Answers.Missing(http);
        if (!Answers.Matches(http, contact.Version)) return Answers.Stale(http);
        return (await delete.RunAsync([id], cancel)).Count == 1 ? Answers.Done() : Answers.Forbidden(http);
    }, cancel);

    private static async Task<IResult> RestoreAsync(HttpContext http, long id, LiaisonDb db, DeleteContacts delete, ContactReplies replies, CancellationToken cancel)
    {
        // Looked at afterwards: somebody else may restore it at this moment.
        if (!await db.Contacts().AnyAsync(c => c.Id == id, cancel)) await delete.RestoreAsync([id], cancel);
        return await db.Contacts().AnyAsync(c => c.Id == id, cancel) ? await ShowAsync(http, id, db, replies, cancel)
            : await db.DeletedContacts().AnyAsync(c => c.Id == id, cancel) ? Answers.Forbidden(http) : Answers.Missing(http);
    }

    private static async Task<IResult> DuplicatesAsync(HttpContext http, LiaisonDb db, CancellationToken cancel)
    {
        var input = await ApiJson.ReadAsync<ContactInput>(http.Request, cancel);
        var except = http.Request.Query["except"].ToString();
        if (!long.TryParse(except.Length == 0 ? "0" : except, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id))
            throw new BadFieldException("except", "api.error.badValue", "except");
        return Answers.Json(new DuplicatesReply(await db.FindDuplicatesAsync(input, id, cancel), await db.FindHiddenOwnersAsync(input, cancel)));
    }
}
