using System.CommandLine;

namespace Gateway.Benchmarks.Cli;

/// <summary>From arguments to one command.</summary>
internal static class BenchmarkCommandLine
{
    /// <summary>Exit code: what was asked for makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Exit code: it went wrong, or is worse than it may be.</summary>
    public const int Failure = 1;

    // From Ctrl-C to the end: what was started is ended, and what is there is written.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(60);

    /// <summary>Parses, runs and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        foreach (var error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }

        if (parsed.Errors.Count > 0)
        {
            return Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LongestEnd });
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException or HttpRequestException or InvalidDataException or TimeoutException or OperationCanceledException)
        {
            // What the surroundings did; everything else is a bug and shows its stack.
            await Console.Error.WriteLineAsync(exception is OperationCanceledException ? "interrupted" : exception.Message);
            return Failure;
        }
    }

    /// <summary>All commands.</summary>
    internal static RootCommand Root() => new("Measures ClaudeGateway: its parts, and the whole under load.")
    {
        MicroCommand.Create(),
        BudgetCommand.Create(),
        LoadCommand.CreateLoad(),
        LoadCommand.CreateCompare(),
        DiffCommand.Create(),
        ReportCommand.Create(),
        ProviderCommand.Create(),
    };
}
