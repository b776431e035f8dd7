using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Gateway.Core.Configuration;

namespace Gateway.Host.Cli;

/// <summary>The options of the command line, and what they say.</summary>
internal sealed class GatewayOptions
{
    private readonly Option<string?> _config = new("--config", "-c")
    {
        Description = "Configuration file; without it ./gateway.json, and without that the built-in provider alone",
        HelpName = "file",
        CustomParser = ParsePath,
    };

    private readonly Option<int?> _port = new("--port", "-p")
    {
        Description = "Port to listen on; 0 takes any free one",
        HelpName = "0-65535",
        CustomParser = result => ParseNumber(result, 0, 65_535),
    };

    private readonly Option<IPAddress?> _bind = new("--bind")
    {
        Description = "Loopback address to listen on",
        HelpName = "address",
        CustomParser = ParseAddress,
    };

    private readonly Option<string?> _logLevel = new("--log-level") { Description = "Least weight of log lines" };

    private readonly Option<bool?> _requestLogging = new("--request-logging") { Description = "Log one line for each exchange" };

    private readonly Option<int?> _maxSize = new("--max-size")
    {
        Description = "Largest request body in MiB",
        HelpName = "1-1024",
        CustomParser = result => ParseNumber(result, 1, 1024),
    };

    public GatewayOptions()
    {
        _logLevel.AcceptOnlyFromAmong("trace", "debug", "info", "warn", "error");
        _requestLogging.Arity = ArgumentArity.ZeroOrOne;
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [_config, _port, _bind, _logLevel, _requestLogging, _maxSize];

    /// <summary>What a command line without errors says.</summary>
    public ServeOptions Read(ParseResult parsed) => new()
    {
        Config = parsed.GetValue(_config) is { } path ? new FileInfo(path) : null,
        Overrides = new ListenerOverrides
        {
            BindAddress = parsed.GetValue(_bind),
            Port = parsed.GetValue(_port),
            LogLevel = parsed.GetValue(_logLevel),
            RequestLogging = parsed.GetValue(_requestLogging),
            MaxRequestSizeMb = parsed.GetValue(_maxSize),
        },
    };

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (IPAddress.TryParse(text == "localhost" ? "127.0.0.1" : text, out var address))
        {
            return address;
        }

        result.AddError($"--bind: '{text}' is no IP address.");
        return null;
    }

    private static int? ParseNumber(ArgumentResult result, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name}: '{text}' is no whole number from {least} to {most}.");
        return null;
    }

    private static string? ParsePath(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Length > 0)
        {
            return text;
        }

        result.AddError("--config: an empty name.");
        return null;
    }
}
