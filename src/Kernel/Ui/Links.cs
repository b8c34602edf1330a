using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Liaison.Kernel.Ui;

/// <summary>The address of the present list with something changed; its state lives in the URL.</summary>
public static class Links
{
    /// <summary>The present address with parameters set (null takes one away); the place in the list starts anew unless it is set.</summary>
    public static string With(this HttpRequest request, params (string Name, string? Value)[] changes) => Build(request, changes, null);

    /// <summary>The present address without one value of a parameter that may be there several times.</summary>
    public static string Without(this HttpRequest request, string name, string? value = null) => Build(request, [], (name, value));

    /// <summary>The present address without parameters that say nothing.</summary>
    public static string Lean(this HttpRequest request) => Build(request, [], null, lean: true);

    private static string Build(HttpRequest request, (string Name, string? Value)[] changes, (string Name, string? Value)? dropped, bool lean = false)
    {
        var url = new StringBuilder(request.PathBase.Add(request.Path).ToUriComponent());
        var separator = '?';
        foreach (var (name, values) in request.Query)
        {
            if (name is "cursor" || Array.Exists(changes, c => Same(c.Name, name))) continue;
            foreach (var value in values)
            {
                if (value is null || (lean && value.Length == 0) || (dropped is { } drop && Same(drop.Name, name) && (drop.Value is null || drop.Value == value))) continue;
                Add(name, value);
            }
        }
        foreach (var (name, value) in changes) if (value is not null) Add(name, value);
        return url.ToString();

        void Add(string name, string value)
        {
            url.Append(separator).Append(UrlEncoder.Default.Encode(name)).Append('=').Append(UrlEncoder.Default.Encode(value));
            separator = '&';
        }
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// A page whose state lives in its address: what a form left empty is taken out of it, so that it can be read and shared. Scripts do that before
/// the form is sent; where there are none, or not yet, the answer leads to the shorter address.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LeanAddressAttribute : Attribute, IResourceFilter
{
    /// <inheritdoc/>
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) && request.Query.Any(q => q.Value.Any(string.IsNullOrEmpty))) context.Result = new RedirectResult(request.Lean());
    }

    /// <inheritdoc/>
    public void OnResourceExecuted(ResourceExecutedContext context) { }
}
