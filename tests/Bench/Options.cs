using System.Globalization;

namespace Liaison.Bench;

/// <summary>What to measure, from the command line.</summary>
internal sealed record Options
{
    public IReadOnlyList<int> Sizes { get; init; } = [10_000, 100_000];
    public IReadOnlyList<string> Engines { get; init; } = ["sqlite"];
    /// <summary>Rows to measure; all when empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];
    public bool Quick { get; init; }
    public bool Inner { get; init; }
    public required string Root { get; init; }
    /// <summary>Bases are kept here between runs.</summary>
    public required string Folder { get; init; }
    /// <summary>The program measured.</summary>
    public required string Program { get; init; }

    public TimeSpan Warm => TimeSpan.FromSeconds(Quick ? 0.5 : 2);
    public TimeSpan Alone => TimeSpan.FromSeconds(Quick ? 0.5 : 2);
    public TimeSpan Together => TimeSpan.FromSeconds(Quick ? 1 : 5);

    public const string Usage = """
        bin/bench [--contacts 10000,100000,1000000] [--engine sqlite|postgres|both] [--only list,search] [--quick]
            Seeds what is missing, drives the built server and writes docs/performance.md (not with --only or --quick).
        bin/bench --inner
            Measures inner parts with BenchmarkDotNet.
        """;

    public bool Wants(string row) => Only.Count == 0 || Only.Contains(row);

    public static Options? Parse(string[] args)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Liaison.slnx"))) root = Path.GetDirectoryName(root.TrimEnd('/'))!;
        var options = new Options
        {
            Root = root, Folder = Environment.GetEnvironmentVariable("LIAISON_BENCH_DATA") ?? Path.Combine(root, "artifacts", "bench"),
            Program = Environment.GetEnvironmentVariable("LIAISON_PROGRAM") ?? Path.Combine(root, "bin", "liaison"),
        };
        for (var i = 0; i < args.Length; i++)
        {
            string Next() => ++i < args.Length ? args[i] : "";
            switch (args[i])
            {
                case "--contacts": options = options with { Sizes = [.. Next().Split(',').Select(n => int.Parse(n, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))] }; break;
                case "--engine": options = options with { Engines = Next() switch { "both" => ["sqlite", "postgres"], var one => [one] } }; break;
                case "--only": options = options with { Only = Next().Split(',') }; break;
                case "--quick": options = options with { Quick = true }; break;
                case "--inner": options = options with { Inner = true }; break;
                default: return null;
            }
        }
        return options;
    }
}
