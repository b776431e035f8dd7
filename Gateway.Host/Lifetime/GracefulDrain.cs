using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Host.Lifetime;

/// <summary>Ends the service: nobody new enters, what runs is finished, what takes too long is told so and cut.</summary>
internal sealed class GracefulDrain(IReadOnlyList<HttpServer> servers, ReactorSet reactors, GatewayEvents events)
{
    // For the last event of a stream to reach its client.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Waits for the open exchanges, at most so long, or until <paramref name="stopNow"/> ends.</summary>
    public async Task RunAsync(string reason, TimeSpan longest, Task stopNow)
    {
        events.Stopping(reason, OpenConnections());
        await reactors.StopListeningAsync().ConfigureAwait(false);
        var drained = Task.WhenAll(servers.Select(server => server.DrainAsync()));
        await Task.WhenAny(drained, stopNow, Task.Delay(longest)).ConfigureAwait(false);
        var cut = OpenConnections();
        if (!drained.IsCompleted && !stopNow.IsCompleted)
        {
            foreach (var server in servers)
            {
                server.GiveUp();
            }

            await Task.WhenAny(drained, stopNow, Task.Delay(LastWords)).ConfigureAwait(false);
        }

        foreach (var server in servers)
        {
            server.Abort();
        }

        events.Stopped(cut);
    }

    private long OpenConnections() => servers.Sum(server => (long)server.OpenConnections);
}
