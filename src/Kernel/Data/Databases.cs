using Liaison.Kernel.Access;
using Liaison.Kernel.Data.Engines;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Kernel.Data;

/// <summary>Opens the database for a viewer outside a request: jobs, commands, start-up.</summary>
public sealed class Databases(IDbContextFactory<LiaisonDb> pool, WriteGate gate, TimeProvider clock, IHttpContextAccessor? http = null)
{
    // Somebody waits for the answer of a request; a server that does not answer at all is noticed in time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A context that shows the data to <paramref name="viewer"/>; dispose it.</summary>
    public LiaisonDb Open(Viewer viewer) => Open(new CurrentViewer { Viewer = viewer });

    internal LiaisonDb Open(CurrentViewer current)
    {
        var db = pool.CreateDbContext();
        db.Current = current;
        db.Gate = gate;
        db.Clock = clock;
        db.IsAwaited = http?.HttpContext is not null;
        // What fails in the middle of an action takes all of it back: nobody goes on from a savepoint.
        db.Database.AutoSavepointsEnabled = false;
        if (db.IsAwaited && db.Engine == Engine.PostgreSql) db.Database.SetCommandTimeout(Patience);
        return db;
    }
}

/// <summary>Registers the database.</summary>
public static class DatabaseServices
{
    /// <summary>Adds <see cref="LiaisonDb"/> for the request's viewer and <see cref="Databases"/> for others.</summary>
    public static IServiceCollection AddLiaisonDatabase(this IServiceCollection services, DatabaseSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<WriteGate>().AddSingleton<Databases>();
        services.AddScoped<CurrentViewer>();
        services.AddScoped(p => p.GetRequiredService<Databases>().Open(p.GetRequiredService<CurrentViewer>()));
        services.AddSingleton<KeptConnections>();
        services.AddPooledDbContextFactory<LiaisonDb>((p, options) => Configure(options, settings, p.GetRequiredService<KeptConnections>()), poolSize: 128);
        return services;
    }

    private static readonly KeysetPlaces OnSqlite = new(Engine.Sqlite), OnPostgres = new(Engine.PostgreSql);
    private static readonly PlannedOnce Planned = new();
    private static readonly TogetherReading Together = new();

    private static void Configure(DbContextOptionsBuilder options, DatabaseSettings settings, KeptConnections connections)
    {
        if (settings.Engine == Engine.Sqlite)
            // A list of ids is one JSON parameter: SQLite looks parameters up by name, one after the other, so thousands of them cost millions of comparisons.
            options.UseSqlite(settings.ConnectionString, o => o.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery).UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                .AddInterceptors(new SqliteTuning(), connections, OnSqlite);
        else
            // Reads that run together are many at once for the check, though never two of them run.
            options.UseNpgsql(settings.ConnectionString, o => o.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)).AddInterceptors(OnPostgres, Planned, Together)
                .EnableThreadSafetyChecks(false);
#if !DEBUG
        // Two threads on one context are a mistake that the tests find on SQLite; to look for it at each statement costs a thirtieth of a page.
        options.EnableThreadSafetyChecks(false);
#endif
        options.ReplaceService<IMigrationsAssembly, Migrations.ModuleMigrations>().ReplaceService<IModelCacheKeyFactory, ModelOfModules>();
        options.ConfigureWarnings(w => w.Ignore(
            RelationalEventId.PendingModelChangesWarning, CoreEventId.ManyServiceProvidersCreatedWarning,
            CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning, CoreEventId.RowLimitingOperationWithoutOrderByWarning));
    }
}

/// <summary>One model per set of modules: two hosts in a process may have different extensions.</summary>
internal sealed class ModelOfModules : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime)
    {
        var services = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()!.ApplicationServiceProvider!;
        return (string.Join(' ', services.GetRequiredService<ModuleList>().All.Select(m => m.Name)), designTime);
    }
}
