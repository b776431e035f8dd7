using System.Net;
using System.Net.Sockets;
using Gateway.Http.Sockets;

namespace Gateway.Http.Upstream;

/// <summary>Connects to several addresses, each with a head start over the next (RFC 8305 section 5); the first to connect wins.</summary>
/// <remarks>Belongs to one reactor. Reused, one race at a time.</remarks>
internal sealed class AddressRace
{
    private const int HeadStartMs = 250;

    private readonly Reactor _reactor;
    private readonly ReactorSignal _progress;
    private readonly Deadline _headStart;
    private readonly List<Connection> _running = [];
    private IPAddress[] _addresses = [];
    private int _port;
    private int _next;
    private bool _mayStartNext;

    /// <summary>Makes a race that pulses <paramref name="progress"/> whenever something has changed.</summary>
    public AddressRace(Reactor reactor, ReactorSignal progress)
    {
        _reactor = reactor;
        _progress = progress;
        _headStart = new Deadline(reactor, static race => ((AddressRace)race).EndHeadStart(), this);
    }

    /// <summary>The connection that was first.</summary>
    public Connection? Winner { get; private set; }

    /// <summary>What went wrong last, in words.</summary>
    public string LastFault { get; private set; } = "";

    /// <summary>An address was one of the gateway's own, and was not connected to.</summary>
    public bool LeadsBack { get; private set; }

    /// <summary>There is a winner, or none is possible any more.</summary>
    public bool IsOver => Winner is not null || (_next == _addresses.Length && _running.Count == 0);

    /// <summary>Prepares a race; nothing runs before <see cref="Advance"/>.</summary>
    public void Begin(IPAddress[] addresses, int port)
    {
        _addresses = addresses;
        _port = port;
        _next = 0;
        _mayStartNext = true;
        Winner = null;
        LastFault = "";
        LeadsBack = false;
    }

    /// <summary>Starts those whose turn it is: one after a head start, or at once after a failure.</summary>
    public void Advance()
    {
        while (Winner is null && _mayStartNext && _next < _addresses.Length)
        {
            _mayStartNext = false;
            _headStart.Start(HeadStartMs);
            Start(new IPEndPoint(_addresses[_next++], _port));
        }
    }

    /// <summary>Closes all that still run, and forgets the winner, who belongs to the caller.</summary>
    public void End()
    {
        _headStart.Stop();
        Winner = null;
        while (_running.Count > 0)
        {
            var loser = _running[^1];
            _running.RemoveAt(_running.Count - 1);
            loser.Close();
        }
    }

    private void Start(IPEndPoint endPoint)
    {
        if (_reactor.Own.Has(endPoint))
        {
            LastFault = $"the gateway itself listens on {endPoint}";
            LeadsBack = true;
            _mayStartNext = true;
            return;
        }

        try
        {
            var connection = _reactor.Connect(endPoint);
            _running.Add(connection);
            _ = FinishAsync(connection);
        }
        catch (SocketException exception)
        {
            // No descriptor left, or a family this machine does not have.
            LastFault = exception.Message;
            _mayStartNext = true;
        }
    }

    private async Task FinishAsync(Connection connection)
    {
        var isConnected = await connection.ConnectedAsync();
        if (!_running.Remove(connection))
        {
            // Closed at the end of the race.
            return;
        }

        if (isConnected && Winner is null)
        {
            Winner = connection;
        }
        else
        {
            LastFault = connection.ConnectFault;
            connection.Close();
            _mayStartNext = true;
        }

        _progress.Pulse();
    }

    private void EndHeadStart()
    {
        _mayStartNext = true;
        _progress.Pulse();
    }
}
