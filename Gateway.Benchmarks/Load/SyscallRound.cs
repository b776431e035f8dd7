using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Load;

/// <summary>A round of its own in which one side's system calls are counted: counting costs time, so nothing else is measured in it.</summary>
internal static class SyscallRound
{
    private const double NanosecondsPerSecond = 1e9;
    private const long TimeToAttach = 150_000_000;

    /// <summary>Calls for each answer and each event; null where they can't be counted.</summary>
    public static async Task<SyscallCost?> RunAsync(LoadGenerator generator, Target target, Workload workload, Pace pace, double warmUpSeconds, double seconds)
    {
        if (target.Processes is not { } processes)
        {
            return null;
        }

        var from = Stamp.Now() + (long)(Math.Max(warmUpSeconds, 2 * TimeToAttach / NanosecondsPerSecond) * NanosecondsPerSecond);
        var window = new Window(from, from + (long)(seconds * NanosecondsPerSecond));
        var counting = Task.Run(() => CountAsync(processes, window));
        var seen = await generator.RunAsync(target, workload, pace, window);
        return await counting is { } callsPerSecond ? SyscallCost.Of(callsPerSecond * window.Seconds, seen.Ended, seen.Events) : null;
    }

    // The tool's window is not quite ours; the load is steady, so its rate is.
    private static async Task<double?> CountAsync(ProcessGroup processes, Window window)
    {
        LinuxClock.SleepUntil(window.From - TimeToAttach);
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
}
