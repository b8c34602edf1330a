using System.Globalization;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Host;

/// <summary>The order in which a request passes.</summary>
internal static class Pipeline
{
    public static void Use(WebApplication app)
    {
        var configuration = app.Services.GetRequiredService<Configuration>();
        if (configuration.Proxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
            forwarded.KnownProxies.Clear();
            foreach (var proxy in configuration.Proxies) forwarded.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
            app.UseForwardedHeaders(forwarded);
        }
        if (configuration.IsDevelopment) About.SqlCount.Use(app);
        app.UseResponseCompression();
        app.Use(Headers);
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(ApiGate.Prepare);
        app.UseMiddleware<Failures>();
        app.UseMiddleware<AssetFiles>();
        app.UseMiddleware<Access.CrossSite>();
        app.UseMiddleware<Access.SignInInPlace>();
        app.UseRouting();
        app.Use(Methods);
        app.UseAuthentication();
        app.Use(Language);
        app.Use(ApiGate.Explain);
        app.UseMiddleware<RateLimit>();
        app.UseAuthorization();
        app.UseMiddleware<Forms>();
        app.UseAntiforgery();
        app.MapRazorPages();
        var api = app.MapGroup("/api/v1").AddApiFilters();
        foreach (var module in app.Services.GetRequiredService<ModuleList>().All)
        {
            module.Api(api);
            module.Routes(app);
        }
    }

    private static Task Headers(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        return next(http);
    }

    // Pages are read and sent; a page answers whatever it has no handler for as if it were read.
    private static Task Methods(HttpContext http, RequestDelegate next)
    {
        var method = http.Request.Method;
        if (http.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPost(method)) return next(http);
        http.Response.Headers.Allow = "GET, HEAD, POST";
        http.Response.StatusCode = HttpMethods.IsOptions(method) ? 204 : 405;
        return Task.CompletedTask;
    }

    private static Task Language(HttpContext http, RequestDelegate next)
    {
        Speak(http);
        return next(http);
    }

    /// <summary>Sets the language and formats of the request; they do not outlive the method that awaits the rest.</summary>
    internal static void Speak(HttpContext http)
    {
        var viewer = http.RequestServices.GetRequiredService<CurrentViewer>().Viewer;
        // A program says with each request which language it wants; a person chose theirs.
        var isApi = http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase);
        var preferred = isApi ? Preferred(http) : null;
        var culture = preferred is not null ? Cultures.Of(preferred) : viewer.UserId != 0 ? viewer.Culture : Cultures.Of(http.Request.Cookies["liaison.language"] ?? Preferred(http));
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
    }

    private static string? Preferred(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value)
        .FirstOrDefault(l => l is not null && (l.StartsWith("fr", StringComparison.OrdinalIgnoreCase) || l.StartsWith("en", StringComparison.OrdinalIgnoreCase)));
}
