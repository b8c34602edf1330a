using Microsoft.AspNetCore.Mvc;

namespace Liaison.Kernel.Ui;

/// <summary>303: what was sent was done; look there.</summary>
public sealed class SeeOther(string url) : ActionResult
{
    /// <inheritdoc/>
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = 303;
        context.HttpContext.Response.Headers.Location = url;
    }
}
