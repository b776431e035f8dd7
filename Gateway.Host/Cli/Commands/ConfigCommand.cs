using System.CommandLine;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>config</c>: looks at configurations, changes none.</summary>
internal static class ConfigCommand
{
    public static Command Create(Surroundings around, GatewayOptions options) => new("config", "Check, show and compare configurations")
    {
        ConfigCheckCommand.Create(around, options),
        ConfigShowCommand.Create(around, options),
        ConfigDiffCommand.Create(around),
        ConfigSchemaCommand.Create(around),
    };
}
