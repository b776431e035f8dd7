using Gateway.Http.Sockets;

namespace Gateway.Http.Server;

/// <summary>Ends the read of a body that comes slower than allowed. Only time spent waiting for the client counts.</summary>
internal sealed class BodyRateGuard
{
    private const int CheckMs = 1_000;

    private readonly Reactor _reactor;
    private readonly ConnectionReader _reader;
    private readonly ServerLimits _limits;
    private readonly Deadline _check;
    private long _waited;
    private long _since;
    private long _bytes;
    private bool _waiting;

    public BodyRateGuard(Reactor reactor, ConnectionReader reader, ServerLimits limits)
    {
        _reactor = reactor;
        _reader = reader;
        _limits = limits;
        _check = new Deadline(reactor, static guard => ((BodyRateGuard)guard).Check(), this);
    }

    /// <summary>The client was too slow; the read was canceled.</summary>
    public bool HasExpired { get; private set; }

    public void Reset()
    {
        _waited = 0;
        _bytes = 0;
        HasExpired = false;
    }

    public void Begin()
    {
        _waiting = true;
        _since = _reactor.NowMs;
        _check.Start(_limits.BodyGraceMs);
    }

    public void Count(long bytes) => _bytes += bytes;

    public void Pause(long bytes)
    {
        _bytes += bytes;
        _waited += _reactor.NowMs - _since;
        _waiting = false;
        _check.Stop();
    }

    public void Close() => _check.Discard();

    private void Check()
    {
        if (!_waiting)
        {
            return;
        }

        var waited = _waited + _reactor.NowMs - _since;
        if (waited >= _limits.BodyGraceMs && _bytes * 1000 < _limits.BodyBytesPerSecond * waited)
        {
            HasExpired = true;
            _reader.CancelPendingRead();
            return;
        }

        _check.Start(CheckMs);
    }
}
