using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Liaison.Kernel.Api;

/// <summary>What holds for every request below /api: HEAD as GET without a body, OPTIONS, a limit for JSON bodies, and a problem for each refusal without words.</summary>
public sealed class ApiGate(RequestDelegate next)
{
    /// <summary>Most bytes of a JSON body; files have the server's own limit.</summary>
    public const long MostJson = 5_000_000;

    /// <summary>Lets the request pass.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase)) { await next(http); return; }
        var request = http.Request;
        var asked = request.Method;
        if (HttpMethods.IsHead(asked)) request.Method = HttpMethods.Get; // the server sends no body to HEAD
        if (request.HasJsonContentType() && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostJson;
        http.Response.Headers.CacheControl = "no-store";
        await next(http);
        request.Method = asked;
        var response = http.Response;
        if (HttpMethods.IsOptions(asked) && response.StatusCode == 405 && !response.HasStarted) { response.StatusCode = 204; return; }
        if (response.StatusCode < 400 || response.HasStarted || response.ContentType is not null || response.ContentLength is not null) return;
        await Answers.Problem(http, response.StatusCode, TextOf(response.StatusCode)).ExecuteAsync(http);
    }

    private static string TextOf(int status) => status switch
    {
        401 => "api.error.signIn", 403 => "api.error.forbidden", 404 => "api.error.missing", 405 => "api.error.method", 406 => "api.error.notAcceptable",
        413 => "api.error.tooLarge", 415 => "api.error.mediaType", >= 500 => "api.error.unexpected", _ => "api.error.invalid",
    };
}
