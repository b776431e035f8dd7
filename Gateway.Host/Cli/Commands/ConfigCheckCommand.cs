using System.CommandLine;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Host.Cli.Output;
using Gateway.Host.Composition;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>config check</c>: would it start with this?</summary>
internal static class ConfigCheckCommand
{
    public static Command Create(Surroundings around, GatewayOptions options)
    {
        var json = new JsonOption();
        var command = new Command("check", "Say everything that is wrong with the configuration") { json };
        foreach (var option in options.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var result = ConfigFile.Load(options.Read(parsed), around.Environment, out var name, out _);
            if (parsed.GetValue(json))
            {
                around.Output.Write(AsJson(name, result));
            }
            else
            {
                Print(around, name, result);
            }

            return result.Errors.Count == 0 ? ExitCodes.Success : ExitCodes.Configuration;
        });
        return command;
    }

    private static void Print(Surroundings around, string name, ConfigResult result)
    {
        ConfigProblems.Print(around, result);
        foreach (var warning in result.Warnings)
        {
            around.Remark($"{name}: {warning}");
        }

        foreach (var (provider, reason) in result.SwitchedOff)
        {
            around.Remark($"{name}: {provider} takes no part: {reason}");
        }

        if (result.Config is { } config)
        {
            around.Output.WriteLine($"{name}: fine, {config.Providers.Count(provider => provider.Enabled)} of {config.Providers.Count} providers take part");
        }
    }

    private static string AsJson(string name, ConfigResult result) => JsonLayout.Indented(json =>
    {
        json.WriteStartObject();
        json.WriteString("file"u8, name);
        json.WriteBoolean("valid"u8, result.Errors.Count == 0);
        ConfigProblems.Write(json, result);
        json.WriteStartArray("warnings"u8);
        foreach (var warning in result.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteStartObject("switched_off"u8);
        foreach (var (provider, reason) in result.SwitchedOff)
        {
            json.WriteString(provider, reason);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });
}
