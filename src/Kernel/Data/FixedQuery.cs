using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Liaison.Kernel.Data;

/// <summary>
/// A query whose shape never changes, translated once for each model instead of looked up by its expression at each call: for the pages that are opened most.
/// The expression names sets as <c>db.Set&lt;T&gt;()</c>; the viewer's filters apply as everywhere.
/// </summary>
public sealed class FixedQuery<TArgument, TResult>(Expression<Func<LiaisonDb, TArgument, IQueryable<TResult>>> query)
{
    private readonly ConditionalWeakTable<IModel, Func<LiaisonDb, TArgument, IAsyncEnumerable<TResult>>> _translated = [];

    /// <summary>All results.</summary>
    public Task<List<TResult>> ListAsync(LiaisonDb db, TArgument argument, CancellationToken cancel) =>
        FixedQuery.AllAsync(_translated.GetValue(db.Model, _ => EF.CompileAsyncQuery(query))(db, argument), cancel);
}

/// <inheritdoc cref="FixedQuery{TArgument, TResult}"/>
public sealed class FixedQuery<T1, T2, TResult>(Expression<Func<LiaisonDb, T1, T2, IQueryable<TResult>>> query)
{
    private readonly ConditionalWeakTable<IModel, Func<LiaisonDb, T1, T2, IAsyncEnumerable<TResult>>> _translated = [];

    /// <summary>All results.</summary>
    public Task<List<TResult>> ListAsync(LiaisonDb db, T1 first, T2 second, CancellationToken cancel) =>
        FixedQuery.AllAsync(_translated.GetValue(db.Model, _ => EF.CompileAsyncQuery(query))(db, first, second), cancel);
}

/// <inheritdoc cref="FixedQuery{TArgument, TResult}"/>
public sealed class FixedQuery<T1, T2, T3, T4, TResult>(Expression<Func<LiaisonDb, T1, T2, T3, T4, IQueryable<TResult>>> query)
{
    private readonly ConditionalWeakTable<IModel, Func<LiaisonDb, T1, T2, T3, T4, IAsyncEnumerable<TResult>>> _translated = [];

    /// <summary>All results.</summary>
    public Task<List<TResult>> ListAsync(LiaisonDb db, T1 first, T2 second, T3 third, T4 fourth, CancellationToken cancel) =>
        FixedQuery.AllAsync(_translated.GetValue(db.Model, _ => EF.CompileAsyncQuery(query))(db, first, second, third, fourth), cancel);
}

internal static class FixedQuery
{
    internal static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> results, CancellationToken cancel)
    {
        var list = new List<T>();
        await foreach (var result in results.WithCancellation(cancel)) list.Add(result);
        return list;
    }
}
