using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Load;

/// <summary>All rounds of a run: each workload, its sides in turn (A B A B), so that a busy minute of the machine meets all of them.</summary>
internal sealed class LoadRun(LoadOptions options, IProgress<string> progress, CancellationToken cancel = default)
{
    /// <summary>Starts what is needed, measures, and ends what was started.</summary>
    public async Task<(IReadOnlyList<Series> Series, Dictionary<string, string> Versions)> RunAsync()
    {
        using var generator = new LoadGenerator(options.GeneratorThreads);
        var versions = new Dictionary<string, string>();
        var series = new List<Series>();
        foreach (var workload in options.Workloads)
        {
            await using var stage = await Stage.SetAsync(options, workload);
            var runner = new RoundRunner(generator, stage.Provider, stage.Broken);
            foreach (var rate in options.Rates)
            {
                series.AddRange(await MeasureAsync(generator, runner, workload, options.PaceOf(workload, rate), stage.Sides));
            }

            foreach (var (name, version) in stage.Versions)
            {
                versions[name] = version;
            }
        }

        return (series, versions);
    }

    private async Task<IEnumerable<Series>> MeasureAsync(LoadGenerator generator, RoundRunner runner, Workload workload, Pace pace, List<Target> sides)
    {
        var builders = sides.Select(side => new SeriesBuilder(workload.Name, side.Name, pace)).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            var warmUp = options.WarmUpOf(workload, pace, round);
            for (var side = 0; side < sides.Count; side++)
            {
                progress.Report($"{workload.Name}, {pace}, round {round + 1} of {options.Rounds}: {sides[side].Name}");
                var (result, seen) = await runner
                    .RunAsync(sides[side], workload, pace, warmUp, options.SecondsOf(workload)).WaitAsync(options.LongestRound(workload, warmUp), cancel);
                builders[side].Add(result, seen);
            }
        }

        await LookAsync(generator, workload, pace, sides, builders);
        return builders.Select(static builder => builder.Build());
    }

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
