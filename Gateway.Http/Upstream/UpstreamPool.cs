using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Upstream;

/// <summary>The idle connections of one reactor to one endpoint: the one used last is used next.</summary>
public sealed class UpstreamPool
{
    private const int SweepMs = 5_000;

    private readonly List<UpstreamConnection> _idle = [];
    private readonly Reactor _reactor;
    private readonly HttpLimits _limits;
    private readonly FieldMemory _fields = new();
    private readonly Deadline _sweep;

    internal UpstreamPool(Reactor reactor, UpstreamEndpoint endpoint, HttpLimits limits)
    {
        _reactor = reactor;
        _limits = limits;
        Endpoint = endpoint;
        _sweep = new Deadline(reactor, static pool => ((UpstreamPool)pool).Sweep(), this);
    }

    /// <summary>Where its connections lead.</summary>
    public UpstreamEndpoint Endpoint { get; }

    /// <summary>Connections that wait for work.</summary>
    public int IdleCount => _idle.Count;

    /// <summary>Connections that are open, at work or not.</summary>
    public int OpenCount { get; private set; }

    /// <summary>Takes an idle connection that is still good.</summary>
    internal UpstreamConnection? TryTake()
    {
        while (_idle.Count > 0)
        {
            var connection = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            connection.Connection.WatchPeer(null, null);

            // Bytes that came without a request would be taken for the answer to the next one.
            if (connection.IsQuiet && !IsOverAge(connection))
            {
                connection.IsReused = true;
                return connection;
            }

            connection.Close();
        }

        return null;
    }

    /// <summary>Wraps a fresh connection.</summary>
    internal UpstreamConnection Adopt(Connection connection)
    {
        OpenCount++;
        return new UpstreamConnection(connection, Endpoint, _fields, _limits) { Pool = this };
    }

    /// <summary>A connection that was adopted is gone.</summary>
    internal void NoteClosed() => OpenCount--;

    /// <summary>Keeps a connection for the next exchange, if it is fit for one; else closes it.</summary>
    internal void Return(UpstreamConnection connection)
    {
        if (!connection.IsClean || IsOverAge(connection))
        {
            connection.Close();
            return;
        }

        connection.IdleSinceMs = _reactor.NowMs;
        _idle.Add(connection);
        connection.Connection.WatchPeer(static c => ((UpstreamConnection)c).Pool!.Evict((UpstreamConnection)c), connection);
        if (!_sweep.IsRunning)
        {
            _sweep.Start(SweepMs);
        }
    }

    /// <summary>Closes all idle connections.</summary>
    internal void Clear()
    {
        foreach (var connection in _idle)
        {
            connection.Close();
        }

        _idle.Clear();
        _sweep.Stop();
    }

    private bool IsOverAge(UpstreamConnection connection) => _reactor.NowMs - connection.MadeAtMs > Endpoint.MaxAgeMs;

    private void Evict(UpstreamConnection connection)
    {
        if (_idle.Remove(connection))
        {
            connection.Close();
        }
    }

    private void Sweep()
    {
        // The oldest lie at the bottom.
        var stale = 0;
        while (stale < _idle.Count && _reactor.NowMs - _idle[stale].IdleSinceMs > Endpoint.IdleMs)
        {
            _idle[stale++].Close();
        }

        _idle.RemoveRange(0, stale);
        if (_idle.Count > 0)
        {
            _sweep.Start(SweepMs);
        }
    }
}
