using System.Globalization;
using System.Security.Cryptography;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.HttpOverrides;

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
        app.UseResponseCompression();
        app.Use(Headers);
        app.UseMiddleware<Failures>();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = c => c.Context.Response.Headers.CacheControl = c.Context.Request.Query.ContainsKey("v") ? "public,max-age=31536000,immutable" : "public,max-age=300",
        });
        app.UseRouting();
        app.UseAuthentication();
        app.Use(Language);
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapRazorPages();
        var api = app.MapGroup("/api/v1").AddEndpointFilter<Idempotency>();
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
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        http.Items["nonce"] = nonce; // for the one style element that Turbo makes for its progress bar
        headers.ContentSecurityPolicy = $"default-src 'self'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        return next(http);
    }

    private static Task Language(HttpContext http, RequestDelegate next)
    {
        var viewer = http.RequestServices.GetRequiredService<CurrentViewer>().Viewer;
        var culture = viewer.UserId != 0 ? viewer.Culture : Cultures.Of(http.Request.Cookies["liaison.language"] ?? Preferred(http));
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        return next(http);
    }

    private static string? Preferred(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value)
        .FirstOrDefault(l => l is not null && (l.StartsWith("fr", StringComparison.OrdinalIgnoreCase) || l.StartsWith("en", StringComparison.OrdinalIgnoreCase)));
}
