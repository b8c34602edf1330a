using System.Globalization;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>A list's reply.</summary>
    public static IResult List<T>(IReadOnlyList<T> items, string? nextCursor, CappedCount? count = null) => Json(new
    {
        items, nextCursor, count = count?.Value ?? items.Count, countIsCapped = count?.IsCapped ?? false,
    });

    /// <summary>The record with its ETag.</summary>
    public static IResult Versioned(HttpContext http, object value, long version, int status = 200)
    {
        http.Response.Headers.ETag = ETag(version);
        return Json(value, status);
    }

    /// <summary>The ETag of a version.</summary>
    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether If-Match is absent, "*" or names this version.</summary>
    public static bool Matches(HttpContext http, long version)
    {
        var wanted = http.Request.Headers.IfMatch;
        return wanted.Count == 0 || wanted.Any(v => v is not null && v.Split(',').Any(e => e.Trim() == "*" || e.Trim() == ETag(version)));
    }

    /// <summary>412: the record changed since; nothing was written.</summary>
    public static IResult Stale(HttpContext http) => Problem(http, 412, "api.error.stale");

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
