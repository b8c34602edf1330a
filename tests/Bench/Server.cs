using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Liaison.Bench;

/// <summary>The built server as a child process, on a free port.</summary>
internal sealed class Server : ITarget, IDisposable
{
    private readonly Process _process;
    private readonly Base _base;

    public Server(Options options, Base @base, bool development = false)
    {
        _base = @base;
        Port = FreePort();
        var clock = Stopwatch.StartNew();
        _process = Start(options, @base, ["serve"], development, Port);
        _process.ErrorDataReceived += (_, e) => { if (e.Data?.Contains(" fail:", StringComparison.Ordinal) == true) Console.Error.WriteLine(e.Data); };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        StartSeconds = WaitForPage(clock);
    }

    public int Port { get; }
    public int Pid => _process.Id;
    /// <summary>From the start of the process to the first page.</summary>
    public double StartSeconds { get; }
    public double Cpu => Account.Cpu(Pid);
    public double DatabaseCpu => _base.DatabaseCpu;

    /// <summary>Runs a command of the program on the base; returns what it wrote.</summary>
    public static (string Output, double Seconds, double Peak, double Cpu) Command(Options options, Base @base, params string[] words)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(options, @base, words, development: false, 0);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        double peak = 0, cpu = 0;
        while (!process.WaitForExit(50))
        {
            peak = Math.Max(peak, Account.Megabytes(process.Id, "VmHWM"));
            cpu = Math.Max(cpu, Account.Cpu(process.Id));
        }
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"liaison {string.Join(' ', words)}: {errors.GetAwaiter().GetResult()}");
        return (output.GetAwaiter().GetResult(), clock.Elapsed.TotalSeconds, peak, cpu);
    }

    private static Process Start(Options options, Base @base, string[] words, bool development, int port)
    {
        var isLibrary = options.Program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : options.Program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = @base.Folder };
        if (isLibrary) start.ArgumentList.Add(options.Program);
        foreach (var word in words) start.ArgumentList.Add(word);
        start.Environment["LIAISON_DATA"] = @base.Folder;
        start.Environment["LIAISON_DATABASE"] = @base.Setting;
        start.Environment["LIAISON_URL"] = $"http://127.0.0.1:{port}";
        start.Environment["LIAISON_DEVELOPMENT"] = development ? "1" : "0";
        return Process.Start(start)!;
    }

    private double WaitForPage(Stopwatch clock)
    {
        while (clock.Elapsed < TimeSpan.FromMinutes(3))
        {
            if (Client.Answers(Port, "/sign-in")) return clock.Elapsed.TotalSeconds;
            if (_process.WaitForExit(10)) throw new InvalidOperationException("The server ended at once.");
        }
        throw new TimeoutException("The server gives no page.");
    }

    /// <summary>Asks nothing for a while.</summary>
    public void LeaveAlone(TimeSpan time) => _process.WaitForExit(time);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
