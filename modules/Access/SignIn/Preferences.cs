using Microsoft.AspNetCore.Http;

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
