using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Load;

/// <summary>All rounds of a run: each workload, its sides in turn and in turned order (A B, B A), so that a busy minute or a slow drift of the machine meets all of them.</summary>
internal sealed class LoadRun(LoadOptions options, IProgress<string> progress, CancellationToken cancel = default)
{
    /// <summary>Whether it was told to stop before its end: what is there are the rounds that had ended.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Starts what is needed, measures, and ends what was started.</summary>
    public async Task<(IReadOnlyList<Series> Series, Dictionary<string, string> Versions)> RunAsync()
    {
        using var generator = new LoadGenerator(options.GeneratorThreads);
        var versions = new Dictionary<string, string>();
        var series = new List<Series>();
        try
        {
            foreach (var workload in options.Workloads)
            {
                await using var stage = await Stage.SetAsync(options, workload);
                foreach (var (name, version) in stage.Versions)
                {
                    versions[name] = version;
                }

                var runner = new RoundRunner(generator, stage.Provider, stage.Broken);
                foreach (var rate in options.Rates)
                {
                    await MeasureAsync(generator, runner, workload, options.PaceOf(workload, rate), stage.Sides, series);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            WasInterrupted = true;
        }

        return (series, versions);
    }

    private async Task MeasureAsync(LoadGenerator generator, RoundRunner runner, Workload workload, Pace pace, List<Target> sides, List<Series> series)
    {
        var builders = sides.Select(side => new SeriesBuilder(workload.Name, side.Name, pace, options.ConditionsOf(workload))).ToArray();
        try
        {
            await MeasureAsync(runner, workload, pace, sides, builders);
            await LookAsync(generator, workload, pace, sides, builders);
        }
        finally
        {
            series.AddRange(builders.Where(static builder => builder.HasRounds).Select(static builder => builder.Build()));
        }
    }

    private async Task MeasureAsync(RoundRunner runner, Workload workload, Pace pace, List<Target> sides, SeriesBuilder[] builders)
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            var warmUp = options.WarmUpOf(workload, pace, round);
            foreach (var side in Order(round, sides.Count))
            {
                progress.Report($"{workload.Name}, {pace}, round {round + 1} of {options.Rounds}: {sides[side].Name}");
                var (result, seen) = await runner
                    .RunAsync(sides[side], workload, pace, warmUp, options.SecondsOf(workload)).WaitAsync(options.LongestRound(workload, warmUp), cancel);
                builders[side].Add(result, seen);
            }
        }
    }

    /// <summary>In which order the sides of a round are measured: whoever was last is first in the next one.</summary>
    internal static IEnumerable<int> Order(int round, int sides) =>
        Enumerable.Range(0, sides).Select(place => round % 2 == 0 ? place : sides - 1 - place);

    private async Task LookAsync(LoadGenerator generator, Workload workload, Pace pace, List<Target> sides, SeriesBuilder[] builders)
    {
        var warmUp = options.WarmUpOf(workload, pace, round: 1);
        var onlookers = new OnlookerRound(generator, workload, pace, warmUp, options.SecondsOf(workload));
        foreach (var (side, builder) in sides.Zip(builders).Where(static pair => pair.First.Processes is not null))
        {
            if (options.CountsSyscalls)
            {
                progress.Report($"{workload.Name}, {pace}, system calls: {side.Name}");
                builder.Syscalls = await onlookers.CountSyscallsAsync(side).WaitAsync(options.LongestRound(workload, warmUp), cancel);
            }

            if (options.Profiles)
            {
                progress.Report($"{workload.Name}, {pace}, where the time goes: {side.Name}");
                builder.Profile = await onlookers.ProfileAsync(side).WaitAsync(options.LongestRound(workload, warmUp), cancel);
            }
        }
    }
}
