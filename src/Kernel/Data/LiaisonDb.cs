using System.Runtime.ExceptionServices;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Kernel.Data;

/// <summary>
/// The database as one viewer sees it. Modules add their entities; their query filters read <see cref="ViewerId"/> and
/// <see cref="SeesAll"/>, so what the viewer may not see is absent from every query unless a filter is switched off by name.
/// </summary>
public sealed class LiaisonDb(DbContextOptions<LiaisonDb> options) : DbContext(options)
{
    private Engine? _engine;

    internal CurrentViewer Current { get; set; } = new();
    internal WriteGate Gate { get; set; } = null!;
    /// <summary>The reads that run together at the moment.</summary>
    internal Together? Together { get; private set; }
    /// <summary>The inserts that are gathered at the moment, on PostgreSQL.</summary>
    internal Npgsql.NpgsqlBatch? Inserts { get; set; }
    /// <summary>Whether somebody waits for what is done: it is part of a request.</summary>
    internal bool IsAwaited { get; set; }
    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; internal set; } = TimeProvider.System;

    /// <summary>Whom this context shows the data to.</summary>
    public Viewer Viewer => Current.Viewer;
    /// <summary>The viewer's user id, for query filters.</summary>
    public long ViewerId => Current.Viewer.UserId;
    /// <summary>Whether the viewer sees every record, for query filters.</summary>
    public bool SeesAll => Current.Viewer.SeesAll;
    /// <summary>The engine below.</summary>
    public Engine Engine => _engine ??= Database.IsSqlite() ? Engine.Sqlite : Engine.PostgreSql;

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<decimal>().HaveConversion<MillionthsConverter>();
        if (Database.IsSqlite()) conventions.Properties<DateTime>().HaveConversion<MicrosecondsConverter>();
        else conventions.Properties<DateTime>().HaveConversion<UtcConverter>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder model)
    {
        var services = this.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()!.ApplicationServiceProvider!;
        KernelTables.Map(model);
        foreach (var module in services.GetRequiredService<ModuleList>().All) module.Map(model, this);
        foreach (var entity in model.Model.GetEntityTypes()) NameTheWayDatabasesDo(entity);
    }

    private void NameTheWayDatabasesDo(IMutableEntityType entity)
    {
        entity.SetTableName(Naming.Snake(entity.GetTableName()!));
        foreach (var property in entity.GetProperties())
        {
            property.SetColumnName(Naming.Snake(property.Name));
            if (property.Name == nameof(IVersioned.Version) && typeof(IVersioned).IsAssignableFrom(entity.ClrType)) property.IsConcurrencyToken = true;
            if (property.FindAnnotation("Liaison:Binary") is not null && Engine == Engine.PostgreSql) property.SetCollation("C");
        }
        foreach (var key in entity.GetKeys()) key.SetName(Naming.Snake("pk_" + entity.GetTableName()));
        foreach (var index in entity.GetIndexes())
            index.SetDatabaseName(Naming.Snake("ix_" + entity.GetTableName() + "_" + string.Join('_', index.Properties.Select(p => p.Name))));
        foreach (var foreign in entity.GetForeignKeys())
            foreign.SetConstraintName(Naming.Snake("fk_" + entity.GetTableName() + "_" + string.Join('_', foreign.Properties.Select(p => p.Name))));
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Stamp();
        if (Database.CurrentTransaction is not null) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        return await Gate.WriteAsync(ViewerId, IsAwaited, () => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Save asynchronously.");

    /// <summary>
    /// Runs an action that needs several statements as one transaction (a writer from its start on SQLite); everything commits or nothing.
    /// Called inside a transaction it joins it.
    /// </summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> action, CancellationToken cancel = default)
    {
        if (Database.CurrentTransaction is not null) return await action();
        return await Gate.WriteAsync(ViewerId, IsAwaited, async () =>
        {
            await using var transaction = await Database.BeginTransactionAsync(cancel);
            try
            {
                var result = await action();
                await transaction.CommitAsync(cancel);
                return result;
            }
            catch (InvalidOperationException e) when ((Database.GetDbConnection() as KeptConnection)?.TookBack(e) is { } reason)
            {
                ExceptionDispatchInfo.Throw(reason);
                throw;
            }
        }, cancel);
    }

    /// <summary>
    /// Loads, changes and saves, all of it again when another request came in between: it saved the same record, took the same key, or each waited for the other.
    /// The action reads what it changes; inside a transaction it is for whoever began that to do all of it again.
    /// </summary>
    public async Task<T> AgainAsync<T>(Func<Task<T>> action)
    {
        for (var attempt = 1; ; attempt++)
        {
            try { return await action(); }
            catch (Exception e) when (attempt < 5 && Database.CurrentTransaction is null && StorageFault.IsCollision(e)) { ChangeTracker.Clear(); }
        }
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task InTransactionAsync(Func<Task> action, CancellationToken cancel = default) =>
        InTransactionAsync(async () => { await action(); return true; }, cancel);

    /// <summary>
    /// Reads what does not depend on each other: to PostgreSQL all of it goes in one round, on SQLite one read follows the other. Never do two run at the same time.
    /// </summary>
    public async Task TogetherAsync(params IReadOnlyList<Func<Task>> reads)
    {
        if (Together is { } running) { await running.JoinAsync(reads); return; }
        if (Engine == Engine.Sqlite || reads.Count < 2)
        {
            foreach (var read in reads) await read();
            return;
        }
        try { await (Together = new(this)).RunAsync(reads); }
        finally { Together = null; }
    }

    /// <summary>
    /// Inside a transaction: waits until nobody else holds this name, and holds it until the transaction ends. On SQLite writers come one after another anyway.
    /// </summary>
    public Task LockAsync(string name, long ownerId = 0, CancellationToken cancel = default) => Engine == Engine.Sqlite ? Task.CompletedTask
        : Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM pg_advisory_xact_lock(hashtextextended({name}, {ownerId}))").ToListAsync(cancel);

    private void Stamp()
    {
        DateTime now = default;
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            if (entry.Entity is IVersioned versioned) versioned.Version = entry.State == EntityState.Added ? 1 : entry.OriginalValues.GetValue<long>(nameof(IVersioned.Version)) + 1;
            if (entry.Entity is not IStamped stamped) continue;
            if (now == default) now = Time.Moments.Now(Clock);
            if (entry.State == EntityState.Added)
            {
                if (stamped.CreatedAt == default) stamped.CreatedAt = now;
                if (stamped.CreatedById == 0) stamped.CreatedById = ViewerId;
            }
            stamped.UpdatedAt = now;
            stamped.UpdatedById = ViewerId;
        }
    }
}

/// <summary>A record that two people may edit at once: the version goes up with each save, a stale one is refused.</summary>
public interface IVersioned
{
    /// <summary>1 when created.</summary>
    long Version { get; set; }
}

/// <summary>A record that knows who made and last changed it.</summary>
public interface IStamped
{
    /// <summary>UTC.</summary>
    DateTime CreatedAt { get; set; }
    /// <summary>User id, 0 for the program.</summary>
    long CreatedById { get; set; }
    /// <summary>UTC.</summary>
    DateTime UpdatedAt { get; set; }
    /// <summary>User id, 0 for the program.</summary>
    long UpdatedById { get; set; }
}
