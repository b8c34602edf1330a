using System.Text.RegularExpressions;
using Liaison.Kernel.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.House;

/// <summary>Every way in names who may take it, and a stranger gets in nowhere else.</summary>
public sealed partial class RoutesTests(LiaisonServer server) : HttpTests(server)
{
    private static readonly string[] ForStrangers = ["/health/live", "/health/ready", "/sign-in", "/error/{code:int}", "/preferences", "/about/ui", "/api/{documentName}/openapi.json"];

    [Fact]
    public async Task Every_route_names_a_permission_or_is_on_a_short_list()
    {
        var known = Server.Services.GetRequiredService<Kernel.ModuleList>().Permissions;
        var bad = new List<string>();
        Assert.True(ForStrangers.Length <= 12);
        foreach (var (pattern, metadata) in await RoutesAsync())
        {
            var permissions = metadata.GetOrderedMetadata<PermissionAttribute>();
            var isOpen = metadata.GetMetadata<IAllowAnonymous>() is not null;
            if (isOpen != ForStrangers.Contains(pattern)) bad.Add($"{pattern} is {(isOpen ? "open to strangers, but not on the list" : "on the list for strangers, but not open")}");
            else if (!isOpen && permissions.Count == 0 && metadata.GetMetadata<SignedInAttribute>() is null) bad.Add($"{pattern} names no permission");
            foreach (var permission in permissions.Where(p => !known.ContainsKey(p.Key))) bad.Add($"{pattern} names {permission.Key}, which no module declares");
        }
        Assert.Equal("", string.Join('\n', bad));
    }

    [Fact]
    public async Task A_stranger_is_sent_to_the_sign_in_page_or_told_401()
    {
        var bad = new List<string>();
        using var api = Api(Cast.Nobody);
        foreach (var (pattern, metadata) in await RoutesAsync())
        {
            if (metadata.GetMetadata<IAllowAnonymous>() is not null) continue;
            var url = Parameters().Replace(pattern, "1");
            var methods = metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? named : ["GET", "POST"];
            foreach (var method in methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), url);
                if (url.StartsWith("/api/v1/", StringComparison.Ordinal))
                {
                    using var response = await api.Http.SendAsync(request);
                    if ((int)response.StatusCode != 401) bad.Add($"{method} {url} answered {(int)response.StatusCode}");
                }
                else
                {
                    var page = await As(Cast.Nobody).SendAsync(request, follow: false);
                    if (page.Status is not (302 or 303) || page.Location?.StartsWith("/sign-in", StringComparison.Ordinal) != true) bad.Add($"{method} {url} answered {page.Status} {page.Location}");
                }
            }
        }
        Assert.Equal("", string.Join('\n', bad));
    }

    [Fact]
    public async Task The_api_takes_no_cookie()
    {
        foreach (var url in (await RoutesAsync()).Select(r => r.Pattern).Where(p => p.StartsWith("/api/v1/", StringComparison.Ordinal)).Select(p => Parameters().Replace(p, "1")).Distinct())
        {
            var status = (await As(Cast.Admin).PeekAsync(url)).Status;
            Assert.True(status is 401 or 405, $"{url} answered {status} to a cookie");
        }
    }

    // Attributes of a page model are known only once the page is loaded.
    private async Task<List<(string Pattern, EndpointMetadataCollection Metadata)>> RoutesAsync()
    {
        var loader = Server.Services.GetRequiredService<PageLoader>();
        var routes = new List<(string, EndpointMetadataCollection)>();
        foreach (var endpoint in Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var metadata = endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page and not CompiledPageActionDescriptor
                ? (await loader.LoadAsync(page, EndpointMetadataCollection.Empty)).Endpoint!.Metadata : endpoint.Metadata;
            routes.Add(("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), metadata));
        }
        Assert.NotEmpty(routes);
        return routes;
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Parameters();
}
