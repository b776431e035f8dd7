using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Provider;

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

        // The clocks are read innermost: to write the page is no work of the round.
        _before = MetricsPage.Read(target.Metrics);
        var before = Clocks.Read(target.Processes, provider);
        LinuxClock.SleepUntil(window.Until);
        var after = Clocks.Read(target.Processes, provider);
        TargetCpu = Within(window, before.Instant, before.Target, after.Instant, after.Target);
        ProviderCpu = Within(window, before.Instant, before.Provider, after.Instant, after.Provider);
        GeneratorCpu = Within(window, before.Instant, before.Own, after.Instant, after.Own);
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

    /// <summary>CPU time of a whole window, from that between two readings: the first is late by the page that is read before it, the other by a busy machine.</summary>
    internal static long Within(Window window, long firstInstant, long? first, long lastInstant, long? last) => last is { } end && first is { } begin
        ? (long)((end - begin) * ((double)(window.Until - window.From) / Math.Max(1, lastInstant - firstInstant)))
        : -1;

    // What the clocks of all say at an instant.
    private readonly record struct Clocks(long Instant, long? Target, long? Provider, long Own)
    {
        public static Clocks Read(ProcessGroup? target, ProcessGroup? provider) =>
            new(Stamp.Now(), target?.CpuNanoseconds(), provider?.CpuNanoseconds(), LinuxClock.CpuNanoseconds(Environment.ProcessId));
    }
}
