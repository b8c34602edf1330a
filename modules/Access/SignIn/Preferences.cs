using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Access;

/// <summary>Cookies that let pages outside an account look as its owner likes.</summary>
internal static class Preferences
{
    public static void Send(HttpContext http, string language, string theme)
    {
        SendLanguage(http, language);
        http.Response.Cookies.Append("theme", theme, ForScript(http));
    }

    public static void SendLanguage(HttpContext http, string language) => http.Response.Cookies.Append("liaison.language", language, ForScript(http));

    private static CookieOptions ForScript(HttpContext http)
    {
        var options = Sessions.Options(http, TimeSpan.FromDays(365));
        options.HttpOnly = false;
        return options;
    }
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
