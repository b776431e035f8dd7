using Gateway.Benchmarks.Processes;

namespace Gateway.Benchmarks.Load;

/// <summary>CPU time within a window and memory at its end; -1 where it is not known.</summary>
internal sealed class Costs
{
    private readonly Target _target;
    private readonly MetricsPage? _before;

    /// <summary>Waits for both ends of the window, on the calling thread, and reads the clocks there.</summary>
    public Costs(Target target, ProcessGroup? provider, Window window)
    {
        _target = target;
        LinuxClock.SleepUntil(window.From);
        _before = MetricsPage.Read(target.Metrics);
        var (targetBefore, providerBefore, ownBefore) =
            (target.Processes?.CpuNanoseconds(), provider?.CpuNanoseconds(), LinuxClock.CpuNanoseconds(Environment.ProcessId));
        LinuxClock.SleepUntil(window.Until);
        TargetCpu = target.Processes?.CpuNanoseconds() - targetBefore ?? -1;
        ProviderCpu = provider?.CpuNanoseconds() - providerBefore ?? -1;
        GeneratorCpu = LinuxClock.CpuNanoseconds(Environment.ProcessId) - ownBefore;
        TargetResident = target.Processes?.ResidentBytes() ?? -1;
        ReadPage();
    }

    /// <summary>Reads once more what the gateway says of itself: answers have ended since.</summary>
    public void ReadPage() => Page = MetricsPage.Read(_target.Metrics) - _before;

    /// <summary>Of whoever is measured, in nanoseconds.</summary>
    public long TargetCpu { get; }

    /// <summary>What a gateway of ours says of itself; null if it does not tell.</summary>
    public MetricsPage? Page { get; private set; }

    /// <summary>Of the scripted provider, in nanoseconds.</summary>
    public long ProviderCpu { get; }

    /// <summary>Of this process, in nanoseconds.</summary>
    public long GeneratorCpu { get; }

    /// <summary>Resident memory of whoever is measured, in bytes.</summary>
    public long TargetResident { get; }
}
