using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>One thread that owns connections and does everything that happens to them: no hop, no lock.</summary>
/// <remarks>All members belong to that thread, except <see cref="Post"/>, <see cref="Start"/> and <see cref="Stop"/>.</remarks>
public abstract class Reactor : IDisposable
{
    private readonly ConcurrentQueue<(Action<object?> Work, object? State)> _posted = new();
    private readonly Thread _thread;
    private List<ReactorSignal> _nextTurn = [];
    private List<ReactorSignal> _thisTurn = [];
    private int _wakePending;
    private volatile bool _stopping;
    private bool _isReleased;

    private protected Reactor(string name, TimeProvider time)
    {
        Timers = new TimerWheel(time);
        Time = time;
        Blocks = new BlockPool(this);
        _thread = new Thread(Run) { Name = name, IsBackground = true };
    }

    /// <summary>The clock of the process.</summary>
    public TimeProvider Time { get; }

    /// <summary>The reactor's memory.</summary>
    public BlockPool Blocks { get; }

    /// <summary>Milliseconds on the reactor's own clock, read once per turn.</summary>
    public long NowMs => Timers.NowMs;

    /// <summary>Counts the turns of the loop; what happened in the same turn is equally old.</summary>
    public long Turn { get; private set; }

    /// <summary>True on the reactor's own thread.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    internal TimerWheel Timers { get; }

    /// <summary>Where the process listens.</summary>
    internal OwnAddresses Own { get; init; } = new();

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>Ends the loop after its current turn and waits for the thread, at most 5 seconds.</summary>
    /// <returns>False if the loop may still run.</returns>
    public bool Stop()
    {
        _stopping = true;
        Wake();
        return !_thread.IsAlive || (!IsCurrent && _thread.Join(TimeSpan.FromSeconds(5)));
    }

    /// <summary>Hands work to the reactor from any thread. Not for the hot path: it allocates.</summary>
    public void Post(Action<object?> work, object? state)
    {
        _posted.Enqueue((work, state));
        if (Interlocked.Exchange(ref _wakePending, 1) == 0)
        {
            Wake();
        }
    }

    /// <summary>Accepts connections on <paramref name="endPoint"/> and gives each to <paramref name="accepted"/>.</summary>
    /// <exception cref="SocketException">The address can't be had.</exception>
    public abstract Listener Listen(IPEndPoint endPoint, ConnectionGate gate, Action<Connection> accepted);

    /// <summary>Accepts from a socket that listens already, and that other reactors and processes may accept from as well.</summary>
    internal abstract Listener Adopt(SharedListeners sockets, Socket socket, ConnectionGate gate, Action<Connection> accepted);

    /// <summary>Begins a connect; the connection is usable once its <see cref="Connection.ConnectedAsync"/> says so.</summary>
    public abstract Connection Connect(IPEndPoint endPoint);

    /// <inheritdoc />
    public void Dispose()
    {
        // A loop that still runs would be given events in memory, and act on numbers, that are somebody else's by then.
        if (!_isReleased && Stop())
        {
            _isReleased = true;
            Release();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Lets a waiter continue in the next turn: how a busy connection makes room for the others.</summary>
    internal void SetNextTurn(ReactorSignal signal) => _nextTurn.Add(signal);

    /// <summary>Waits up to <paramref name="timeoutMs"/> (-1: without end) for events and handles them.</summary>
    private protected abstract void Poll(int timeoutMs);

    /// <summary>Makes a waiting <see cref="Poll"/> return; any thread.</summary>
    private protected abstract void Wake();

    /// <summary>Frees what the loop used, after it ended.</summary>
    private protected abstract void Release();

    private void Run()
    {
        Timers.ReadClock();
        while (!_stopping)
        {
            Turn++;
            Poll(_nextTurn.Count > 0 || !_posted.IsEmpty ? 0 : Timers.NextTimeoutMs());
            RunPosted();
            RunNextTurn();
            Timers.Advance();
        }
    }

    private void RunPosted()
    {
        if (Volatile.Read(ref _wakePending) == 0)
        {
            return;
        }

        // Cleared first: what is posted from here on wakes the loop again.
        Volatile.Write(ref _wakePending, 0);
        Interlocked.MemoryBarrier();
        for (var left = _posted.Count; left > 0 && _posted.TryDequeue(out var item); left--)
        {
            item.Work(item.State);
        }
    }

    private void RunNextTurn()
    {
        if (_nextTurn.Count == 0)
        {
            return;
        }

        (_thisTurn, _nextTurn) = (_nextTurn, _thisTurn);
        foreach (var signal in _thisTurn)
        {
            signal.Pulse();
        }

        _thisTurn.Clear();
    }
}
