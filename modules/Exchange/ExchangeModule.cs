using Liaison.Exchange.Imports;
using Liaison.Exchange.Wizard;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Exchange;

/// <summary>Import and export: reads and writes files for whichever record fills its slots.</summary>
public sealed class ExchangeModule : Module
{
    /// <inheritdoc/>
    public override string Name => "exchange";

    /// <inheritdoc/>
    public override IEnumerable<Permission> Permissions => [new("exchange.export")];

    /// <inheritdoc/>
    public override IEnumerable<Command> Commands => [Exports.ExportCommand.Command, ImportCommand.Command];

    /// <inheritdoc/>
    public override void Api(RouteGroupBuilder api)
    {
        Exports.ExportRoutes.Map(api);
        ImportsApi.Map(api);
    }

    /// <inheritdoc/>
    public override void Routes(IEndpointRouteBuilder routes)
    {
        Exports.ExportRoutes.Map(routes);
        ImportsApi.MapDownloads(routes);
    }

    /// <inheritdoc/>
    public override IEnumerable<MenuItem> Menu =>
    [
        new("menu.import.contacts", "/imports/new?target=contacts", "upload", "contacts.import", 120) { Place = MenuPlace.Command },
        new("menu.imports", "/imports", "history", "contacts.import", 121) { Place = MenuPlace.Command, Parent = "/contacts" },
    ];

    /// <inheritdoc/>
    public override void Map(ModelBuilder model, LiaisonDb db) => ImportMapping.Map(model, db);

    /// <inheritdoc/>
    public override void Services(IServiceCollection services) =>
        services.AddScoped<Exports.WriteExport>().AddScoped<StartImport>().AddScoped<Imports.Imports>().AddScoped<ImportRows>().AddScoped<ErrorFile>().AddScoped<WizardWords>()
            .AddScoped<IJobHandler, RunImport>().AddScoped<IJobHandler, UndoImport>().AddScoped<IJobHandler, PurgeImports>().AddSingleton(PurgeImports.Daily);
}
