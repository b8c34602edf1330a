using System.Globalization;
using Liaison.Contacts.ShortLists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Contacts.Api;

/// <summary>/api/v1/contact-types and /api/v1/temperatures: short lists that administrators edit.</summary>
internal static class ContactListsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        Map(api.MapGroup("/contact-types").WithTags("contact-types"), "ContactType", http => http.RequestServices.GetRequiredService<ContactTypeList>());
        Map(api.MapGroup("/temperatures").WithTags("temperatures"), "Temperature", http => http.RequestServices.GetRequiredService<TemperatureList>());
    }

    private static void Map(RouteGroupBuilder routes, string name, Func<HttpContext, ShortList> list)
    {
        routes.MapGet("", async (HttpContext http, CancellationToken cancel) => Answers.PageOf(http, (await list(http).AllAsync(cancel)).ConvertAll(t => Reply(list(http), t)), t => t.Id))
            .Permission("contacts.view").Lists<ListEntryReply>($"list{name}s");
        routes.MapGet("/{id:long}", async (HttpContext http, long id, CancellationToken cancel) => await list(http).FindAsync(id, cancel) is { } found ? Tagged(http, list(http), found) : Answers.Missing(http))
            .Permission("contacts.view").Gives<ListEntryReply>($"get{name}");
        routes.MapPost("", (HttpContext http, CancellationToken cancel) => CreateAsync(http, list(http), cancel)).Permission("contacts.configure").Creates<ListEntryInput, ListEntryReply>($"create{name}");
        routes.MapPatch("/{id:long}", (HttpContext http, long id, LiaisonDb db, CancellationToken cancel) => ChangeAsync(http, id, db, list(http), cancel))
            .Permission("contacts.configure").Changes<ListEntryInput, ListEntryReply>($"change{name}");
        routes.MapDelete("/{id:long}", (HttpContext http, long id, LiaisonDb db, CancellationToken cancel) => DeleteAsync(http, id, db, list(http), cancel))
            .Permission("contacts.configure").DeletesOrReplaces($"delete{name}");
    }

    private static ListEntryReply Reply(ShortList list, ListEntry entry)
    {
        var set = list.InputOf(entry);
        return new(entry.Id, entry.Key, list.Name(entry), set.Color, entry.Position, set.Lifecycle);
    }

    private static IResult Tagged(HttpContext http, ShortList list, ListEntry entry, int status = 200) => Answers.Tagged(http, Reply(list, entry), list.Stamp(entry), status);

    private static async Task<IResult> CreateAsync(HttpContext http, ShortList list, CancellationToken cancel)
    {
        var (entry, problems) = await list.SaveAsync(null, await ApiJson.ReadAsync<ListEntryInput>(http.Request, cancel), cancel);
        if (entry is null) return Answers.Invalid(http, problems);
        http.Response.Headers.Location = FormattableString.Invariant($"/api/v1/{list.Path}/{entry.Id}");
        return Tagged(http, list, entry, 201);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, long id, LiaisonDb db, ShortList list, CancellationToken cancel)
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await db.InTransactionAsync(async () =>
        {
            await list.HoldAsync(cancel);
            if (await list.FindAsync(id, cancel) is not { } found) return Answers.Missing(http);
            if (!Answers.MatchesTag(http, list.Stamp(found))) return Answers.Stale(http);
            var (entry, problems) = await list.SaveAsync(found, ApiJson.Merge(body, list.InputOf(found)), cancel);
            return entry is null ? Answers.Invalid(http, problems) : Tagged(http, list, entry);
        }, cancel);
    }

    private static Task<IResult> DeleteAsync(HttpContext http, long id, LiaisonDb db, ShortList list, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await list.HoldAsync(cancel);
        if (await list.FindAsync(id, cancel) is not { } entry) return Answers.Missing(http);
        if (!Answers.MatchesTag(http, list.Stamp(entry))) return Answers.Stale(http);
        var (asked, by) = await ReplacementAsync(http, list, entry, cancel);
        if (!asked && (await list.CountAsync(id, cancel)).All > 0) return Answers.Conflict(http, "api.error.inUse");
        await list.DeleteAsync(entry, by, cancel);
        return Answers.Done();
    }, cancel);

    // What its contacts get instead: another entry, or "none".
    private static async Task<(bool Asked, ListEntry? By)> ReplacementAsync(HttpContext http, ShortList list, ListEntry entry, CancellationToken cancel)
    {
        var text = http.Request.Query["replaceWith"].ToString();
        if (text is "" or "none") return (text.Length > 0, null);
        var by = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var other) && other != entry.Id ? await list.FindAsync(other, cancel) : null;
        return by is null ? throw new BadFieldException("replaceWith", "api.error.replaceWith", text) : (true, by);
    }
}
