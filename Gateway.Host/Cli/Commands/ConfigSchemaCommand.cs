using System.CommandLine;
using Gateway.Core.Configuration;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>config schema</c>: the JSON Schema of gateway.json.</summary>
internal static class ConfigSchemaCommand
{
    public static Command Create(Surroundings around)
    {
        // It is JSON in any case; the option is there so that a script need not know.
        var command = new Command("schema", "Print the JSON Schema of gateway.json") { new JsonOption() };
        command.SetAction(_ =>
        {
            around.Output.Write(ConfigSchema.Text());
            return ExitCodes.Success;
        });
        return command;
    }
}
