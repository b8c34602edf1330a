using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Liaison.Tests.Harness;

/// <summary>Notes the queries that a server sends, with their parameters, while a test listens.</summary>
public sealed class SentSql : DbCommandInterceptor
{
    private ConcurrentQueue<Query>? _heard;

    /// <summary>The queries sent while the action ran.</summary>
    public async Task<IReadOnlyList<Query>> DuringAsync(Func<Task> action)
    {
        var heard = _heard = new();
        try { await action(); }
        finally { _heard = null; }
        return [.. heard];
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return new(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Note(command);
        return result;
    }

    private void Note(DbCommand command) =>
        _heard?.Enqueue(new(command.CommandText, [.. command.Parameters.Cast<DbParameter>()]));
}

/// <summary>One query as it was sent.</summary>
public sealed record Query(string Text, IReadOnlyList<DbParameter> Parameters);
