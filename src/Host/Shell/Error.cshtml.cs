using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Host.Shell;

/// <summary>What a person sees instead of an empty error answer: what happened, what was kept, what to do; the API gets a problem.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class ErrorModel(Localizer texts, CurrentViewer current) : PageModel
{
    /// <summary>The status.</summary>
    public int Code { get; private set; }

    /// <summary>Where it happened.</summary>
    public string Address { get; private set; } = "/";

    /// <summary>Whether opening the same page again can help.</summary>
    public bool CanRetry => Code >= 500 && Address != "/";

    /// <summary>Whether the navigation is shown: to people signed in, while the program is well.</summary>
    public bool InShell => current.Viewer.IsSomebody && !current.Viewer.MustChangePassword && Code < 500;

    /// <summary>Answers whatever the method was.</summary>
    public async Task<IActionResult> OnGetAsync(int code)
    {
        Code = code is >= 400 and < 600 ? code : 404;
        var from = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        if (from is null && HttpMethods.IsGet(Request.Method)) Response.StatusCode = Code;
        if (from is not null && HttpMethods.IsGet(Request.Method)) Address = from.OriginalPathBase + from.OriginalPath + from.OriginalQueryString;
        if (from is null || !from.OriginalPath.StartsWith("/api/", StringComparison.Ordinal)) return Page();
        var text = Code switch { 401 => "api.error.signIn", 403 => "api.error.forbidden", 404 or 405 => "api.error.missing", 413 => "api.error.tooLarge", >= 500 => "api.error.unexpected", _ => "api.error.invalid" };
        await Answers.Problem(HttpContext, Code, text).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }

    /// <inheritdoc cref="OnGetAsync"/>
    public Task<IActionResult> OnPostAsync(int code) => OnGetAsync(code);
    /// <inheritdoc cref="OnGetAsync"/>
    public Task<IActionResult> OnPutAsync(int code) => OnGetAsync(code);
    /// <inheritdoc cref="OnGetAsync"/>
    public Task<IActionResult> OnPatchAsync(int code) => OnGetAsync(code);
    /// <inheritdoc cref="OnGetAsync"/>
    public Task<IActionResult> OnDeleteAsync(int code) => OnGetAsync(code);

    /// <summary>A sentence about this status: title, what, kept, next.</summary>
    public string? Say(string part) => texts.Find($"error.{Code}.{part}") ?? texts.Find($"error.{(Code >= 500 ? 500 : 400)}.{part}");
}
