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
        new("shell.profile", "/account", "circle-user-round", null, 910) { Place = MenuPlace.Command },
        new("command.password", "/account/password", "key-round", null, 911) { Place = MenuPlace.Command },
        new("command.theme.dark", "/preferences", "moon", null, 920) { Place = MenuPlace.Command, Send = "theme=dark" },
        new("command.theme.light", "/preferences", "sun", null, 921) { Place = MenuPlace.Command, Send = "theme=light" },
        new("command.theme.auto", "/preferences", "monitor", null, 922) { Place = MenuPlace.Command, Send = "theme=auto" },
        new("command.language.fr", "/preferences", "languages", null, 930) { Place = MenuPlace.Command, Send = "language=fr" },
        new("command.language.en", "/preferences", "languages", null, 931) { Place = MenuPlace.Command, Send = "language=en" },
        new("shell.help", "#keys", "circle-question-mark", null, 940) { Place = MenuPlace.Command },
        new("shell.signOut", "/sign-out", "log-out", null, 950) { Place = MenuPlace.Command, Send = "=" },
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
