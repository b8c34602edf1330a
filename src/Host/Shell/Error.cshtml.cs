using System.Globalization;
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
    public async Task<IActionResult> OnGetAsync()
    {
        // Not bound: binding reads the form, which may be what is wrong.
        Code = int.TryParse(RouteData.Values["code"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 400 and < 600 ? code : 404;
        var from = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        if (from is null && HttpMethods.IsGet(Request.Method)) Response.StatusCode = Code;
        if (from is not null && HttpMethods.IsGet(Request.Method)) Address = from.OriginalPathBase + from.OriginalPath + from.OriginalQueryString;
        if (from is null || !from.OriginalPath.StartsWith("/api/", StringComparison.Ordinal)) return Page();
        await ApiGate.Problem(HttpContext, Code).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }

    /// <inheritdoc cref="OnGetAsync"/>
    public Task<IActionResult> OnPostAsync() => OnGetAsync();
    /// <inheritdoc cref="OnGetAsync"/>
    public Task<IActionResult> OnPutAsync() => OnGetAsync();
    /// <inheritdoc cref="OnGetAsync"/>
    public Task<IActionResult> OnPatchAsync() => OnGetAsync();
    /// <inheritdoc cref="OnGetAsync"/>
    public Task<IActionResult> OnDeleteAsync() => OnGetAsync();

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Fields => HttpContext.Items[typeof(Failures)] as Dictionary<string, string[]> ?? [];

    /// <summary>A sentence about this status: title, what, kept, next.</summary>
    public string? Say(string part) => Code == 413 && part == "what" ? texts["error.413.what", ApiGate.MostMegabytes(HttpContext)] : texts.Find($"error.{Code}.{part}") ?? texts.Find($"error.{(Code >= 500 ? 500 : 400)}.{part}");
}
