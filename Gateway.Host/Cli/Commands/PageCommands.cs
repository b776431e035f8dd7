using System.CommandLine;
using Gateway.Host.Cli.Client;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>status</c>, <c>health</c>, <c>reload</c> and <c>drain</c>: one page of the gateway each.</summary>
internal static class PageCommands
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    public static IEnumerable<Command> CreateAll(Surroundings around, GatewayOptions options) =>
    [
        ClientCommand.Create(around, options, "status", "Say how the running gateway is", Short, GatewayPlace.OfManagement, call => PrintAsync(call, call.GetAsync("/health/detailed"))),
        ClientCommand.Create(around, options, "health", "Exit with 0 if the gateway serves, else with 1: for container health checks", Short, GatewayPlace.OfManagement, call => PrintAsync(call, call.GetAsync("/health"))),
        ClientCommand.Create(around, options, "reload", "Have the gateway read its configuration again", Long, GatewayPlace.OfManagement, call => PrintAsync(call, call.ChangeAsync("/config/reload"))),
        ClientCommand.Create(around, options, "drain", "Have the gateway take no more work and finish what it has", Long, GatewayPlace.OfManagement, call => PrintAsync(call, call.ChangeAsync("/drain"))),
    ];

    private static async Task<int> PrintAsync(GatewayCall call, Task<GatewayAnswer> asking)
    {
        var answer = await asking.ConfigureAwait(false);
        if (!answer.IsFine)
        {
            return call.Refused(answer.Status, answer.Text);
        }

        var text = call.IsJson ? answer.Text.TrimEnd() + "\n" : JsonTable.Of(answer.Text, call.Around.HasColour);
        await call.Around.Output.WriteAsync(text).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
