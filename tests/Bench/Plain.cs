using System.Diagnostics;
using System.Globalization;

namespace Liaison.Bench;

/// <summary>What answers requests: its port, and the CPU it and its database took so far, in seconds.</summary>
internal interface ITarget
{
    int Port { get; }
    double Cpu { get; }
    double DatabaseCpu { get; }
}

/// <summary>
/// The framework's plainest page (tests/Plain): fifty rows of one SQLite query and nothing of Liaison. It cost 0.3 ms of CPU where the targets were set, so what it
/// costs here tells how fast this machine is at this hour.
/// </summary>
internal sealed class Plain : ITarget, IDisposable
{
    /// <summary>CPU of the plain page where the targets were set, ms.</summary>
    public const double Reference = 0.3;

    private readonly Process _process;
    private readonly string _folder = Directory.CreateTempSubdirectory("liaison-plain-").FullName;

    private Plain(Options options)
    {
        Port = Server.FreePort();
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        foreach (var word in new[] { Path.Combine(options.Root, "tests", "Plain", "bin", "Release", "net10.0", "Liaison.Plain.dll"), Port.ToString(CultureInfo.InvariantCulture), Path.Combine(_folder, "plain.db") })
            start.ArgumentList.Add(word);
        _process = Process.Start(start)!;
        var clock = Stopwatch.StartNew();
        while (!Client.Answers(Port, "/")) if (_process.WaitForExit(10) || clock.Elapsed > TimeSpan.FromMinutes(1)) throw new InvalidOperationException("The plain page does not start.");
    }

    public int Port { get; }
    public double Cpu => Account.Cpu(_process.Id);
    public double DatabaseCpu => 0;

    /// <summary>CPU of the plain page now, ms a request.</summary>
    public static Measured Measure(Options options)
    {
        using var plain = new Plain(options);
        Ask Page(int _) => new(System.Text.Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: 127.0.0.1:{plain.Port}\r\n\r\n"), 200, "/contacts/8967"u8.ToArray());
        Load.Run(plain, 8, options.Warm * 5, Page);
        return Load.Run(plain, 8, options.Together, Page);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
