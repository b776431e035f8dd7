using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Host.Lifetime;

/// <summary>Ends the service: nobody new enters, what runs is finished, what takes too long is told so and cut. Whoever only watches may do so until then.</summary>
/// <param name="servers">Serve clients.</param>
/// <param name="watched">Serve operators, by listeners that close last; empty where the same serve both.</param>
/// <param name="reactors">Accept.</param>
/// <param name="events">Learn of it.</param>
internal sealed class GracefulDrain(IReadOnlyList<HttpServer> servers, IReadOnlyList<HttpServer> watched, ReactorSet reactors, GatewayEvents events)
{
    // For the last event of a stream to reach its client, and for the last page to reach an operator.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Waits for the open exchanges, at most so long, or until <paramref name="stopNow"/> ends.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="longest">The longest wait.</param>
    /// <param name="stopNow">Ends when nothing is to be waited for any more.</param>
    /// <param name="watchersStay">Operators' listeners stay open meanwhile; not where another process has them by now.</param>
    /// <param name="watchersLeave">Called when nothing is left to watch.</param>
    public async Task RunAsync(string reason, TimeSpan longest, Task stopNow, bool watchersStay, Action watchersLeave)
    {
        events.Stopping(reason, OpenConnections());
        await reactors.StopListeningAsync(leavesLast: watchersStay).ConfigureAwait(false);
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

        watchersLeave();
        await reactors.StopListeningAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(watched.Select(server => server.DrainAsync())), stopNow, Task.Delay(LastWords)).ConfigureAwait(false);
        foreach (var server in servers.Concat(watched))
        {
            server.Abort();
        }

        events.Stopped(cut);
    }

    private long OpenConnections() => servers.Sum(server => (long)server.OpenConnections);
}
