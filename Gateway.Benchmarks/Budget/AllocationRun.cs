using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
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
    // No object is smaller (64-bit .NET). Less than one per operation is what the run itself allocates, spread over its operations.
    private const long SmallestObject = 24;

    private const string Root = "Gateway.Benchmarks.Micro.";

    /// <summary>Bytes per operation of each benchmark.</summary>
    /// <param name="milliseconds">How long each runs.</param>
    /// <param name="only">Names of those that run; null for all.</param>
    public static SortedDictionary<string, long> Measure(int milliseconds, IReadOnlyCollection<string>? only)
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(1).WithIterationCount(1).WithIterationTime(TimeInterval.FromMilliseconds(milliseconds));
        var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableOptimizationsValidator).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "allocation-budget"));
        if (only is not null)
        {
            config.AddFilter(new SimpleFilter(one => only.Contains(NameOf(one))));
        }

        var measured = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var report in BenchmarkSwitcher.FromAssembly(typeof(AllocationRun).Assembly).RunAll(config).SelectMany(static summary => summary.Reports))
        {
            measured[NameOf(report.BenchmarkCase)] = BytesOf(report);
        }

        return measured;
    }

    private static long BytesOf(BenchmarkReport report) => report.Success
        ? report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) is { } bytes and >= SmallestObject ? bytes : 0
        : throw new InvalidOperationException($"{NameOf(report.BenchmarkCase)} did not run.");

    private static string NameOf(BenchmarkCase one)
    {
        var method = $"{one.Descriptor.Type.FullName![Root.Length..]}.{one.Descriptor.WorkloadMethod.Name}";
        return one.HasParameters ? $"{method}({one.Parameters.DisplayInfo.Trim('[', ']')})" : method;
    }
}
