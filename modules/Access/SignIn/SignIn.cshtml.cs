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
public sealed class SignInPage(SigningIn signingIn, KeptForms forms, Viewers viewers, CurrentViewer current, Localizer texts) : PageModel
{
    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>What is typed.</summary>
    [BindProperty]
    public SignInInput Input { get; set; } = new();

    /// <summary>A form that was sent after the session had ended.</summary>
    [BindProperty]
    public string? Kept { get; set; }

    /// <summary>The same, to be sent again by the person who has just signed in.</summary>
    public KeptForm? Again { get; private set; }

    /// <summary>What went wrong, if anything.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether only the password is still to be typed.</summary>
    public bool IsNamed => !string.IsNullOrWhiteSpace(Input.Login);

    public IActionResult OnGet()
    {
        if (current.Viewer.UserId != 0) return Redirect(LocalUrl.OrHome(ReturnUrl));
        Input.Login = TempData["login"] as string;
        Kept = HttpContext.Items[KeptForms.Item] as string;
        if (Kept is not null) Response.StatusCode = 401;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Input.Login) || string.IsNullOrEmpty(Input.Password)) return Refuse(422, texts["access.signIn.incomplete"]);
        if (Input.Login.Length > 300 || Input.Password.Length > 1000) return Refuse(422, texts["access.signIn.wrong"]);
        var outcome = await signingIn.TryAsync(Input.Login, Input.Password, HttpContext, cancel);
        if (outcome.Wait > TimeSpan.Zero)
        {
            var seconds = (int)Math.Ceiling(outcome.Wait.TotalSeconds);
            Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Refuse(429, texts["access.signIn.wait", seconds]);
        }
        if (outcome.User is not { } user) return Refuse(422, texts["access.signIn.wrong"]);
        Preferences.Send(HttpContext, user.Language, user.Theme);
        if (!user.MustChangePassword && forms.Read(Kept, user.Id) is { } form)
        {
            // The form on this page is sent by the person who is signed in from now on.
            HttpContext.User = SignedInAs.Make(viewers.Of(user), 0).Principal;
            Again = form;
            return Page();
        }
        return new SeeOther(user.MustChangePassword ? "/account/password" : LocalUrl.OrHome(ReturnUrl));
    }

    /// <summary>Switches the language of the page; what was typed as name stays.</summary>
    public IActionResult OnPostLanguage([FromForm] string? language)
    {
        if (language is not null && Cultures.Codes.Contains(language, StringComparer.Ordinal)) Preferences.SendLanguage(HttpContext, language);
        if (Input.Login is { Length: > 0 and <= 300 }) TempData["login"] = Input.Login;
        // Sent once more with what was typed, the page is written in the language of the cookie.
        if (!string.IsNullOrEmpty(Kept)) return new RedirectResult("/sign-in?handler=again", permanent: false, preserveMethod: true);
        var back = LocalUrl.OrHome(ReturnUrl);
        return new SeeOther(back == "/" ? "/sign-in" : "/sign-in?returnUrl=" + Uri.EscapeDataString(back));
    }

    /// <summary>The page as it was, in another language.</summary>
    public IActionResult OnPostAgain() => Page();

    private PageResult Refuse(int status, string problem)
    {
        Response.StatusCode = status;
        Problem = problem;
        return Page();
    }
}
