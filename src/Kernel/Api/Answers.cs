using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Liaison.Kernel.Api;

/// <summary>Answers of the API that are alike everywhere.</summary>
public static class Answers
{
    /// <summary>JSON in the API's form.</summary>
    public static IResult Json(object value, int status = 200) => Results.Json(value, ApiJson.Options, statusCode: status);

    /// <summary>404 for what is missing or invisible.</summary>
    public static IResult Missing(HttpContext http) => Problem(http, 404, "api.error.missing");

    /// <summary>422 with the messages by field.</summary>
    public static IResult Invalid(HttpContext http, Problems problems) => Problem(http, 422, "api.error.invalid", problems.ByField(Texts(http)));

    /// <summary>A problem (RFC 9457) with a title in the caller's language.</summary>
    public static IResult Problem(HttpContext http, int status, string text, IDictionary<string, string[]>? errors = null, params object?[] arguments)
    {
        var texts = Texts(http);
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["type"] = "about:blank", ["title"] = arguments.Length == 0 ? texts[text] : texts[text, arguments], ["status"] = status,
            ["traceId"] = http.TraceIdentifier,
        };
        if (errors is { Count: > 0 }) body["errors"] = errors;
        return Results.Json(body, ApiJson.Options, "application/problem+json", status);
    }

    /// <summary>A list's reply; without a count, how many there are is not known.</summary>
    public static IResult List<T>(IReadOnlyList<T> items, string? nextCursor, CappedCount? count = null) =>
        Json(new ListReply<T>(items, nextCursor, count?.Value, count?.IsCapped ?? false));

    /// <summary>A page of a short list that is known whole, in its own order.</summary>
    /// <exception cref="BadFieldException">The entry behind which the page begins is gone.</exception>
    public static IResult PageOf<T>(HttpContext http, List<T> items, Func<T, long> id)
    {
        var (limit, from) = (Limit(http), 0);
        if (Place(http, "position") is { } place && (from = items.FindIndex(i => id(i) == place.Id) + 1) == 0) throw new BadFieldException("cursor", "api.error.cursor");
        var page = items.Skip(from).Take(limit).ToList();
        return List(page, from + page.Count < items.Count ? After(http, "position", "", id(page[^1])) : null, CappedCount.Of(items.Count));
    }

    /// <summary>The new record: 201 with its address and its ETag.</summary>
    public static IResult Created(HttpContext http, string address, object value, long version)
    {
        http.Response.Headers.Location = "/api/v1/" + address;
        return Versioned(http, value, version, 201);
    }

    /// <summary>409: the state of things forbids it.</summary>
    public static IResult Conflict(HttpContext http, string text, params object?[] arguments) => Problem(http, 409, text, null, arguments);

    /// <summary>403: visible, but not to be changed by this account.</summary>
    public static IResult Forbidden(HttpContext http) => Problem(http, 403, "api.error.notYours");

    /// <summary>204: done, nothing to say.</summary>
    public static IResult Done() => Results.StatusCode(204);

    /// <summary>The record with its ETag.</summary>
    public static IResult Versioned(HttpContext http, object value, long version, int status = 200)
    {
        http.Response.Headers.ETag = ETag(version);
        return Json(value, status);
    }

    /// <summary>The ETag of a version.</summary>
    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether If-Match is absent, "*" or names this version.</summary>
    public static bool Matches(HttpContext http, long version) => Names(http.Request.Headers.IfMatch, ETag(version));

    /// <summary>A record without a version: its ETag is made of what can change in it.</summary>
    public static IResult Tagged(HttpContext http, object value, string content, int status = 200)
    {
        http.Response.Headers.ETag = TagOf(content);
        return Json(value, status);
    }

    /// <summary>Whether If-Match is absent, "*" or names this content.</summary>
    public static bool MatchesTag(HttpContext http, string content) => Names(http.Request.Headers.IfMatch, TagOf(content));

    private static string TagOf(string content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8))}\"";

    private static bool Names(StringValues wanted, string tag) =>
        wanted.Count == 0 || wanted.Any(v => v is not null && v.Split(',').Any(e => e.Trim() == "*" || e.Trim() == tag));

    /// <summary>412: the record changed since; nothing was written.</summary>
    public static IResult Stale(HttpContext http) => Problem(http, 412, "api.error.stale");

    /// <summary>The cursor of a list in this order; null at its beginning.</summary>
    /// <exception cref="BadFieldException">It is not one, or of another list or order.</exception>
    public static Cursor? Place(HttpContext http, string order)
    {
        var text = http.Request.Query["cursor"].ToString();
        if (text.Length == 0) return null;
        var begin = BeginOf(http, order);
        return Cursor.Parse(text) is { Before: false } cursor && cursor.Key.StartsWith(begin, StringComparison.Ordinal)
            ? cursor with { Key = cursor.Key[begin.Length..] } : throw new BadFieldException("cursor", "api.error.cursor");
    }

    /// <summary>The cursor after a row, bound to its list and the order of it.</summary>
    public static string After(HttpContext http, string order, string key, long id) => new Cursor(BeginOf(http, order) + key, id, false).ToString();

    private static string BeginOf(HttpContext http, string order) => $"{http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName}|{order}|";

    /// <summary>?limit, 1 to 500, 50 when absent.</summary>
    /// <exception cref="BadFieldException">Not a number in that range.</exception>
    public static int Limit(HttpContext http)
    {
        var text = http.Request.Query["limit"].ToString();
        if (text.Length == 0) return 50;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= 500
            ? limit : throw new BadFieldException("limit", "api.error.limit");
    }

    private static Localizer Texts(HttpContext http) => http.RequestServices.GetRequiredService<Localizer>();
}
