using Liaison.Kernel.Access;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Host.Shell;

/// <summary>POST /preferences: theme, folded navigation and language, remembered by this browser (and the account's language by the account).</summary>
[AllowAnonymous]
public sealed class PreferencesModel(CurrentViewer current, IEnumerable<IKeepPreferences> keepers) : PageModel
{
    /// <summary>Nothing to see: back to the home page.</summary>
    public IActionResult OnGet() => Redirect("/");

    /// <summary>Remembers what was sent and goes back to where it was sent from.</summary>
    public async Task<IActionResult> OnPostAsync(string? theme, string? nav, string? language, CancellationToken cancel)
    {
        if (theme is not ("light" or "dark" or "auto")) theme = null;
        if (language is not null && !Cultures.Codes.Contains(language, StringComparer.Ordinal)) language = null;
        if (theme is not null) Remember("theme", theme);
        if (nav is "icons" or "full") Remember("nav", nav);
        if (language is not null) Remember("liaison.language", language);
        if (current.Viewer.UserId != 0 && (theme ?? language) is not null) foreach (var keeper in keepers) await keeper.KeepAsync(language, theme, cancel);
        Response.StatusCode = StatusCodes.Status303SeeOther;
        Response.Headers.Location = Back();
        return new EmptyResult();
    }

    private void Remember(string name, string value) =>
        Response.Cookies.Append(name, value, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, IsEssential = true });

    private string Back() =>
        Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == Request.Host.Value && Url.IsLocalUrl(from.PathAndQuery) ? from.PathAndQuery : "/";
}
