using Gateway.Benchmarks.Processes;

namespace Gateway.Benchmarks.Load;

/// <summary>CPU time within a window and memory at its end; -1 where it is not known.</summary>
internal sealed class Costs
{
    /// <summary>Waits for both ends of the window, on the calling thread, and reads the clocks there.</summary>
    public Costs(Target target, ProcessGroup? provider, Window window)
    {
        LinuxClock.SleepUntil(window.From);
        var heapBefore = HeapMetrics.Read(target.Metrics);
        var (targetBefore, providerBefore, ownBefore) =
            (target.Processes?.CpuNanoseconds(), provider?.CpuNanoseconds(), LinuxClock.CpuNanoseconds(Environment.ProcessId));
        LinuxClock.SleepUntil(window.Until);
        TargetCpu = target.Processes?.CpuNanoseconds() - targetBefore ?? -1;
        ProviderCpu = provider?.CpuNanoseconds() - providerBefore ?? -1;
        GeneratorCpu = LinuxClock.CpuNanoseconds(Environment.ProcessId) - ownBefore;
        TargetResident = target.Processes?.ResidentBytes() ?? -1;
        Heap = HeapMetrics.Read(target.Metrics) - heapBefore;
    }

    /// <summary>Of whoever is measured, in nanoseconds.</summary>
    public long TargetCpu { get; }

    /// <summary>What a gateway of ours has allocated and collected; null if it does not tell.</summary>
    public HeapMetrics? Heap { get; }

    /// <summary>Of the scripted provider, in nanoseconds.</summary>
    public long ProviderCpu { get; }

    /// <summary>Of this process, in nanoseconds.</summary>
    public long GeneratorCpu { get; }

    /// <summary>Resident memory of whoever is measured, in bytes.</summary>
    public long TargetResident { get; }
}
