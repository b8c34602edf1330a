using Liaison.Contacts.Labels;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Api;

/// <summary>What can be set on a tag.</summary>
public sealed class TagInput
{
    /// <summary>Tags that differ only by case or accents are one.</summary>
    public string? Name { get; set; }
}

/// <summary>Into which tag another one goes.</summary>
public sealed class TagMergeInput
{
    /// <summary>Id of the tag that stays.</summary>
    public long? Into { get; set; }
}

/// <summary>A tag, and how many contacts that the caller sees carry it.</summary>
public sealed record TagReply(long Id, string Name, int Contacts, bool ContactsIsCapped);

/// <summary>/api/v1/tags</summary>
internal static class TagsApi
{
    private const string Order = "name";

    public static void Map(RouteGroupBuilder api)
    {
        var tags = api.MapGroup("/tags").WithTags("tags");
        tags.MapGet("", ListAsync).Permission("contacts.view").Lists<TagReply>("listTags", "q");
        tags.MapGet("/{id:long}", ShowAsync).Permission("contacts.view").Gives<TagReply>("getTag");
        tags.MapPost("", CreateAsync).Permission("contacts.edit").Creates<TagInput, TagReply>("createTag");
        tags.MapPatch("/{id:long}", RenameAsync).Permission("contacts.configure").Changes<TagInput, TagReply>("renameTag");
        tags.MapPost("/{id:long}/merge", MergeAsync).Permission("contacts.configure").Answers<TagMergeInput, TagReply>("mergeTag").WithETag();
        tags.MapDelete("/{id:long}", DeleteAsync).Permission("contacts.configure").Deletes("deleteTag");
    }

    private static async Task<IResult> ListAsync(HttpContext http, SeenTags seen, ContactList contacts, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var tags = await seen.OfAsync(cancel);
        foreach (var word in SearchText.Words(http.Request.Query["q"].ToString())) tags = tags.Where(t => t.Key.Contains(word.Text));
        var count = await tags.Take(CappedCount.Limit + 1).CountAsync(cancel);
        if (Answers.Place(http, Order) is { Key: var key }) tags = tags.Where(t => string.Compare(t.Key, key) > 0);
        var rows = await tags.OrderBy(t => t.Key).Take(limit + 1).ToListAsync(cancel);
        var items = new List<TagReply>();
        foreach (var tag in rows.Take(limit)) items.Add(await WriteAsync(tag, contacts, cancel));
        return Answers.List(items, rows.Count > limit ? Answers.After(http, Order, rows[limit - 1].Key, rows[limit - 1].Id) : null, CappedCount.Of(count));
    }

    private static async Task<TagReply> WriteAsync(Tag tag, ContactList contacts, CancellationToken cancel)
    {
        var count = await contacts.CountAsync(new ContactFilter { Tags = [tag.Name] }, cancel);
        return new(tag.Id, tag.Name, count.Value, count.IsCapped);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, long id, SeenTags seen, ContactList contacts, CancellationToken cancel)
    {
        var tag = await (await seen.OfAsync(cancel)).FirstOrDefaultAsync(t => t.Id == id, cancel);
        return tag is null ? Answers.Missing(http) : Answers.Tagged(http, await WriteAsync(tag, contacts, cancel), tag.Name);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, LiaisonDb db, SeenTags seen, ChangeTag change, CancellationToken cancel)
    {
        var (name, problems) = Check(await ApiJson.ReadAsync<TagInput>(http.Request, cancel));
        return await db.AgainAsync(() => db.InTransactionAsync(async () =>
        {
            await db.LockAsync("tags", cancel: cancel);
            var key = SearchText.Fold(name);
            if (!problems.Any && await (await seen.OfAsync(cancel)).AnyAsync(t => t.Key == key, cancel)) problems.Add(nameof(TagInput.Name), "api.error.taken");
            if (problems.Any) return Answers.Invalid(http, problems);
            var tag = await change.MakeAsync(name!, cancel);
            http.Response.Headers.Location = $"/api/v1/tags/{tag.Id}";
            return Answers.Tagged(http, new TagReply(tag.Id, name!, 0, false), tag.Name, 201);
        }, cancel));
    }

    private static async Task<IResult> RenameAsync(HttpContext http, long id, LiaisonDb db, ChangeTag change, ContactList contacts, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await db.AgainAsync(() => db.InTransactionAsync(async () =>
        {
            await db.LockAsync("tags", cancel: cancel);
            var tag = await db.Set<Tag>().FirstOrDefaultAsync(t => t.Id == id, cancel);
            if (tag is null) return Answers.Missing(http);
            if (!Answers.MatchesTag(http, tag.Name)) return Answers.Stale(http);
            var (name, problems) = Check(ApiJson.Merge(body, new TagInput { Name = tag.Name }));
            var key = SearchText.Fold(name);
            if (!problems.Any && await db.Set<Tag>().AnyAsync(t => t.Key == key && t.Id != id, cancel)) problems.Add(nameof(TagInput.Name), "api.error.taken"); // two tags become one only on purpose
            if (problems.Any) return Answers.Invalid(http, problems);
            await change.RenameAsync(id, name, cancel);
            return Answers.Tagged(http, await WriteAsync(tag, contacts, cancel), tag.Name);
        }, cancel));
    }

    private static async Task<IResult> MergeAsync(HttpContext http, long id, LiaisonDb db, ChangeTag change, ContactList contacts, CancellationToken cancel)
    {
        var into = (await ApiJson.ReadAsync<TagMergeInput>(http.Request, cancel)).Into;
        return await db.AgainAsync(() => db.InTransactionAsync(async () =>
        {
            await db.LockAsync("tags", cancel: cancel);
            if (!await db.Set<Tag>().AnyAsync(t => t.Id == id, cancel)) return Answers.Missing(http);
            var problems = new Problems();
            var other = into is null || into == id ? null : await db.Set<Tag>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == into, cancel);
            if (other is null) problems.Add(nameof(TagMergeInput.Into), "api.error.badValue", "into");
            if (other is null || await change.MergeAsync(id, other.Id, cancel) != TagChange.Merged) return Answers.Invalid(http, problems);
            return Answers.Tagged(http, await WriteAsync(other, contacts, cancel), other.Name);
        }, cancel));
    }

    private static Task<IResult> DeleteAsync(HttpContext http, long id, LiaisonDb db, ChangeTag change, CancellationToken cancel) => db.AgainAsync(() => db.InTransactionAsync(async () =>
    {
        await db.LockAsync("tags", cancel: cancel);
        var tag = await db.Set<Tag>().FirstOrDefaultAsync(t => t.Id == id, cancel);
        if (tag is null) return Answers.Missing(http);
        if (!Answers.MatchesTag(http, tag.Name)) return Answers.Stale(http);
        await change.DeleteAsync(id, cancel);
        return Answers.Done();
    }, cancel));

    private static (string? Name, Problems Problems) Check(TagInput input)
    {
        var problems = new Problems();
        var name = ContactInput.Clean(input.Name);
        if (name is null || SearchText.Fold(name).Length == 0) problems.Add(nameof(input.Name), "api.error.required");
        else if (name.Length > ChangeTag.Longest) problems.Add(nameof(input.Name), "contacts.error.tooLong", ChangeTag.Longest);
        else if (name.Contains(',', StringComparison.Ordinal)) problems.Add(nameof(input.Name), "api.error.badValue", "name");
        return (name, problems);
    }
}
