using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Liaison.Kernel.Api;

/// <summary>What holds for every request below /api/v1.</summary>
public static class ApiGate
{
    /// <summary>Most bytes of a JSON body; files have the server's own limit.</summary>
    public const long MostJson = 5_000_000;

    /// <summary>Before the endpoint is chosen: HEAD is GET without a body, and JSON has a limit.</summary>
    public static Task Prepare(HttpContext http, RequestDelegate next)
    {
        if (!IsApi(http)) return next(http);
        var request = http.Request;
        http.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(request.Method)) request.Method = HttpMethods.Get; // the server sends no body to HEAD
        if (request.HasJsonContentType())
        {
            if (request.ContentLength > MostJson) http.Response.StatusCode = 413;
            else if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostJson;
        }
        return next(http);
    }

    /// <summary>Once the language is known: OPTIONS names the methods, and a refusal without words gets a problem.</summary>
    public static async Task Explain(HttpContext http, RequestDelegate next)
    {
        if (!IsApi(http)) { await next(http); return; }
        var response = http.Response;
        if (response.StatusCode != 413) await next(http);
        if (response.HasStarted) return;
        if (HttpMethods.IsOptions(http.Request.Method) && response.StatusCode == 405) { response.StatusCode = 204; return; }
        if (response.StatusCode < 400 || response.ContentType is not null || response.ContentLength is not null) return;
        await Problem(http, response.StatusCode).ExecuteAsync(http);
    }

    /// <summary>The problem that says what a status means.</summary>
    public static IResult Problem(HttpContext http, int status) => status == 413 ? Answers.Problem(http, 413, "api.error.tooLarge", null, MostMegabytes(http)) : Answers.Problem(http, status, TextOf(status));

    /// <summary>How large the body of this request may be.</summary>
    public static long MostMegabytes(HttpContext http) =>
        (IsApi(http) && http.Request.HasJsonContentType() ? MostJson : http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? MostJson) / 1_000_000;

    /// <summary>Whether it is a request to the API.</summary>
    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase);

    private static string TextOf(int status) => status switch
    {
        401 => "api.error.signIn", 403 => "api.error.forbidden", 404 => "api.error.missing", 405 => "api.error.method", 406 => "api.error.notAcceptable",
        413 => "api.error.tooLarge", 415 => "api.error.mediaType", >= 500 => "api.error.unexpected", _ => "api.error.invalid",
    };
}
