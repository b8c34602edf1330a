using System.Globalization;
using System.Text;

namespace Liaison.Bench;

/// <summary>One figure of the table.</summary>
internal sealed record Result(string What, string Engine, int Contacts)
{
    public double? Alone { get; init; }
    public double? P50 { get; init; }
    public double? P99 { get; init; }
    public double? PerSecond { get; init; }
    public double? Cpu { get; init; }
    /// <summary>CPU of the bare page in the same run, ms.</summary>
    public double? Bare { get; init; }
    public int? Sql { get; init; }
    public double? Value { get; init; }
    public string Unit { get; init; } = "";
    public double? Target { get; init; }
    public bool AtLeast { get; init; } = true;
    public string Note { get; init; } = "";

    /// <summary>How many times as long as where the targets were set the framework's plain page took before these rows.</summary>
    public double? Slower { get; init; }

    /// <summary>1 or more: the target is met.</summary>
    public double? Ratio => Target is not { } target || (Value ?? PerSecond) is not { } reached || reached == 0 ? null : AtLeast ? reached / target : target / reached;

    /// <summary>The ratio as it would be where the plain page costs what it did where the targets were set; nothing for bytes and multiples, which no machine changes.</summary>
    public double? RatioThere => Unit is "" or "rows/s" or "s" && Ratio is { } ratio && Slower is { } slower ? ratio * slower : null;

    public static Result Of(Base @base, string what, double value, string unit, double target, bool atLeast) =>
        new(what, @base.Engine, @base.Contacts) { Value = value, Unit = unit, Target = target, AtLeast = atLeast };
}

/// <summary>Prints the one table and writes it with the machine's description.</summary>
internal static class Report
{
    private static readonly string[] Heads = ["what", "engine", "contacts", "p50 ms, 1 client", "p50 / p99 ms, 8 clients", "reached", "target", "ratio", "at 0.3 ms", "CPU ms a request", "bare pages", "SQL", ""];

    public static string Table(IReadOnlyList<Result> results)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", Heads).Append(" |\n| ").AppendJoin(" | ", Heads.Select((_, i) => i is 0 or 1 or 12 ? "---" : "---:")).Append(" |\n");
        foreach (var r in results)
        {
            string[] cells =
            [
                r.What, r.Engine, r.Contacts.ToString("N0", CultureInfo.InvariantCulture), Number(r.Alone), r.P50 is null ? "" : $"{Number(r.P50)} / {Number(r.P99)}",
                r.Value is null ? Number(r.PerSecond) + "/s" : $"{Number(r.Value)} {r.Unit}", r.Target is null ? "" : $"{(r.AtLeast ? "≥" : "≤")} {Number(r.Target)}", Number(r.Ratio), Number(r.RatioThere), Number(r.Cpu), r.Bare is { } bare && r.Cpu is { } cpu ? Number(cpu / bare) : "", r.Sql?.ToString(CultureInfo.InvariantCulture) ?? "", r.Note,
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
        return text.ToString();
    }

    public static void Write(Options options, IReadOnlyList<Result> results, string load)
    {
        var text = $"""
            # Performance

            Written by `bin/bench`. A ratio of 1 or more meets the target. CPU is user and system time of the server and of PostgreSQL, from the operating system's
            accounts; the load generator shares the cores with them. Requests: 8 clients on keep-alive connections, every answer checked for its status and a text that
            only the right answer holds. Commits are durable. "Bare pages" tells the CPU in pages of Liaison that run one query and print fifty rows, measured in the same run.
            "At 0.3 ms" is the ratio where the framework's plain page (tests/Plain: one query, fifty rows, nothing of Liaison) costs 0.3 ms, as where the targets were set.

            {Machine()}, load average before and after: {load}. {TimeProvider.System.GetUtcNow():yyyy-MM-dd}.

            """;
        File.WriteAllText(Path.Combine(options.Root, "docs", "performance.md"), text + "\n" + Table(results));
    }

    public static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..2]);

    private static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
        var memory = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024 / 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores ({model}), {memory + 1} GB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}");
    }

    private static string Number(double? value) => value is not { } v ? "" : v switch
    {
        >= 1000 => v.ToString("N0", CultureInfo.InvariantCulture), >= 100 => v.ToString("0", CultureInfo.InvariantCulture), >= 10 => v.ToString("0.0", CultureInfo.InvariantCulture), _ => v.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
