using Liaison.Contacts.Trash;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;

namespace Liaison.Contacts.Api;

/// <summary>A contact in the trash: brought back at contacts/{id}/restoration.</summary>
public sealed record TrashReply(long Id, string Name, string? CompanyName, DateTime DeletedAt, By By);

/// <summary>/api/v1/trash</summary>
internal static class TrashApi
{
    private const string Order = "-deletedAt";

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/trash", ListAsync).Permission("contacts.delete").Permission("contacts.view").WithTags("trash").Lists<TrashReply>("listTrash", "q");

    private static async Task<IResult> ListAsync(HttpContext http, TrashList trash, CancellationToken cancel)
    {
        var (limit, query) = (Answers.Limit(http), http.Request.Query["q"].ToString());
        var rows = await trash.RowsAsync(query, Answers.Place(http, Order), limit, cancel);
        var items = rows.Take(limit).Select(r => new TrashReply(r.Id, r.Name, r.Company.Length == 0 ? null : r.Company, r.DeletedAt, new(r.ById, r.By))).ToList();
        return Answers.List(items, rows.Count > limit ? Answers.After(http, Order, Cursor.KeyOf(rows[limit - 1].DeletedAt), rows[limit - 1].Id) : null, await trash.CountAsync(query, cancel));
    }
}
