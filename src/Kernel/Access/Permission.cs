using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Liaison.Kernel.Access;

/// <summary>Something a person may be allowed to do.</summary>
/// <param name="Key">module.verb, such as "contacts.edit"; the text "permission.{Key}" names it on screen.</param>
/// <param name="ForUsers">Whether an ordinary user has it; otherwise only administrators do.</param>
public sealed record Permission(string Key, bool ForUsers = true);

/// <summary>The permission a page or endpoint asks for. Every route names one, or several that are all needed, or is on the short anonymous list.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class PermissionAttribute(string key) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary>The permission's key.</summary>
    public string Key { get; } = key;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>The page or endpoint is for everybody who is signed in.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : AuthorizeAttribute;

/// <summary>What a module shows or gives in another one's place: only those who hold its permission get it, on pages, in the API and in files alike.</summary>
public interface IPart
{
    /// <summary>Permission needed, or null for whoever gets to that place.</summary>
    string? Permission { get; }
}

/// <summary>Chooses among the parts of a place.</summary>
public static class Parts
{
    /// <summary>Those that the viewer may have.</summary>
    public static IEnumerable<T> For<T>(this IEnumerable<T> parts, Viewer viewer) where T : IPart => parts.Where(p => viewer.MayHave(p));

    /// <summary>Whether the viewer may have it.</summary>
    public static bool MayHave(this Viewer viewer, IPart part) => part.Permission is null || viewer.May(part.Permission);
}

/// <summary>Lets a request through when the viewer holds the named permission.</summary>
public sealed class PermissionHandler(CurrentViewer current) : AuthorizationHandler<PermissionAttribute>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionAttribute requirement)
    {
        if (current.Viewer.May(requirement.Key)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>Names permissions on minimal API routes.</summary>
public static class PermissionRoutes
{
    /// <summary>Asks for the permission on this route or group.</summary>
    public static T Permission<T>(this T route, string key) where T : IEndpointConventionBuilder =>
        route.RequireAuthorization(new PermissionAttribute(key));

    /// <summary>Opens this route or group to everybody who is signed in.</summary>
    public static T SignedIn<T>(this T route) where T : IEndpointConventionBuilder => route.RequireAuthorization(new SignedInAttribute());
}
