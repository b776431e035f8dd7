using System.Collections.Concurrent;

namespace Gateway.Http.Upstream;

/// <summary>How many connections lead to each endpoint, over the pools of all reactors. Thread-safe; figures may be a moment old.</summary>
public sealed class UpstreamCensus
{
    private readonly ConcurrentQueue<UpstreamPool> _pools = new();

    /// <summary>Connections to these endpoints that wait for work, and those that are at work.</summary>
    public (int Idle, int Busy) Count(IReadOnlySet<UpstreamEndpoint> endpoints)
    {
        var (idle, open) = (0, 0);
        foreach (var pool in _pools)
        {
            if (endpoints.Contains(pool.Endpoint))
            {
                idle += pool.IdleCount;
                open += pool.OpenCount;
            }
        }

        return (idle, Math.Max(0, open - idle));
    }

    internal void Add(UpstreamPool pool) => _pools.Enqueue(pool);
}
