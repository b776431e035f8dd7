using System.CommandLine;
using BenchmarkDotNet.Running;

namespace Gateway.Benchmarks.Cli;

/// <summary><c>micro [filter]</c>: times and allocations of the hot components.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("filter") { Description = "Part of a benchmark's name", DefaultValueFactory = static _ => "" };
        var command = new Command("micro", "BenchmarkDotNet over the hot components; what follows -- goes to it") { filter };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            string[] arguments = ["--filter", $"*{parsed.GetValue(filter)}*", .. parsed.UnmatchedTokens];
            BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(arguments);
        });
        return command;
    }
}
