using Microsoft.AspNetCore.Http;

namespace Liaison.Access;

/// <summary>Addresses inside Liaison: where a person is sent back to after signing in, and never anywhere else.</summary>
public static class LocalUrl
{
    /// <summary>The address when it is a path of this site, otherwise the home page. Browsers read "/\" as "//" and skip control characters.</summary>
    public static string OrHome(string? url) =>
        url is { Length: > 0 and < 4000 } && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(c => char.IsControl(c)) && !LeadsToSignIn(url) ? url : "/";

    /// <summary>The page the request was sent from, when it is one of ours.</summary>
    internal static string Referrer(HttpContext http) =>
        Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == http.Request.Host.Value ? OrHome(from.PathAndQuery) : "/";

    private static bool LeadsToSignIn(string url) => url.StartsWith("/sign-in", StringComparison.OrdinalIgnoreCase) || url.StartsWith("/sign-out", StringComparison.OrdinalIgnoreCase);
}
