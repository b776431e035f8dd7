using System.Net;
using System.Runtime.CompilerServices;
using Gateway.Http.Sockets;

namespace Gateway.Http.Upstream;

/// <summary>Makes a connection: address by address, each given a head start over the next (RFC 8305), then TLS.</summary>
/// <remarks>Reused from exchange to exchange; one connect at a time.</remarks>
internal sealed class ConnectAttempt
{
    private const int HeadStartMs = 250;

    private readonly Reactor _reactor;
    private readonly ReactorSignal _progress = new();
    private readonly Deadline _headStart;
    private readonly Deadline _deadline;
    private readonly List<Connection> _racing = [];
    private IPAddress[]? _addresses;
    private Connection? _winner;
    private int _running;
    private int _run;
    private bool _headStartOver;
    private bool _isCanceled;
    private bool _isLate;

    public ConnectAttempt(Reactor reactor)
    {
        _reactor = reactor;
        _headStart = new Deadline(reactor, static a => ((ConnectAttempt)a).EndHeadStart(), this);
        _deadline = new Deadline(reactor, static a => ((ConnectAttempt)a).EndTime(), this);
    }

    /// <summary>Why the last run gave no connection.</summary>
    public ConnectFailure Failure { get; private set; }

    /// <summary>Connects; null with <see cref="Failure"/> set.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<Connection?> RunAsync(UpstreamEndpoint endpoint, DnsCache dns)
    {
        Failure = default;
        _isCanceled = _isLate = false;
        _deadline.Start(endpoint.ConnectTimeoutMs);
        var connection = await ResolveAsync(endpoint, dns) ? await RaceAsync(endpoint) : null;
        _deadline.Stop();
        if (connection is null || !endpoint.IsHttps)
        {
            return connection;
        }

        return await SecureAsync(connection, endpoint);
    }

    /// <summary>Ends the run; nobody wants the connection.</summary>
    public void Cancel()
    {
        _isCanceled = true;
        _progress.Pulse();
        _winner?.Close();
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> ResolveAsync(UpstreamEndpoint endpoint, DnsCache dns)
    {
        if (dns.TryGet(endpoint.Host, out var addresses))
        {
            _addresses = addresses;
            return true;
        }

        _addresses = null;
        _ = TellAsync(dns.LookUpAsync(endpoint.Host), ++_run);
        while (_addresses is null && !_isCanceled && !_isLate)
        {
            await _progress.WaitAsync();
        }

        if (_addresses is { Length: > 0 })
        {
            return true;
        }

        Failure = new ConnectFailure(
            _isCanceled ? ConnectFailureKind.Canceled : ConnectFailureKind.NameNotResolved, endpoint.Host);
        return false;
    }

    // The lookup ends on another thread; its result is brought home.
    private async Task TellAsync(Task<IPAddress[]> lookUp, int run)
    {
        var addresses = await lookUp.ConfigureAwait(false);
        _reactor.Post(
            static state =>
            {
                var (attempt, found, run) = ((ConnectAttempt, IPAddress[], int))state!;
                attempt.Resolved(found, run);
            },
            (this, addresses, run));
    }

    // A lookup that outlived its run must not answer for the next one.
    private void Resolved(IPAddress[] addresses, int run)
    {
        if (run == _run)
        {
            _addresses = addresses;
            _progress.Pulse();
        }
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<Connection?> RaceAsync(UpstreamEndpoint endpoint)
    {
        var next = 0;
        _winner = null;
        _running = 0;
        while (_winner is null && !_isCanceled && !_isLate && (next < _addresses!.Length || _running > 0))
        {
            if (next < _addresses.Length && (_running == 0 || _headStartOver))
            {
                _headStartOver = false;
                _headStart.Start(HeadStartMs);
                Begin(new IPEndPoint(_addresses[next++], endpoint.Port));
                continue;
            }

            await _progress.WaitAsync();
        }

        _headStart.Stop();
        return EndRace();
    }

    private void Begin(IPEndPoint endPoint)
    {
        var connection = _reactor.Connect(endPoint);
        _racing.Add(connection);
        _running++;
        _ = RunOneAsync(connection);
    }

    private async Task RunOneAsync(Connection connection)
    {
        var isConnected = await connection.ConnectedAsync();
        if (!_racing.Contains(connection))
        {
            // The race is over, and this connection was closed with it.
            return;
        }

        _running--;
        if (isConnected)
        {
            _winner ??= connection;
        }

        _progress.Pulse();
    }

    private Connection? EndRace()
    {
        var winner = _isCanceled ? null : _winner;
        var losers = _racing.ToArray();
        _racing.Clear();
        foreach (var connection in losers)
        {
            if (connection != winner)
            {
                connection.Close();
            }
        }

        if (winner is null)
        {
            Failure = new ConnectFailure(
                _isCanceled ? ConnectFailureKind.Canceled : _isLate ? ConnectFailureKind.ConnectTimeout : ConnectFailureKind.ConnectFailed, "");
        }

        return winner;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<Connection?> SecureAsync(Connection connection, UpstreamEndpoint endpoint)
    {
        _winner = connection;
        _deadline.Start(endpoint.TlsTimeoutMs);
        var (secured, detail) = await TlsConnection.HandshakeAsync(connection, endpoint.Host, endpoint.CaFile);
        _deadline.Stop();
        _winner = null;
        if (secured is null)
        {
            connection.Close();
            Failure = new ConnectFailure(
                _isCanceled ? ConnectFailureKind.Canceled : _isLate ? ConnectFailureKind.TlsTimeout : ConnectFailureKind.TlsFailed, detail);
        }

        return secured;
    }

    private void EndHeadStart()
    {
        _headStartOver = true;
        _progress.Pulse();
    }

    private void EndTime()
    {
        _isLate = true;
        _winner?.Close();
        _progress.Pulse();
    }
}
