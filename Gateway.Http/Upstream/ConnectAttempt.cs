using System.Net;
using System.Runtime.CompilerServices;
using Gateway.Http.Sockets;

namespace Gateway.Http.Upstream;

/// <summary>Makes a connection to a provider: its addresses, the race between them, then TLS, each against the clock.</summary>
/// <remarks>Belongs to one reactor. Reused from exchange to exchange, one connect at a time. Failure is a value.</remarks>
internal sealed class ConnectAttempt
{
    // RFC 8305 section 3 calls it the resolution delay: old addresses wait so long for new ones.
    private const int OldAddressesAfterMs = 250;

    private readonly Reactor _reactor;
    private readonly ReactorSignal _progress = new();
    private readonly AddressRace _race;
    private readonly Deadline _deadline;
    private readonly Deadline _patience;
    private Connection? _shakingHands;
    private bool _isCanceled;
    private bool _isLate;
    private bool _isImpatient;

    public ConnectAttempt(Reactor reactor)
    {
        _reactor = reactor;
        _race = new AddressRace(reactor, _progress);
        _deadline = new Deadline(reactor, static attempt => ((ConnectAttempt)attempt).EndTime(), this);
        _patience = new Deadline(reactor, static attempt => ((ConnectAttempt)attempt).EndPatience(), this);
    }

    /// <summary>Why the last run gave no connection.</summary>
    public ConnectFailure Failure { get; private set; }

    private bool IsGivenUp => _isCanceled || _isLate;

    /// <summary>Connects; null with <see cref="Failure"/> set if that is not possible in time.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<Connection?> RunAsync(UpstreamEndpoint endpoint, DnsCache dns)
    {
        Failure = default;
        _isCanceled = _isLate = false;
        _deadline.Start(endpoint.ConnectTimeoutMs);
        var addresses = Permitted(await ResolveAsync(endpoint.Host, dns), endpoint);
        var connection = addresses.Length > 0 ? await RaceAsync(addresses, endpoint) : null;
        if (connection is not null && endpoint.IsHttps)
        {
            _deadline.Start(endpoint.TlsTimeoutMs);
            connection = await SecureAsync(connection, endpoint);
        }

        _deadline.Stop();
        return connection;
    }

    /// <summary>Ends the run; nobody wants the connection any more.</summary>
    public void Cancel()
    {
        _isCanceled = true;
        GiveUp();
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<IPAddress[]> ResolveAsync(string host, DnsCache dns)
    {
        if (dns.TryGet(host, out var addresses))
        {
            return addresses;
        }

        var lookUp = dns.LookUpAsync(host);
        var remembered = dns.Remembered(host);
        _isImpatient = false;
        _patience.Start(OldAddressesAfterMs);
        await WhileRunningAsync(lookUp, orImpatient: remembered.Length > 0);
        _patience.Stop();
        addresses = lookUp.IsCompletedSuccessfully ? await lookUp : remembered;
        if (addresses.Length == 0 || IsGivenUp)
        {
            Fail(ConnectFailureKind.NameNotResolved, $"no address for {host}");
            return [];
        }

        return addresses;
    }

    // After the lookup and on every connect: a name may lead elsewhere tomorrow (DNS rebinding).
    private IPAddress[] Permitted(IPAddress[] addresses, UpstreamEndpoint endpoint)
    {
        var permitted = endpoint.IsLocal ? addresses : LinkLocalAddresses.LeaveOut(addresses);
        if (permitted.Length == 0 && addresses.Length > 0)
        {
            Fail(ConnectFailureKind.AddressForbidden, $"{endpoint.Host} leads to {addresses[0]}");
        }

        return permitted;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<Connection?> RaceAsync(IPAddress[] addresses, UpstreamEndpoint endpoint)
    {
        _race.Begin(addresses, endpoint.Port);
        _race.Advance();
        while (!_race.IsOver && !IsGivenUp)
        {
            await _progress.WaitAsync();
            _race.Advance();
        }

        var winner = _race.Winner;
        _race.End();
        if (_isCanceled)
        {
            winner?.Close();
            winner = null;
        }

        if (winner is null)
        {
            var kind = _race.LeadsBack ? ConnectFailureKind.LeadsBack : _isLate ? ConnectFailureKind.ConnectTimeout : ConnectFailureKind.ConnectFailed;
            Fail(kind, $"{endpoint.Host}:{endpoint.Port} at {addresses.Length} addresses: {_race.LastFault}");
        }

        return winner;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<Connection?> SecureAsync(Connection connection, UpstreamEndpoint endpoint)
    {
        _isLate = false;
        var settings = endpoint.LoadTlsAsync();
        await WhileRunningAsync(settings, orImpatient: false);
        if (!settings.IsCompletedSuccessfully || IsGivenUp)
        {
            connection.Close();
            Fail(_isLate ? ConnectFailureKind.TlsTimeout : ConnectFailureKind.TlsFailed, $"{endpoint.CaFile}: {settings.Exception?.InnerException?.Message}");
            return null;
        }

        var secure = (await settings).Secure(connection);
        _shakingHands = secure;
        var isSecure = await secure.ConnectedAsync();
        _shakingHands = null;
        if (isSecure && !IsGivenUp)
        {
            return secure;
        }

        secure.Close(reset: true);
        Fail(_isLate ? ConnectFailureKind.TlsTimeout : ConnectFailureKind.TlsFailed, $"{endpoint.Host}:{endpoint.Port}: {secure.ConnectFault}");
        return null;
    }

    /// <summary>Waits for what ends on another thread; its end is brought home by a post.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask WhileRunningAsync(Task task, bool orImpatient)
    {
        if (task.IsCompleted)
        {
            return;
        }

        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(
            () => _reactor.Post(static attempt => ((ConnectAttempt)attempt!)._progress.Pulse(), this));
        while (!task.IsCompleted && !IsGivenUp && !(orImpatient && _isImpatient))
        {
            await _progress.WaitAsync();
        }
    }

    private void Fail(ConnectFailureKind kind, string detail) =>
        Failure = new ConnectFailure(_isCanceled ? ConnectFailureKind.Canceled : kind, detail);

    private void EndTime()
    {
        _isLate = true;
        GiveUp();
    }

    private void EndPatience()
    {
        _isImpatient = true;
        _progress.Pulse();
    }

    private void GiveUp()
    {
        // Its handshake fails now, and whoever waits for it learns why from us.
        _shakingHands?.Close(reset: true);
        _progress.Pulse();
    }
}
