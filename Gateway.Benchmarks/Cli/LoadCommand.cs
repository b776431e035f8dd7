using System.CommandLine;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Cli;

/// <summary><c>load</c> and <c>compare</c>: clients, gateway and provider end to end, always next to the same without the gateway.</summary>
internal static class LoadCommand
{
    public static Command CreateLoad() =>
        Create("load", "Measure the gateway under load, next to the same load without it", withPeers: false);

    public static Command CreateCompare() =>
        Create("compare", "The same, next to other proxies under the same load", withPeers: true);

    private static Command Create(string name, string about, bool withPeers)
    {
        var command = new Command(name, about);
        var arguments = new LoadArguments(command, withPeers);
        command.SetAction((parsed, cancel) => RunAsync(arguments, parsed, cancel));
        return command;
    }

    private static async Task<int> RunAsync(LoadArguments arguments, ParseResult parsed, CancellationToken cancel)
    {
        LoadOptions options;
        try
        {
            options = arguments.Read(parsed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BenchmarkCommandLine.Usage;
        }

        if ((arguments.Contradiction(parsed, options) ?? arguments.Refusal(parsed, options)) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return BenchmarkCommandLine.Usage;
        }

        foreach (var line in LeftOut(options))
        {
            await Console.Error.WriteLineAsync(line);
        }

        return await RunAsync(options, string.Join(' ', parsed.Tokens.Select(static token => token.Value)), arguments.OutputOf(parsed), cancel);
    }

    private static async Task<int> RunAsync(LoadOptions options, string command, string? output, CancellationToken cancel)
    {
        var date = TimeProvider.System.GetUtcNow();
        var machine = Machine.Current();
        var progress = new TerminalProgress(Console.Error);
        var run = new LoadRun(options, progress, cancel);
        var (series, versions) = await run.RunAsync();
        progress.Clear();
        if (run.WasInterrupted)
        {
            await Console.Error.WriteLineAsync(series.Count == 0
                ? "interrupted before a round had ended"
                : $"interrupted: what follows{(output is null ? "" : $", and stands in {output},")} are the rounds that had ended");
        }

        if (series.Count > 0)
        {
            await Console.Out.WriteAsync(LoadText.Of(series, comparesPeers: options.Peers.Count > 0, SyscallCounter.Tool));
            if (output is not null)
            {
                ResultJson.Save(new LoadResult { Form = LoadResult.CurrentForm, Date = date, Command = command, Machine = machine, Versions = versions, Series = series }, output);
            }
        }

        return run.WasInterrupted || HasFailed(series) ? BenchmarkCommandLine.Failure : 0;
    }

    /// <summary>Whether there is a side of which all that was asked went wrong.</summary>
    internal static bool HasFailed(IReadOnlyList<Series> series) => series.Any(static one => one.IsSilent && one.Whole.Faults.Count > 0);

    private static IEnumerable<string> LeftOut(LoadOptions options)
    {
        if (options.Workloads[0].Recording is { } recording)
        {
            if (recording.LeftOut > 0)
            {
                yield return $"{recording.LeftOut} exchanges are left out: they had no whole answer";
            }

            if (recording.IsCut)
            {
                yield return $"the last line of {recording.File} is left out: it is not whole yet";
            }
        }
    }
}
