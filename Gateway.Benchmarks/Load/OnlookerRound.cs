using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Load;

/// <summary>A round of its own in which a tool looks at one side: looking costs time, so nothing else is measured in it.</summary>
internal sealed class OnlookerRound(LoadGenerator generator, Workload workload, Pace pace, double warmUpSeconds, double seconds)
{
    private const double NanosecondsPerSecond = 1e9;
    private const long TimeToAttach = 150_000_000;

    /// <summary>System calls for each answer and each event; null where they can't be counted.</summary>
    public async Task<SyscallCost?> CountSyscallsAsync(Target target)
    {
        var (callsPerSecond, seen) = await LookAsync(target, CountSyscallsAsync);
        return callsPerSecond is { } calls ? SyscallCost.Of(calls * seconds, seen.Ended, seen.Events) : null;
    }

    /// <summary>Where the CPU time goes; null where that can't be looked at.</summary>
    public async Task<IReadOnlyList<CpuShare>?> ProfileAsync(Target target) => (await LookAsync(target, ProfileAsync)).Found;

    private async Task<(T? Found, Measurement Seen)> LookAsync<T>(Target target, Func<ProcessGroup, Window, Task<T?>> look)
    {
        var from = Stamp.Now() + (long)(Math.Max(warmUpSeconds, 2 * TimeToAttach / NanosecondsPerSecond) * NanosecondsPerSecond);
        var window = new Window(from, from + (long)(seconds * NanosecondsPerSecond));
        var looking = Task.Run(async () =>
        {
            LinuxClock.SleepUntil(window.From - TimeToAttach);
            return await look(target.Processes!, window);
        });
        var seen = await generator.RunAsync(target, workload, pace, window);
        return (await looking, seen);
    }

    // The tool's window is not quite ours; the load is steady, so its rate is.
    private static async Task<double?> CountSyscallsAsync(ProcessGroup processes, Window window)
    {
        await using var counter = await SyscallCounter.StartAsync(processes.Members());
        var began = Stamp.Now();
        if (counter is null || began >= window.Until)
        {
            return null;
        }

        LinuxClock.SleepUntil(window.Until);
        var nanoseconds = Stamp.Now() - began;
        return await counter.StopAsync() / (nanoseconds / NanosecondsPerSecond);
    }

    private static async Task<IReadOnlyList<CpuShare>?> ProfileAsync(ProcessGroup processes, Window window)
    {
        await using var profiler = await CpuProfiler.StartAsync(processes.Members());
        if (profiler is null)
        {
            return null;
        }

        LinuxClock.SleepUntil(window.Until);
        return await profiler.StopAsync();
    }
}
