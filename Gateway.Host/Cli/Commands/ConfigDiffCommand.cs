using System.CommandLine;
using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Host.Cli.Output;
using Gateway.Host.Composition;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>config diff A B</c>: what another file would change.</summary>
internal static class ConfigDiffCommand
{
    public static Command Create(Surroundings around)
    {
        var json = new JsonOption();
        var before = new Argument<FileInfo>("before") { Description = "The file that holds" };
        var after = new Argument<FileInfo>("after") { Description = "The file that would" };
        var command = new Command("diff", "Say what changes from one configuration file to another; keys are never shown") { before, after, json };
        command.SetAction(parsed =>
        {
            if ((Read(around, parsed.GetValue(before)!), Read(around, parsed.GetValue(after)!)) is not ({ } old, { } now))
            {
                return ExitCodes.Configuration;
            }

            var changes = ConfigDifference.Between(old, now);
            around.Output.Write(parsed.GetValue(json) ? AsJson(changes) : string.Concat(changes.Select(change => Line(around, change))));
            return ExitCodes.Success;
        });
        return command;
    }

    // Two files are compared, whatever this machine has set: each reference leads to a key, and nothing goes over the files.
    private static GatewayConfig? Read(Surroundings around, FileInfo file)
    {
        var result = ConfigFile.Load(new ServeOptions { Config = file }, StandInKeys.Find, out _, out _);
        ConfigProblems.Print(around, result);
        return result.Config;
    }

    private static string Line(Surroundings around, ConfigChange change)
    {
        var cell = change switch
        {
            { Before: null } => new Cell($"+ {change.Path}: {change.After}", Ink.Green),
            { After: null } => new Cell($"- {change.Path}: {change.Before}", Ink.Red),
            _ => new Cell($"~ {change.Path}: {change.Before} -> {change.After}", Ink.Yellow),
        };
        return cell.Painted(around.HasColour) + "\n";
    }

    private static string AsJson(IReadOnlyList<ConfigChange> changes) => JsonLayout.Indented(json =>
    {
        json.WriteStartArray();
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, change.Path);
            WriteValue(json, "before", change.Before);
            WriteValue(json, "after", change.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteValue(Utf8JsonWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value ?? "null");
    }
}
