using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Provider;
using Gateway.Http.Sockets;

namespace Gateway.Benchmarks.Load;

/// <summary>Requests when they are due, whatever comes back: finds what a client waits when the rate is given.</summary>
/// <remarks>
/// Belongs to one reactor. Times count from the intended sending: a request that had to wait for a slow one before it has
/// waited, too (else the slower the answers, the fewer are measured: coordinated omission).
/// </remarks>
internal sealed class OpenLoop(
    Reactor reactor, Func<LoadConnection> connect, RequestTemplate[] requests, Window window, int mostConnections, IArrivalSchedule schedule,
    Measurement measurement) : ILoadLoop
{
    private readonly List<LoadConnection> _connections = [];
    private readonly Stack<LoadConnection> _idle = new();
    private readonly Queue<long> _waiting = new();
    private readonly TaskCompletionSource _ended = new();
    private long _next;
    private int _busy;
    private bool _isCut;

    /// <inheritdoc/>
    public Task RunAsync()
    {
        // The reactor's own clock ticks every 8 ms: too coarse for this.
        new Thread(Knock) { IsBackground = true, Name = "pacer" }.Start();
        return _ended.Task;
    }

    /// <inheritdoc/>
    public void Cut()
    {
        _isCut = true;
        while (_waiting.TryDequeue(out var number))
        {
            if (window.Contains(schedule.InstantOf(number)))
            {
                measurement.AddFault(LoadConnection.Unanswered);
            }
        }

        _connections.ForEach(static connection => connection.Cut());
        EndWhenIdle();
    }

    // Wakes the reactor whenever a request is due; which ones are, the reactor finds out itself.
    private void Knock()
    {
        for (var instant = schedule.InstantOf(0); instant < window.Until; instant = schedule.InstantOf(schedule.FirstAfter(Stamp.Now())))
        {
            LinuxClock.SleepUntil(instant);
            reactor.Post(static loop => ((OpenLoop)loop!).SendDue(), this);
        }

        LinuxClock.SleepUntil(window.Until);
        reactor.Post(static loop => ((OpenLoop)loop!).SendDue(), this);
    }

    private void SendDue()
    {
        var now = Stamp.Now();
        for (var intended = schedule.InstantOf(_next); intended <= now && intended < window.Until; intended = schedule.InstantOf(++_next))
        {
            if (_idle.TryPop(out var connection))
            {
                _ = SendAsync(connection, _next);
            }
            else if (_connections.Count < mostConnections)
            {
                connection = connect();
                _connections.Add(connection);
                _ = SendAsync(connection, _next);
            }
            else
            {
                _waiting.Enqueue(_next);
            }
        }

        EndWhenIdle();
    }

    private async Task SendAsync(LoadConnection connection, long number)
    {
        _busy++;
        do
        {
            _ = await connection.ExchangeAsync(requests[(int)(number % requests.Length)], schedule.InstantOf(number), countsBySending: true);
        }
        while (_waiting.TryDequeue(out number));

        _busy--;
        _idle.Push(connection);
        EndWhenIdle();
    }

    private void EndWhenIdle()
    {
        if (_busy > 0 || _ended.Task.IsCompleted || (!_isCut && Stamp.Now() < window.Until))
        {
            return;
        }

        foreach (var connection in _connections)
        {
            connection.Drop();
        }

        _ended.SetResult();
    }
}
