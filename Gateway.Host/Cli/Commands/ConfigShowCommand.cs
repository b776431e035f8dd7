using System.CommandLine;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Host.Cli.Output;
using Gateway.Host.Composition;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>config show</c>: what holds, and who said so.</summary>
internal static class ConfigShowCommand
{
    public static Command Create(Surroundings around, GatewayOptions options)
    {
        var json = new JsonOption();
        var origin = new Option<bool>("--origin") { Description = "Say of every value where it came from" };
        var command = new Command("show", "Print the whole configuration, defaults included and keys left out") { origin, json };
        foreach (var option in options.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var result = ConfigFile.Load(options.Read(parsed), around.Environment, out _, out var text);
            if (result.Config is null)
            {
                ConfigProblems.Print(around, result);
                return ExitCodes.Configuration;
            }

            around.Output.Write(
                !parsed.GetValue(origin) ? ConfigDocument.Text(result.Config)
                : parsed.GetValue(json) ? AsJson(ConfigOrigins.Of(text, result))
                : AsTable(around, ConfigOrigins.Of(text, result)));
            return ExitCodes.Success;
        });
        return command;
    }

    private static string AsTable(Surroundings around, IReadOnlyList<ConfigOrigin> rows)
    {
        var table = new TextTable("VALUE", "IS", "FROM");
        foreach (var row in rows)
        {
            table.Add(row.Path, row.Value, row.Origin);
        }

        return table.Text(around.HasColour);
    }

    private static string AsJson(IReadOnlyList<ConfigOrigin> rows) => JsonLayout.Indented(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, row.Path);
            json.WritePropertyName("value"u8);
            json.WriteRawValue(row.Value);
            json.WriteString("origin"u8, row.Origin);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
