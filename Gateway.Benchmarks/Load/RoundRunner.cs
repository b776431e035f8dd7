using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Load;

/// <summary>One round of one side: load, and the clocks of whoever bears it, read at both ends of the window.</summary>
internal sealed class RoundRunner(LoadGenerator generator, ProviderProcess? provider, ProviderProcess? broken)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Runs a round.</summary>
    /// <param name="target">Who bears it.</param>
    /// <param name="workload">What is sent.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="warmUpSeconds">What goes before.</param>
    /// <param name="seconds">What counts.</param>
    public async Task<(RoundResult Result, Measurement Seen)> RunAsync(
        Target target, Workload workload, Pace pace, double warmUpSeconds, double seconds)
    {
        var from = Stamp.Now() + (long)(warmUpSeconds * NanosecondsPerSecond);
        var window = new Window(from, from + (long)(seconds * NanosecondsPerSecond));
        var before = await CountAsync();
        var costs = Task.Factory.StartNew(
            () => new Costs(target, provider?.Group, window), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var seen = await generator.RunAsync(target, workload, pace, window);
        var cost = await costs;
        if (workload.Recording is not null)
        {
            // Played to its end, however late that was.
            cost.ReadPage();
        }

        return (Results.Summary.Of(seen, cost, await CountAsync() - before, window), seen);
    }

    // What the good one answered, and what the broken one did badly.
    private async Task<ProviderTally> CountAsync()
    {
        var good = provider is null ? default : await provider.CountAsync();
        return broken is null ? good : good with { Faults = (await broken.CountAsync()).Faults };
    }
}
