using Liaison.Kernel;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Host;

/// <summary>What belongs to no module: the home page's menu entry, health, the shell's texts.</summary>
public sealed class HostModule : Module
{
    /// <inheritdoc/>
    public override string Name => "host";

    /// <inheritdoc/>
    public override IEnumerable<MenuItem> Menu =>
    [
        new("menu.home", "/", "house", null, 0) { Key = 'h' },
        new("menu.settings", "/settings", "settings", "contacts.configure", 1000) { Key = 's' },
        new("menu.apiDocs", "/api/docs", "file-text", null, 900) { Place = MenuPlace.Command },
    ];

    /// <inheritdoc/>
    public override void Api(RouteGroupBuilder api) => Search.SearchApi.Map(api);

    /// <inheritdoc/>
    public override void Routes(IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/api/{documentName}/openapi.json").AllowAnonymous();
        routes.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous();
        routes.MapGet("/health/ready", Health.ReadyAsync).AllowAnonymous();
    }
}
