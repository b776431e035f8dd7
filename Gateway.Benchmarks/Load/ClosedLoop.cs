using Gateway.Benchmarks.Provider;
using Gateway.Http.Sockets;

namespace Gateway.Benchmarks.Load;

/// <summary>So many clients, each sending its next request when it has its answer: finds the most that goes through.</summary>
/// <remarks>Belongs to one reactor.</remarks>
internal sealed class ClosedLoop(Reactor reactor, Func<LoadConnection> connect, RequestTemplate[] requests, Window window)
{
    private const int PauseAfterFaultMs = 20;

    private readonly List<LoadConnection> _connections = [];

    /// <summary>Runs so many clients until the window closes; the first requests are spread over half the time before it opens.</summary>
    public Task RunAsync(int clients)
    {
        var spreadMs = (window.From - Stamp.Now()) / 2_000_000;
        Task[] running = [.. Enumerable.Range(0, clients).Select(client => RunClientAsync(client, (int)(spreadMs * client / clients)))];
        return Task.WhenAll(running);
    }

    /// <summary>Ends all clients at once.</summary>
    public void Cut() => _connections.ForEach(static connection => connection.Cut());

    private async Task RunClientAsync(int client, int delayMs)
    {
        using var timer = new ReactorTimer(reactor);
        var connection = connect();
        _connections.Add(connection);
        await timer.WaitAsync(delayMs);
        for (var i = client; ; i++)
        {
            var now = Stamp.Now();
            if (now >= window.Until)
            {
                break;
            }

            if (!await connection.ConnectAsync())
            {
                await timer.WaitAsync(PauseAfterFaultMs);
                continue;
            }

            await connection.ExchangeAsync(requests[i % requests.Length], Stamp.Now(), countsBySending: false);
        }

        connection.Drop();
    }
}
