using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Kernel.Data.Migrations;

/// <summary>One history for all modules: every migration class of every module's assembly, in the order of their ids.</summary>
internal sealed class ModuleMigrations : IMigrationsAssembly
{
    public ModuleMigrations(ICurrentDbContext context)
    {
        var modules = context.Context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()!
            .ApplicationServiceProvider!.GetRequiredService<ModuleList>();
        Migrations = modules.All.Select(m => m.Assembly).Prepend(typeof(ModuleMigrations).Assembly).Distinct()
            .SelectMany(a => a.GetTypes())
            .Where(t => t.IsSubclassOf(typeof(Migration)) && !t.IsAbstract)
            .Select(t => (Id: t.GetCustomAttribute<MigrationAttribute>()!.Id, Type: t.GetTypeInfo()))
            .OrderBy(m => m.Id, StringComparer.Ordinal)
            .ToDictionary(m => m.Id, m => m.Type, StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, TypeInfo> Migrations { get; }
    public IModel? ModelSnapshotModel => null;
    public ModelSnapshot? ModelSnapshot => null;
    public Assembly Assembly => typeof(ModuleMigrations).Assembly;

    public string? FindMigrationId(string nameOrId) =>
        Migrations.Keys.FirstOrDefault(id => string.Equals(id, nameOrId, StringComparison.OrdinalIgnoreCase));

    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        var migration = (Migration)Activator.CreateInstance(migrationClass.AsType())!;
        migration.ActiveProvider = activeProvider;
        return migration;
    }
}
