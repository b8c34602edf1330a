using System.Diagnostics;

namespace Liaison.Bench;

/// <summary>A request and a text that only its right answer holds.</summary>
internal readonly record struct Ask(byte[] Request, int Status, byte[] Expect);

/// <summary>What a number of clients measured; CPU in milliseconds a request.</summary>
internal sealed record Measured(int Requests, double Seconds, double P50, double P99, double AppCpu, double DatabaseCpu, int Wrong, string? FirstWrong)
{
    public double PerSecond => Requests / Seconds;
    public double Cpu => AppCpu + DatabaseCpu;
}

/// <summary>Asks as fast as the answers come, from several clients at once, and checks every answer.</summary>
internal static class Load
{
    public static Measured Run(ITarget server, int clients, TimeSpan time, Func<int, Ask> ask)
    {
        var times = new List<double>[clients];
        int next = 0, wrong = 0;
        string? first = null;
        var (app, database) = (server.Cpu, server.DatabaseCpu);
        var clock = Stopwatch.StartNew();
        var threads = new Thread[clients];
        for (var i = 0; i < clients; i++)
        {
            var mine = times[i] = new(1 << 16);
            threads[i] = new Thread(() =>
            {
                using var client = new Client(server.Port);
                while (clock.Elapsed < time)
                {
                    var one = ask(Interlocked.Increment(ref next));
                    var start = Stopwatch.GetTimestamp();
                    try { client.Send(one.Request); }
                    catch (System.Net.Sockets.SocketException e) { Interlocked.Increment(ref wrong); first ??= e.Message; client.Dispose(); continue; }
                    mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    if (client.Status == one.Status && client.Body.IndexOf(one.Expect) >= 0) continue;
                    Interlocked.Increment(ref wrong);
                    first ??= $"{client.Status} without \"{System.Text.Encoding.UTF8.GetString(one.Expect)}\"";
                }
            });
        }
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        var seconds = clock.Elapsed.TotalSeconds;
        double[] all = [.. times.SelectMany(t => t)];
        Array.Sort(all);
        var n = Math.Max(all.Length, 1);
        return new(all.Length, seconds, At(all, 0.5), At(all, 0.99), (server.Cpu - app) * 1000 / n, (server.DatabaseCpu - database) * 1000 / n, wrong, first);
    }

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? 0 : sorted[Math.Min((int)(sorted.Length * part), sorted.Length - 1)];
}
