using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>Keeps what a person likes with the account, and in cookies for the pages outside it.</summary>
internal sealed class Preferences(LiaisonDb db, CurrentViewer current, Sessions sessions) : IKeepPreferences
{
    public async Task KeepLanguageAsync(string language, CancellationToken cancel)
    {
        var user = await db.Set<User>().SingleAsync(u => u.Id == current.Viewer.UserId, cancel);
        user.Language = language;
        await db.SaveChangesAsync(cancel);
        sessions.Forget(user.Id);
    }

    public static void Send(HttpContext http, string language, string theme)
    {
        // Written by the page's script as well, so not HttpOnly.
        var options = Sessions.Options(http, TimeSpan.FromDays(365));
        options.HttpOnly = false;
        http.Response.Cookies.Append("liaison.language", language, options);
        http.Response.Cookies.Append("theme", theme, options);
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
