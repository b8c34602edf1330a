using Liaison.Kernel.Access;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Access.Pages;

/// <summary>GET, POST /sign-in</summary>
[AllowAnonymous]
public sealed class SignInPage(SigningIn signingIn, CurrentViewer current, Localizer texts) : PageModel
{
    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>User name or e-mail, as typed.</summary>
    [BindProperty]
    public string? Login { get; set; }

    /// <summary>What went wrong, if anything.</summary>
    public string? Problem { get; private set; }

    public IActionResult OnGet()
    {
        if (current.Viewer.UserId != 0) return Redirect(LocalUrl.OrHome(ReturnUrl));
        Login = TempData["login"] as string;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? password, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Login) || string.IsNullOrEmpty(password)) return Again(422, texts["access.signIn.incomplete"]);
        if (Login.Length > 300 || password.Length > 1000) return Again(422, texts["access.signIn.wrong"]);
        var outcome = await signingIn.TryAsync(Login, password, HttpContext, cancel);
        if (outcome.Wait > TimeSpan.Zero)
        {
            var seconds = (int)Math.Ceiling(outcome.Wait.TotalSeconds);
            Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Again(429, texts["access.signIn.wait", seconds]);
        }
        if (outcome.User is not { } user) return Again(422, texts["access.signIn.wrong"]);
        Preferences.Send(HttpContext, user.Language, user.Theme);
        return new SeeOther(user.MustChangePassword ? "/account/password" : LocalUrl.OrHome(ReturnUrl));
    }

    /// <summary>Switches the language of the page; what was typed as name stays.</summary>
    public IActionResult OnPostLanguage([FromForm] string? language)
    {
        if (language is not null && Cultures.Codes.Contains(language, StringComparer.Ordinal)) Preferences.SendLanguage(HttpContext, language);
        if (Login is { Length: > 0 and <= 300 }) TempData["login"] = Login;
        var back = LocalUrl.OrHome(ReturnUrl);
        return new SeeOther(back == "/" ? "/sign-in" : "/sign-in?returnUrl=" + Uri.EscapeDataString(back));
    }

    private PageResult Again(int status, string problem)
    {
        Response.StatusCode = status;
        Problem = problem;
        return Page();
    }
}
