using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Gateway.Host.Composition;

namespace Gateway.Host.Cli;

/// <summary>From arguments to one command; an unknown one is an error.</summary>
internal static class CommandLine
{
    private static readonly Option<FileInfo> Config = new("--config", "-c")
    {
        Description = "Configuration file; without it ./gateway.json, and without that the built-in provider alone",
    };

    private static readonly Option<int?> Port = new("--port", "-p") { Description = "Port to listen on, 0 to 65535" };

    private static readonly Option<IPAddress?> Bind = new("--bind")
    {
        Description = "Loopback address to listen on",
        CustomParser = ParseAddress,
    };

    private static readonly Option<string?> LogLevel = new("--log-level") { Description = "Least weight of log lines" };

    private static readonly Option<bool> RequestLogging = new("--request-logging") { Description = "Log one line for each exchange" };

    private static readonly Option<int?> MaxSize = new("--max-size") { Description = "Largest request body in MiB, 1 to 1024" };

    /// <summary>Parses, runs and returns the exit code.</summary>
    public static int Run(string[] args)
    {
        LogLevel.AcceptOnlyFromAmong("trace", "debug", "info", "warn", "error");
        Port.Validators.Add(result => Check(result, Port, 0, 65_535));
        MaxSize.Validators.Add(result => Check(result, MaxSize, 1, 1024));
        var root = new RootCommand("ClaudeGateway: the local gateway that a coding agent talks to.")
        {
            Config, Port, Bind, LogLevel, RequestLogging, MaxSize,
        };
        root.SetAction(Serve);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return parsed.Invoke();
        }

        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine($"claude-gateway: {error.Message}");
        }

        Console.Error.WriteLine("claude-gateway: see claude-gateway --help");
        return ExitCodes.Usage;
    }

    private static int Serve(ParseResult parsed) => GatewayComposition.Run(new ServeOptions
    {
        Config = parsed.GetValue(Config),
        Bind = parsed.GetValue(Bind),
        Port = parsed.GetValue(Port),
        LogLevel = parsed.GetValue(LogLevel),
        RequestLogging = parsed.GetValue(RequestLogging),
        MaxSizeMb = parsed.GetValue(MaxSize),
    });

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
        {
            return address;
        }

        result.AddError($"--bind: '{result.Tokens[0].Value}' is no IP address.");
        return null;
    }

    private static void Check(OptionResult result, Option<int?> option, int least, int most)
    {
        if (result.GetValue(option) is { } value && (value < least || value > most))
        {
            result.AddError($"{option.Name}: {value} is not from {least} to {most}.");
        }
    }
}
