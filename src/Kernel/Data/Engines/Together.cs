using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Liaison.Kernel.Data.Engines;

/// <summary>
/// Reads that do not depend on each other, sent to PostgreSQL in one go: each runs until it asks for its first statement, then all statements go out together, and each goes on with
/// its answer; what they ask next goes out together again. Never do two of them run at the same time, so they may share a context. Reads within reads join in.
/// </summary>
internal sealed class Together(LiaisonDb db)
{
    private readonly List<Asked> _asked = [];
    private Turn _turn = new();

    /// <summary>Runs the reads to their end.</summary>
    public async Task RunAsync(IReadOnlyList<Func<Task>> reads)
    {
        // Until the end: each answer's reader would give the connection back.
        await db.Database.OpenConnectionAsync();
        try
        {
            var running = await BeginAsync(reads, new() { Left = reads.Count });
            while (_asked.Count > 0) await SendAsync();
            await running;
        }
        finally { await db.Database.CloseConnectionAsync(); }
    }

    /// <summary>Runs reads inside one of those that run already: what they ask goes out with what the others ask.</summary>
    public async Task JoinAsync(IReadOnlyList<Func<Task>> reads)
    {
        var (turn, group) = (_turn, new Group { Left = reads.Count });
        var running = await BeginAsync(reads, group);
        _turn = turn;
        if (group.Left > 0)
        {
            // Whichever ends last leaves its turn to the one that waits for them here.
            group.IsAwaited = true;
            turn.End();
        }
        await running;
    }

    private async Task<Task> BeginAsync(IReadOnlyList<Func<Task>> reads, Group group)
    {
        var running = new Task[reads.Count];
        for (var i = 0; i < running.Length; i++)
        {
            // Reads that join inside of it have turns of their own.
            var turn = _turn = new();
            running[i] = RunAsync(reads[i], group);
            await turn.OverAsync();
        }
        return Task.WhenAll(running);
    }

    private async Task RunAsync(Func<Task> read, Group group)
    {
        try { await read(); }
        finally
        {
            if (--group.Left > 0 || !group.IsAwaited) _turn.End();
        }
    }

    /// <summary>The answer to a statement, when its turn has come.</summary>
    public Task<DbDataReader> ReaderAsync(DbCommand command, CancellationToken cancel)
    {
        var asked = new Asked((NpgsqlCommand)command, cancel);
        _asked.Add(asked);
        _turn.End();
        return asked.Answer.Task;
    }

    private async Task SendAsync()
    {
        var asked = _asked.ToArray();
        _asked.Clear();
        var next = 0;
        try
        {
            if (asked is [var only])
            {
                var reader = OnePlan.IsOf(only.Command.CommandText) ? await OnePlan.ReadAsync(only.Command, only.Cancel) : await only.Command.ExecuteReaderAsync(only.Cancel);
                await GiveAsync(asked[next++], reader);
                return;
            }
            await using var batch = new NpgsqlBatch(asked[0].Command.Connection, asked[0].Command.Transaction) { Timeout = asked[0].Command.CommandTimeout };
            var isOnePlan = Array.TrueForAll(asked, one => OnePlan.IsOf(one.Command.CommandText));
            if (isOnePlan) batch.BatchCommands.Add(OnePlan.ForAll());
            foreach (var one in asked) batch.BatchCommands.Add(Part(one.Command));
            await using var answers = await batch.ExecuteReaderAsync(asked[0].Cancel);
            if (isOnePlan) await answers.NextResultAsync(asked[0].Cancel);
            while (true)
            {
                await GiveAsync(asked[next++], new OneAnswer(answers));
                if (next == asked.Length) return;
                if (!await answers.NextResultAsync(asked[next].Cancel)) throw new InvalidOperationException("PostgreSQL answered fewer statements than it was asked.");
            }
        }
        catch (Exception e)
        {
            // Those that have their answer need nothing more.
            while (next < asked.Length) await GiveAsync(asked[next++], null, e);
        }
    }

    internal static NpgsqlBatchCommand Part(NpgsqlCommand command)
    {
        var part = new NpgsqlBatchCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters) part.Parameters.Add(parameter.Clone());
        return part;
    }

    private async Task GiveAsync(Asked asked, DbDataReader? reader, Exception? fault = null)
    {
        var turn = _turn = new();
        if (reader is not null) asked.Answer.SetResult(reader);
        else asked.Answer.SetException(fault!);
        await turn.OverAsync();
    }

    private sealed record Asked(NpgsqlCommand Command, CancellationToken Cancel)
    {
        // Whoever waits goes on at once, on this thread: it has the turn.
        public TaskCompletionSource<DbDataReader> Answer { get; } = new();
    }

    private sealed class Group
    {
        public int Left { get; set; }
        public bool IsAwaited { get; set; }
    }

    // One read's time to run; it is over when the read asks for something or ends.
    private sealed class Turn
    {
        private readonly Lock _lock = new();
        private bool _isOver;
        private TaskCompletionSource? _waiting;

        public void End()
        {
            lock (_lock) _isOver = true;
            _waiting?.SetResult();
        }

        public Task OverAsync()
        {
            lock (_lock) return _isOver ? Task.CompletedTask : (_waiting = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}

/// <summary>Lets reads that run together wait for their turn instead of asking by themselves, and queries that are planned once be asked so.</summary>
internal sealed class TogetherReading : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LiaisonDb { Together: { } together }) return InterceptionResult<DbDataReader>.SuppressWithResult(await together.ReaderAsync(command, cancellationToken));
        return OnePlan.IsOf(command.CommandText) ? InterceptionResult<DbDataReader>.SuppressWithResult(await OnePlan.ReadAsync((NpgsqlCommand)command, cancellationToken)) : result;
    }
}
