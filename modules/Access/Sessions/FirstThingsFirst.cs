using Liaison.Kernel.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Liaison.Access;

/// <summary>Marks what stays open to an account that must still choose its password.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class BeforeOwnPasswordAttribute : Attribute;

/// <summary>Holds an account with a given password back until it has chosen its own.</summary>
internal sealed class FirstThingsFirst(CurrentViewer current) : IAuthorizationMiddlewareResultHandler
{
    private static readonly AuthorizationMiddlewareResultHandler Usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // A token was made by somebody who holds the machine, not with the given password: it is not held back.
        if (!current.Viewer.MustChangePassword || Doorkeeper.IsApi(context) || context.GetEndpoint()?.Metadata.GetMetadata<BeforeOwnPasswordAttribute>() is not null)
            return Usual.HandleAsync(next, context, policy, authorizeResult);
        context.Response.StatusCode = HttpMethods.IsGet(context.Request.Method) ? 302 : 303;
        context.Response.Headers.Location = "/account/password";
        return Task.CompletedTask;
    }
}
