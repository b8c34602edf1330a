using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Access;

/// <summary>Cookies that let pages outside an account look as its owner likes.</summary>
internal static class Preferences
{
    public static void Send(HttpContext http, string language, string theme)
    {
        SendLanguage(http, language);
        // Read by script, which draws the page right at once.
        http.Response.Cookies.Append("theme", theme, new CookieOptions { SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = TimeSpan.FromDays(365), IsEssential = true });
    }

    public static void SendLanguage(HttpContext http, string language) =>
        http.Response.Cookies.Append("liaison.language", language, Sessions.Options(http, TimeSpan.FromDays(365)));
}

/// <summary>303: what was sent was done; look there.</summary>
internal sealed class SeeOther(string url) : ActionResult
{
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = 303;
        context.HttpContext.Response.Headers.Location = url;
    }
}
