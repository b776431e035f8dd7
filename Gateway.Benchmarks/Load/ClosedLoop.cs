using Gateway.Benchmarks.Provider;
using Gateway.Http.Sockets;

namespace Gateway.Benchmarks.Load;

/// <summary>So many clients, each sending its next request when it has its answer: finds the most that goes through.</summary>
/// <remarks>Belongs to one reactor.</remarks>
internal sealed class ClosedLoop(Reactor reactor, Func<LoadConnection> connect, RequestTemplate[] requests, Window window, int clients) : ILoadLoop
{
    private const int PauseAfterFaultMs = 20;

    private readonly List<LoadConnection> _connections = [];

    /// <inheritdoc/>
    public Task RunAsync()
    {
        // The first requests are spread over half the time before the window opens.
        var spreadMs = (window.From - Stamp.Now()) / 2_000_000;
        Task[] running = [.. Enumerable.Range(0, clients).Select(client => RunClientAsync(client, (int)(spreadMs * client / clients)))];
        return Task.WhenAll(running);
    }

    /// <inheritdoc/>
    public void Cut() => _connections.ForEach(static connection => connection.Cut());

    private async Task RunClientAsync(int client, int delayMs)
    {
        using var timer = new ReactorTimer(reactor);
        var connection = connect();
        _connections.Add(connection);
        await timer.WaitAsync(delayMs);
        for (var i = client; Stamp.Now() < window.Until; i++)
        {
            if (!await connection.ExchangeAsync(requests[i % requests.Length], Stamp.Now(), countsBySending: false))
            {
                await timer.WaitAsync(PauseAfterFaultMs);
            }
        }

        connection.Drop();
    }
}
