using System.CommandLine;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Host.Cli.Output;
using Gateway.Host.Composition;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>env</c>: what to set so that Claude Code talks to this gateway.</summary>
internal static class EnvCommand
{
    public static Command Create(Surroundings around, GatewayOptions options)
    {
        var json = new JsonOption();
        var shell = new Option<string>("--shell") { Description = "Whose lines: sh (bash and zsh too) or fish", DefaultValueFactory = _ => "sh" };
        shell.AcceptOnlyFromAmong("sh", "fish");
        var command = new Command("env", "Print the lines that point Claude Code at this gateway: eval \"$(claude-gateway env)\"") { shell, json };
        foreach (var option in options.Place)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var result = ConfigFile.Load(options.Read(parsed), around.Environment, out _, out _);
            if (result.Config is null)
            {
                ConfigProblems.Print(around, result);
                return ExitCodes.Configuration;
            }

            var variables = Variables(result.Config);
            around.Output.Write(parsed.GetValue(json) ? AsJson(variables) : AsLines(variables, isFish: parsed.GetValue(shell) == "fish"));
            return ExitCodes.Success;
        });
        return command;
    }

    // docs: https://code.claude.com/docs/en/env-vars
    private static List<(string Name, string Value)> Variables(GatewayConfig config)
    {
        var variables = new List<(string, string)>
        {
            ("ANTHROPIC_BASE_URL", $"{GatewayAddress.Of(config.Listener)}/anthropic"),
            ("ANTHROPIC_API_KEY", KeyOf(config)),
            ("CLAUDE_CODE_GATEWAY_HINT_HEADERS", "1"),
            ("CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY", "1"),
        };

        // Only Anthropic's own servers judge the actions of auto mode; elsewhere the client has to.
        if (config.Providers.First(provider => provider.Name == config.DefaultProvider).BaseUrl is { } url && url.Host != "api.anthropic.com")
        {
            variables.Add(("CLAUDE_CODE_AUTO_MODE_SERVER", "0"));
        }

        return variables;
    }

    // The gateway has the providers' keys; the client's own is that of a client, if there are any.
    private static string KeyOf(GatewayConfig config) =>
        config.Clients.Count == 0 ? "dummy-key"
        : config.Clients[0].KeyReference is { Literal: null } reference && !reference.ToString().Contains(':', StringComparison.Ordinal) ? reference.ToString()
        : $"the-key-of-{config.Clients[0].Name}";

    private static string AsLines(List<(string Name, string Value)> variables, bool isFish) =>
        string.Concat(variables.Select(entry => isFish ? $"set -gx {entry.Name} {Fish(entry.Value)}\n" : $"export {entry.Name}={Posix(entry.Value)}\n"));

    private static string Posix(string value) => value.StartsWith("${", StringComparison.Ordinal) ? $"\"{value}\"" : value;

    private static string Fish(string value) => value.StartsWith("${", StringComparison.Ordinal) ? $"${value[2..^1]}" : value;

    private static string AsJson(List<(string Name, string Value)> variables) => JsonLayout.Indented(json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in variables)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    });
}
