using System.CommandLine;

namespace Gateway.Benchmarks.Cli;

/// <summary>From arguments to one command.</summary>
internal static class BenchmarkCommandLine
{
    /// <summary>Parses, runs and returns the exit code.</summary>
    public static Task<int> RunAsync(string[] args) => Root().Parse(args).InvokeAsync();

    private static RootCommand Root() => new("Measures ClaudeGateway: its parts, and the whole under load.")
    {
        MicroCommand.Create(),
        LoadCommand.Create(),
        ProviderCommand.Create(),
    };
}
