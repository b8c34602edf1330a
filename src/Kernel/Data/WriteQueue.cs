namespace Liaison.Kernel.Data;

/// <summary>Who writes next: in order of arrival, but a writer for whom somebody waits comes before work in the background.</summary>
internal sealed class WriteQueue
{
    // Work is not kept from getting on by people who never stop.
    private const int AwaitedInARow = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _awaited = new(), _work = new();
    private bool _isTaken;
    private int _inARow;

    /// <summary>Waits for one's turn; it ends with <see cref="Leave"/>.</summary>
    public async ValueTask EnterAsync(bool isAwaited, CancellationToken cancel)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (!_isTaken) { _isTaken = true; return; }
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (isAwaited ? _awaited : _work).Enqueue(turn);
        }
        try { await turn.Task.WaitAsync(Patience, cancel); }
        catch (Exception e)
        {
            // Who goes away at the moment it is given the turn hands it on.
            if (!turn.TrySetCanceled(CancellationToken.None)) Leave();
            if (e is TimeoutException) throw new TimeoutException("Other writers did not finish in time.", e);
            throw;
        }
    }

    /// <summary>Hands the turn on.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            while (Next() is { } turn) if (turn.TrySetResult()) return;
            _isTaken = false;
        }
    }

    private TaskCompletionSource? Next()
    {
        _inARow = _work.Count == 0 ? 0 : _inARow + 1;
        if (_inARow <= AwaitedInARow && _awaited.TryDequeue(out var person)) return person;
        _inARow = 0;
        return _work.TryDequeue(out var work) ? work : null;
    }
}
