using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;

namespace Liaison.Bench;

/// <summary>Inner parts, with BenchmarkDotNet.</summary>
[MemoryDiagnoser]
public class Inner
{
    private readonly StatusEvent[] _events = [.. Enumerable.Range(0, 100).Select(i => new StatusEvent(
        DateTime.UnixEpoch.AddDays(100 - i), DateTime.UnixEpoch.AddDays(200), i, (StatusEffect)(i % 5), new StatusCause("activity", i)))];
    private string _file = "";

    internal static void Run() => BenchmarkRunner.Run<Inner>(DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableOptimizationsValidator));

    [GlobalSetup]
    public void Setup()
    {
        _file = Path.GetTempFileName();
        Bulk.WriteFile(_file, 10_000);
    }

    [GlobalCleanup]
    public void Cleanup() => File.Delete(_file);

    /// <summary>A status from a hundred actions.</summary>
    [Benchmark]
    public StatusOutcome Fold100Events() => StatusRules.Fold(ContactStatus.Lead, DateTime.UnixEpoch, new StatusCause("created"), _events);

    [Benchmark]
    public string FoldAscii() => SearchText.Fold("Marie Dupont, Atelier Vermeil, marie.dupont@vermeil.example");

    [Benchmark]
    public string FoldAccents() => SearchText.Fold("Éléonore Müller-Straße, Société générale d’électricité");

    /// <summary>Ten thousand rows of twelve columns.</summary>
    [Benchmark]
    public int Read10000Rows()
    {
        using var stream = File.OpenRead(_file);
        return Exchange.Reading.CsvRows.Read(stream, Exchange.Reading.ShapeDetection.Detect(stream)).Count();
    }
}
