using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Liaison.Access;

/// <summary>Refuses what another site's page makes a browser send, besides the form tokens: browsers tell by Sec-Fetch-Site.</summary>
public sealed class CrossSite(RequestDelegate next)
{
    /// <summary>400 for a change asked for by another site; the API takes no cookie and is left alone.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (!IsForeign(http)) return next(http);
        http.Response.StatusCode = 400;
        return Task.CompletedTask;
    }

    private static bool IsForeign(HttpContext http)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)) return false;
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "" or "same-origin" or "none") return false;
        return !Doorkeeper.IsApi(http) && http.Features.Get<IStatusCodeReExecuteFeature>() is null; // the error page itself is ours
    }
}
