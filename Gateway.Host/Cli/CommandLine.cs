using System.CommandLine;
using Gateway.Host.Composition;

namespace Gateway.Host.Cli;

/// <summary>From arguments to one command; an unknown one is an error.</summary>
internal static class CommandLine
{
    /// <summary>Parses, runs and returns the exit code.</summary>
    public static int Run(string[] args) => Run(args, GatewayComposition.Run, Console.Out, Console.Error);

    /// <summary>The same with another way to serve, and other places for what is said.</summary>
    internal static int Run(string[] args, Func<ServeOptions, int> serve, TextWriter output, TextWriter errors)
    {
        var options = new GatewayOptions();
        var root = new RootCommand("ClaudeGateway: the local gateway that a coding agent talks to.");
        foreach (var option in options.All)
        {
            root.Options.Add(option);
        }

        root.SetAction(parsed => serve(options.Read(parsed)));
        var result = root.Parse(args);
        if (result.Errors.Count == 0)
        {
            return result.Invoke(new InvocationConfiguration { Output = output, Error = errors });
        }

        foreach (var error in result.Errors)
        {
            errors.WriteLine($"claude-gateway: {error.Message}");
        }

        errors.WriteLine("claude-gateway: see claude-gateway --help");
        return ExitCodes.Usage;
    }
}
