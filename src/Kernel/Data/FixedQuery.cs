using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Liaison.Kernel.Data.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Liaison.Kernel.Data;

/// <summary>
/// A query whose shape never changes, translated once for each model instead of looked up by its expression at each call: for the pages that are opened most.
/// The expression names sets as <c>db.Set&lt;T&gt;()</c>; the viewer's filters apply as everywhere. With <c>isOnePlan</c> PostgreSQL does not weigh a plan for the values at each
/// call: for queries whose best plan is the same for all, as that of a page in the order of an index.
/// </summary>
public sealed class FixedQuery<TArgument, TResult>(Expression<Func<LiaisonDb, TArgument, IQueryable<TResult>>> query, bool isOnePlan = false)
{
    private readonly Translations<Func<LiaisonDb, TArgument, IEnumerable<TResult>>, Func<LiaisonDb, TArgument, IAsyncEnumerable<TResult>>> _translated =
        new(() => EF.CompileQuery(query), () => EF.CompileAsyncQuery(OnePlan.Of(query, isOnePlan)));

    /// <summary>All results.</summary>
    public Task<List<TResult>> ListAsync(LiaisonDb db, TArgument argument, CancellationToken cancel) => _translated.AllAsync(db, q => q(db, argument), q => q(db, argument), cancel);
}

/// <inheritdoc cref="FixedQuery{TArgument, TResult}"/>
public sealed class FixedQuery<T1, T2, TResult>(Expression<Func<LiaisonDb, T1, T2, IQueryable<TResult>>> query, bool isOnePlan = false)
{
    private readonly Translations<Func<LiaisonDb, T1, T2, IEnumerable<TResult>>, Func<LiaisonDb, T1, T2, IAsyncEnumerable<TResult>>> _translated =
        new(() => EF.CompileQuery(query), () => EF.CompileAsyncQuery(OnePlan.Of(query, isOnePlan)));

    /// <summary>All results.</summary>
    public Task<List<TResult>> ListAsync(LiaisonDb db, T1 first, T2 second, CancellationToken cancel) => _translated.AllAsync(db, q => q(db, first, second), q => q(db, first, second), cancel);
}

/// <inheritdoc cref="FixedQuery{TArgument, TResult}"/>
public sealed class FixedQuery<T1, T2, T3, TResult>(Expression<Func<LiaisonDb, T1, T2, T3, IQueryable<TResult>>> query, bool isOnePlan = false)
{
    private readonly Translations<Func<LiaisonDb, T1, T2, T3, IEnumerable<TResult>>, Func<LiaisonDb, T1, T2, T3, IAsyncEnumerable<TResult>>> _translated =
        new(() => EF.CompileQuery(query), () => EF.CompileAsyncQuery(OnePlan.Of(query, isOnePlan)));

    /// <summary>All results.</summary>
    public Task<List<TResult>> ListAsync(LiaisonDb db, T1 first, T2 second, T3 third, CancellationToken cancel) =>
        _translated.AllAsync(db, q => q(db, first, second, third), q => q(db, first, second, third), cancel);
}

/// <inheritdoc cref="FixedQuery{TArgument, TResult}"/>
public sealed class FixedQuery<T1, T2, T3, T4, TResult>(Expression<Func<LiaisonDb, T1, T2, T3, T4, IQueryable<TResult>>> query, bool isOnePlan = false)
{
    private readonly Translations<Func<LiaisonDb, T1, T2, T3, T4, IEnumerable<TResult>>, Func<LiaisonDb, T1, T2, T3, T4, IAsyncEnumerable<TResult>>> _translated =
        new(() => EF.CompileQuery(query), () => EF.CompileAsyncQuery(OnePlan.Of(query, isOnePlan)));

    /// <summary>All results.</summary>
    public Task<List<TResult>> ListAsync(LiaisonDb db, T1 first, T2 second, T3 third, T4 fourth, CancellationToken cancel) =>
        _translated.AllAsync(db, q => q(db, first, second, third, fourth), q => q(db, first, second, third, fourth), cancel);
}

/// <inheritdoc cref="FixedQuery{TArgument, TResult}"/>
public sealed class FixedQuery<T1, T2, T3, T4, T5, TResult>(Expression<Func<LiaisonDb, T1, T2, T3, T4, T5, IQueryable<TResult>>> query, bool isOnePlan = false)
{
    private readonly Translations<Func<LiaisonDb, T1, T2, T3, T4, T5, IEnumerable<TResult>>, Func<LiaisonDb, T1, T2, T3, T4, T5, IAsyncEnumerable<TResult>>> _translated =
        new(() => EF.CompileQuery(query), () => EF.CompileAsyncQuery(OnePlan.Of(query, isOnePlan)));

    /// <summary>All results.</summary>
    public Task<List<TResult>> ListAsync(LiaisonDb db, T1 first, T2 second, T3 third, T4 fourth, T5 fifth, CancellationToken cancel) =>
        _translated.AllAsync(db, q => q(db, first, second, third, fourth, fifth), q => q(db, first, second, third, fourth, fifth), cancel);
}

/// <summary>Reads queries whose shape changes.</summary>
public static class Reading
{
    /// <summary>All results; from SQLite without waiting, which costs less a row.</summary>
    public static Task<List<T>> AllAsync<T>(this IQueryable<T> query, LiaisonDb db, CancellationToken cancel)
    {
        if (db.Engine == Engine.PostgreSql) return query.ToListAsync(cancel);
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(query.ToList());
    }

    /// <summary>The one behind so many of those in order; nothing when there are not so many. SQLite must not know that it is only one: it takes sorting for cheap then, and sorts all.</summary>
    public static async Task<T?> BehindAsync<T>(this IQueryable<T> ordered, LiaisonDb db, int count, CancellationToken cancel)
    {
        var one = 1;
        return (await ordered.Skip(count).Take(one).AllAsync(db, cancel)).FirstOrDefault();
    }
}

/// <summary>A query as each model's engine reads it: SQLite never waits for anything, so the way there that could wait would only cost, row by row.</summary>
internal sealed class Translations<TSync, TAsync>(Func<TSync> sync, Func<TAsync> async) where TSync : class where TAsync : class
{
    private readonly ConditionalWeakTable<IModel, TSync> _sync = [];
    private readonly ConditionalWeakTable<IModel, TAsync> _async = [];

    public Task<List<T>> AllAsync<T>(LiaisonDb db, Func<TSync, IEnumerable<T>> now, Func<TAsync, IAsyncEnumerable<T>> later, CancellationToken cancel)
    {
        if (db.Engine == Engine.PostgreSql) return WaitAsync(later(_async.GetValue(db.Model, _ => async())), cancel);
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(now(_sync.GetValue(db.Model, _ => sync())).ToList());
    }

    private static async Task<List<T>> WaitAsync<T>(IAsyncEnumerable<T> results, CancellationToken cancel)
    {
        var list = new List<T>();
        await foreach (var result in results.WithCancellation(cancel)) list.Add(result);
        return list;
    }
}
