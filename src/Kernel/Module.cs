using System.Reflection;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Kernel;

/// <summary>
/// The table of contents of a module: what it adds to Liaison. Built-in modules and extensions use the same contract.
/// Everything a module shows in another's place is registered in <see cref="Services"/> as an implementation of a slot
/// (an interface or abstract class that the Kernel or an upper module declares).
/// </summary>
public abstract class Module
{
    /// <summary>Short lower-case name, also the first part of its permissions: "contacts".</summary>
    public abstract string Name { get; }

    /// <summary>The assembly with its pages, texts and migrations.</summary>
    public Assembly Assembly => GetType().Assembly;

    /// <summary>The permissions the module introduces.</summary>
    public virtual IEnumerable<Permission> Permissions => [];

    /// <summary>Entries of the main navigation, the Create menu and the command palette.</summary>
    public virtual IEnumerable<MenuItem> Menu => [];

    /// <summary>Maps the module's entities. <paramref name="db"/> may be named in query filters: it stands for the current context.</summary>
    public virtual void Map(ModelBuilder model, LiaisonDb db) { }

    /// <summary>Registers services and slot contributions.</summary>
    public virtual void Services(IServiceCollection services) { }

    /// <summary>Maps REST endpoints below /api/v1.</summary>
    public virtual void Api(RouteGroupBuilder api) { }

    /// <summary>Maps endpoints outside pages and the API (file downloads, health).</summary>
    public virtual void Routes(IEndpointRouteBuilder routes) { }

    /// <summary>Writes default data after the migrations; must do nothing when the data is there.</summary>
    public virtual Task SeedAsync(LiaisonDb db, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Command-line verbs the module adds to <c>liaison</c>.</summary>
    public virtual IEnumerable<Command> Commands => [];
}

/// <summary>All modules of this process, in dependency order.</summary>
public sealed class ModuleList(IReadOnlyList<Module> modules)
{
    /// <summary>The modules, upper before lower.</summary>
    public IReadOnlyList<Module> All { get; } = modules;

    /// <summary>Every permission known, by key.</summary>
    public IReadOnlyDictionary<string, Permission> Permissions { get; } =
        modules.SelectMany(m => m.Permissions).ToDictionary(p => p.Key, StringComparer.Ordinal);
}
