using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

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

    public IActionResult OnGet() => current.Viewer.UserId != 0 ? Redirect(LocalUrl.OrHome(ReturnUrl)) : Page();

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

    private PageResult Again(int status, string problem)
    {
        Response.StatusCode = status;
        Problem = problem;
        return Page();
    }
}
