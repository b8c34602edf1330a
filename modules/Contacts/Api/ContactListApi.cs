using Liaison.Contacts.Lists;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;

namespace Liaison.Contacts.Api;

/// <summary>GET /api/v1/contacts</summary>
internal static class ContactListApi
{
    private static readonly string[] Many = ["status", "tag", "ids"];

    /// <summary>Parameters besides limit and cursor.</summary>
    public static readonly string[] Query = ["sort", .. ContactFilter.Names.Select(n => Many.Contains(n) ? n + "*" : n)];

    public static async Task<IResult> ListAsync(HttpContext http, LiaisonDb db, ContactList list, ContactReplies replies, ContactLists lists, Localizer texts, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var sortText = http.Request.Query["sort"].ToString();
        var sort = ContactSort.Parse(sortText) ?? throw new BadFieldException("sort", "api.error.sort", sortText);
        var problems = new Problems();
        var filter = ContactFilter.Parse(http.Request.Query, db.Viewer, problems);
        var known = await lists.WithAsync(db, Key(filter.Type), Key(filter.Temperature), cancel);
        if (Key(filter.Type) is { } type && known.TypeId(type) is null) problems.Add("type", "contacts.error.type", type);
        if (Key(filter.Temperature) is { } warmth && known.TemperatureId(warmth) is null) problems.Add("temperature", "contacts.error.temperature", warmth);
        if (problems.Any) return Answers.Problem(http, 400, "api.error.invalid", problems.ByField(texts));

        var order = sort.ToString();
        var place = Answers.Place(http, order);
        var rows = await list.RowsAsync<Contact>(filter, sort, place, limit + 1, cancel) ?? throw new BadFieldException("cursor", "api.error.cursor");
        string? next = null;
        if (rows.Count > limit)
        {
            rows.RemoveAt(limit);
            next = Answers.After(http, order, sort.KeyOf(RowOf(rows[^1])), rows[^1].Id);
        }
        return Answers.List(await replies.OfAsync(rows, cancel), next, await list.CountAsync(filter, cancel));
    }

    private static readonly Func<Contact, ContactRow> RowOf = ContactRow.Of.Compile();

    private static string? Key(string? word) => word == "none" ? null : word;
}
