using System.CommandLine;
using System.Runtime.InteropServices;
using Gateway.Core.Schema;
using Gateway.Host.Lifetime;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>version</c>: which build this is.</summary>
internal static class VersionCommand
{
    public static Command Create(Surroundings around)
    {
        var json = new JsonOption();
        var command = new Command("version", "Say which build this is") { json };
        command.SetAction(parsed =>
        {
            around.Output.Write(parsed.GetValue(json) ? AsJson() : $"claude-gateway {ProductVersion.Text}\n");
            return ExitCodes.Success;
        });
        return command;
    }

    private static string AsJson() => JsonLayout.Indented(json =>
    {
        json.WriteStartObject();
        json.WriteString("version"u8, ProductVersion.Text);
        json.WriteString("runtime"u8, RuntimeInformation.FrameworkDescription);
        json.WriteString("platform"u8, RuntimeInformation.RuntimeIdentifier);
        json.WriteEndObject();
    });
}
