using System.Runtime.InteropServices;

namespace Liaison.Exchange;

/// <summary>Whoever runs a command asks it to stop (Ctrl+C, or the system's request to end): it stops in order. Asked twice, the program ends at once.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>What a command that was interrupted ends with.</summary>
    public const int ExitCode = 130;

    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interruption() => _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear)];

    /// <summary>Cancelled once it was asked.</summary>
    public CancellationToken Token => _asked.Token;

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _asked.Dispose();
    }

    private void Hear(PosixSignalContext context)
    {
        context.Cancel = !_asked.IsCancellationRequested;
        _asked.Cancel();
    }
}
