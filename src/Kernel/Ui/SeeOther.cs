using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Kernel.Ui;

/// <summary>303: what was sent was done; look there.</summary>
public sealed class SeeOther(string url) : ActionResult
{
    /// <inheritdoc/>
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = 303;
        // What came in a request may hold letters that a header cannot.
        context.HttpContext.Response.Headers.Location = UriHelper.Encode(new Uri(url, UriKind.Relative));
    }
}
