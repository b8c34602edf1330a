using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
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
        if (!current.Viewer.MustChangePassword || context.GetEndpoint()?.Metadata.GetMetadata<BeforeOwnPasswordAttribute>() is not null)
            return Usual.HandleAsync(next, context, policy, authorizeResult);
        if (Doorkeeper.IsApi(context)) return Answers.Problem(context, 403, "access.token.mustChange").ExecuteAsync(context);
        context.Response.StatusCode = HttpMethods.IsGet(context.Request.Method) ? 302 : 303;
        context.Response.Headers.Location = "/account/password";
        return Task.CompletedTask;
    }
}
