using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Liaison.Tests.Harness;

/// <summary>The program as a process of its own on a test's database, which a test may kill or freeze.</summary>
public sealed partial class LiaisonProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LiaisonProcess(TestDatabase database, IReadOnlyList<string> words, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "liaison.dll"), .. words])
        {
            WorkingDirectory = database.Settings.DataFolder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["LIAISON_DATA"] = database.Settings.DataFolder, ["LIAISON_DATABASE"] = database.Setting, ["LIAISON_URL"] = "http://127.0.0.1:0", ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("The program ended before it was ready: " + Said));
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Where it listens, once it does.</summary>
    public Task<Uri> ReadyAsync() => _ready.Task.WaitAsync(TimeSpan.FromMinutes(2));

    /// <summary>What it wrote so far.</summary>
    public string Said { get { lock (_said) return _said.ToString(); } }

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Starts the server; it is not yet ready.</summary>
    public static LiaisonProcess Serve(TestDatabase database, params (string Name, string Value)[] settings) => new(database, ["serve"], settings);

    /// <summary>Starts a command.</summary>
    public static LiaisonProcess Start(TestDatabase database, params string[] words) => new(database, words);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Said)> RunAsync(TestDatabase database, params string[] words)
    {
        using var process = Start(database, words);
        return (await process.EndAsync(), process.Said);
    }

    /// <summary>Waits until it has ended by itself; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing is tidied up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM: it is asked to end, as the system or Ctrl+C does.</summary>
    public void AskToEnd()
    {
        using var ask = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        ask.WaitForExit();
    }

    /// <summary>Ends it, if it has not ended.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said) _said.AppendLine(line);
        if (Ready().Match(line) is { Success: true } ready) _ready.TrySetResult(new Uri(ready.Groups[1].Value));
    }

    [GeneratedRegex("^Liaison is ready: (http://[^ ,]+)", RegexOptions.None, 1000)]
    private static partial Regex Ready();
}
