using System.CommandLine;
using Gateway.Host.Cli.Commands;
using Gateway.Host.Service;

namespace Gateway.Host.Cli;

/// <summary>From arguments to one command; an unknown one is an error.</summary>
internal static class GatewayCommandLine
{
    /// <summary>Parses, runs and returns the exit code.</summary>
    public static int Run(string[] args) => Run(args, Surroundings.OfProcess());

    /// <summary>The same with another way to serve, and other places for what is said.</summary>
    internal static int Run(string[] args, Func<ServeOptions, int> serve, TextWriter output, TextWriter errors) =>
        Run(args, new Surroundings { Output = output, Errors = errors, Serve = serve });

    /// <summary>The same with other surroundings altogether.</summary>
    internal static int Run(string[] args, Surroundings around)
    {
        var result = Root(around).Parse(args);
        if (result.Errors.Count == 0)
        {
            return result.Invoke(new InvocationConfiguration { Output = around.Output, Error = around.Errors });
        }

        foreach (var error in result.Errors)
        {
            around.Remark(error.Message);
        }

        around.Remark("see claude-gateway --help");
        return ExitCodes.Usage;
    }

    private static RootCommand Root(Surroundings around)
    {
        var options = new GatewayOptions();
        var root = new RootCommand("ClaudeGateway: the local gateway that a coding agent talks to.")
        {
            ServeCommand.Create(around, options),
            ConfigCommand.Create(around, options),
            EnvCommand.Create(around, options),
            ImportCommand.Create(around),
            DoctorCommand.Create(around, options),
            ProvidersCommand.Create(around, options),
            RouteCommand.Create(around, options),
            TestCommand.Create(around, options),
            BenchCommand.Create(around, options),
            ServiceCommand.Build(around.Environment),
            UsageCommand.Create(around),
            CompletionCommand.Create(around),
            VersionCommand.Create(around),
        };
        foreach (var command in PageCommands.CreateAll(around, options))
        {
            root.Subcommands.Add(command);
        }

        foreach (var option in options.All)
        {
            root.Options.Add(option);
        }

        root.SetAction(parsed => around.Serve(options.Read(parsed)));
        return root;
    }
}
