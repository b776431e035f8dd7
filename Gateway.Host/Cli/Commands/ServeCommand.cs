using System.CommandLine;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>serve</c>: what happens without a command too.</summary>
internal static class ServeCommand
{
    public static Command Create(Surroundings around, GatewayOptions options)
    {
        var command = new Command("serve", "Serve until a signal says stop; the default");
        foreach (var option in options.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => around.Serve(options.Read(parsed)));
        return command;
    }
}
