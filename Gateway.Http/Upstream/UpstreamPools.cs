using System.Collections.Concurrent;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Upstream;

/// <summary>The pools of one reactor, made on demand; endpoints that compare equal share one.</summary>
public sealed class UpstreamPools(Reactor reactor, HttpLimits limits, UpstreamGates gates, DnsCache dns, UpstreamCensus? census = null)
{
    private readonly Dictionary<UpstreamEndpoint, UpstreamPool> _pools = [];

    internal Reactor Reactor { get; } = reactor;

    internal DnsCache Dns { get; } = dns;

    /// <summary>Connections that wait for work, all pools together.</summary>
    public int IdleCount
    {
        get
        {
            var count = 0;
            foreach (var pool in _pools.Values)
            {
                count += pool.IdleCount;
            }

            return count;
        }
    }

    /// <summary>Closes every idle connection.</summary>
    public void Clear()
    {
        foreach (var pool in _pools.Values)
        {
            pool.Clear();
        }
    }

    internal UpstreamPool For(UpstreamEndpoint endpoint)
    {
        if (!_pools.TryGetValue(endpoint, out var pool))
        {
            pool = new UpstreamPool(Reactor, endpoint, limits);
            _pools.Add(endpoint, pool);
            census?.Add(pool);
        }

        return pool;
    }

    internal UpstreamGate? GateFor(UpstreamEndpoint endpoint) =>
        endpoint.MaxConcurrent > 0 ? gates.For(endpoint.Owner, endpoint.MaxConcurrent) : null;

    internal UpstreamGate? GroupGateFor(UpstreamEndpoint endpoint) =>
        endpoint.MaxInGroup > 0 ? gates.For(endpoint.Group, endpoint.MaxInGroup) : null;
}

/// <summary>The gates of all providers, and of all limit groups of keys, with a limit; shared by all reactors.</summary>
public sealed class UpstreamGates
{
    private readonly ConcurrentDictionary<(string Whose, int Limit), UpstreamGate> _gates = new();

    internal UpstreamGate For(string whose, int limit) =>
        _gates.GetOrAdd((whose, limit), static gate => new UpstreamGate(gate.Limit));
}
