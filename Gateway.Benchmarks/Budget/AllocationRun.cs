using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Gateway.Benchmarks.Budget;

/// <summary>Every benchmark for a moment, in this process: too short for times, long enough to count bytes.</summary>
internal static class AllocationRun
{
    private const string Root = "Gateway.Benchmarks.Micro.";

    /// <summary>Bytes per operation of each benchmark.</summary>
    public static SortedDictionary<string, long> Measure()
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(1).WithIterationCount(1).WithIterationTime(TimeInterval.FromMilliseconds(20));
        var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableOptimizationsValidator).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "allocation-budget"));
        var measured = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var report in BenchmarkSwitcher.FromAssembly(typeof(AllocationRun).Assembly).RunAll(config).SelectMany(static summary => summary.Reports))
        {
            measured[NameOf(report.BenchmarkCase)] = BytesOf(report);
        }

        return measured;
    }

    private static long BytesOf(BenchmarkReport report) => report.Success
        ? report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0
        : throw new InvalidOperationException($"{NameOf(report.BenchmarkCase)} did not run.");

    private static string NameOf(BenchmarkCase one)
    {
        var method = $"{one.Descriptor.Type.FullName![Root.Length..]}.{one.Descriptor.WorkloadMethod.Name}";
        return one.HasParameters ? $"{method}({one.Parameters.DisplayInfo.Trim('[', ']')})" : method;
    }
}
