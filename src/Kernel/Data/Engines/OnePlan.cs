using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Liaison.Kernel.Data.Engines;

/// <summary>
/// Queries that PostgreSQL plans once for all values. Left to itself it takes the general plan of many a page for a little dearer than one for the values, and plans anew at each call,
/// which costs more than the page. A comment in the text says which queries these are; what makes it use the general plan is sent along and ends with the statement's transaction.
/// </summary>
internal static class OnePlan
{
    private const string Words = "one plan for all values";
    private const string Begin = "-- " + Words;
    private const string Use = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)";

    /// <summary>The query with the comment, where it is wanted.</summary>
    public static Expression<T> Of<T>(Expression<T> query, bool isWanted) => !isWanted ? query : query.Update(
        Expression.Call(typeof(EntityFrameworkQueryableExtensions), nameof(EntityFrameworkQueryableExtensions.TagWith), [query.ReturnType.GetGenericArguments()[0]], query.Body, Expression.Constant(Words)), query.Parameters);

    /// <summary>Whether a statement is one of these.</summary>
    public static bool IsOf(string text) => text.StartsWith(Begin, StringComparison.Ordinal);

    /// <summary>What goes before such statements, and only such; its answer is nobody's.</summary>
    public static NpgsqlBatchCommand ForAll() => new(Use);

    /// <summary>The answer to one such statement.</summary>
    public static async Task<DbDataReader> ReadAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        // Not disposed here: the reader needs it, and it holds nothing of its own.
        var batch = new NpgsqlBatch(command.Connection, command.Transaction) { Timeout = command.CommandTimeout };
        batch.BatchCommands.Add(ForAll());
        batch.BatchCommands.Add(Together.Part(command));
        var reader = await batch.ExecuteReaderAsync(cancel);
        try { await reader.NextResultAsync(cancel); }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
        return reader;
    }
}
