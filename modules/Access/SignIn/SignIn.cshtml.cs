using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Access.Pages;

/// <summary>Form of the sign-in page.</summary>
public sealed class SignInInput
{
    /// <summary>User name or e-mail.</summary>
    public string? Login { get; set; }
    /// <summary>The password.</summary>
    [DataType(DataType.Password)]
    public string? Password { get; set; }
}

/// <summary>GET, POST /sign-in</summary>
[AllowAnonymous]
public sealed class SignInPage(SigningIn signingIn, CurrentViewer current, Localizer texts) : PageModel
{
    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>What is typed.</summary>
    [BindProperty]
    public SignInInput Input { get; set; } = new();

    /// <summary>What went wrong, if anything.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether only the password is still to be typed.</summary>
    public bool IsNamed => !string.IsNullOrWhiteSpace(Input.Login);

    public IActionResult OnGet()
    {
        if (current.Viewer.UserId != 0) return Redirect(LocalUrl.OrHome(ReturnUrl));
        Input.Login = TempData["login"] as string;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Input.Login) || string.IsNullOrEmpty(Input.Password)) return Again(422, texts["access.signIn.incomplete"]);
        if (Input.Login.Length > 300 || Input.Password.Length > 1000) return Again(422, texts["access.signIn.wrong"]);
        var outcome = await signingIn.TryAsync(Input.Login, Input.Password, HttpContext, cancel);
        if (outcome.Wait > TimeSpan.Zero)
        {
            var seconds = (int)Math.Ceiling(outcome.Wait.TotalSeconds);
            Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
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
        if (Input.Login is { Length: > 0 and <= 300 }) TempData["login"] = Input.Login;
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
