using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Core.Configuration;

namespace Gateway.Host.Cli;

/// <summary>The configuration file, and one option for each field of <c>claude_gateway</c>.</summary>
internal sealed class GatewayOptions
{
    private readonly Option<string?> _config = new("--config", "-c")
    {
        Description = "Configuration file; without it ./gateway.json, and without that the built-in provider alone",
        HelpName = "file",
    };

    private readonly List<(ListenerSetting Setting, Option<string?> Option)> _settings = [.. ListenerSetting.All.Select(setting => (setting, OptionOf(setting)))];

    public GatewayOptions() => _config.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: "" }, ..])
        {
            result.AddError("--config: an empty name.");
        }
    });

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [_config, .. _settings.Select(entry => entry.Option)];

    /// <summary>Those that say where a running gateway is.</summary>
    public IEnumerable<Option> Place => [_config, .. _settings.Where(entry => entry.Setting.Name is "port" or "bind_address").Select(entry => entry.Option)];

    /// <summary>What a command line without errors says.</summary>
    public ServeOptions Read(ParseResult parsed) => new()
    {
        Config = parsed.GetValue(_config) is { } path ? new FileInfo(path) : null,
        Flags =
        [
            .. from entry in _settings
               let said = parsed.GetResult(entry.Option)
               where said is { Implicit: false }
               select new ListenerOverride(entry.Setting.Name, TextOf(said), said.IdentifierToken!.Value),
        ],
    };

    private static Option<string?> OptionOf(ListenerSetting setting)
    {
        var option = new Option<string?>(setting.Option, AliasesOf(setting.Name))
        {
            Description = setting.Meaning.Replace("`", "", StringComparison.Ordinal),
            HelpName = setting.Words.Count > 0 ? string.Join('|', setting.Words) : "value",
            Arity = setting.IsSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
        option.CompletionSources.Add([.. setting.Words]);
        option.Validators.Add(result =>
        {
            if (setting.Judge(TextOf(result), setting.Option) is { } error)
            {
                result.AddError(error.ToString());
            }
        });
        return option;
    }

    // A switch that is only named is on.
    private static string TextOf(OptionResult result) => result.Tokens is [var token, ..] ? token.Value : "true";

    private static string[] AliasesOf(string field) => field switch
    {
        "port" => ["-p"],
        "bind_address" => ["--bind"],
        "max_request_size_mb" => ["--max-size"],
        _ => [],
    };
}
