using Gateway.Host.Composition;
using Gateway.Host.Logging;

namespace Gateway.Host.Cli;

/// <summary>What a command has around it: where it speaks, what it can look up. Tests give it others.</summary>
internal sealed record Surroundings
{
    /// <summary>For results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>For remarks and failures.</summary>
    public required TextWriter Errors { get; init; }

    /// <summary>Results go to a terminal that may show colours.</summary>
    public bool HasColour { get; init; }

    /// <summary>Looks an environment variable up; null where it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Names of all environment variables.</summary>
    public IReadOnlyList<string> VariableNames { get; init; } = [.. System.Environment.GetEnvironmentVariables().Keys.Cast<string>()];

    /// <summary>The folder that the command was started in.</summary>
    public string Folder { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Serves, and returns the exit code.</summary>
    public Func<ServeOptions, int> Serve { get; init; } = GatewayComposition.Run;

    /// <summary>Asks whoever sits at the terminal; null where nobody does.</summary>
    public Func<string, string?> Ask { get; init; } = _ => null;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Those of this process.</summary>
    public static Surroundings OfProcess() => new()
    {
        Output = Console.Out,
        Errors = Console.Error,
        HasColour = LogForms.ForStandardOutput() == LogForm.Coloured,
        Ask = AskAtTerminal,
    };

    /// <summary>Says something beside the results.</summary>
    public void Remark(string text) => Errors.WriteLine($"claude-gateway: {text}");

    private static string? AskAtTerminal(string question)
    {
        if (Console.IsInputRedirected)
        {
            return null;
        }

        Console.Error.Write(question);
        return Console.ReadLine()?.Trim();
    }
}
