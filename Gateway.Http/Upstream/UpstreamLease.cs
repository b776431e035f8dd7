using System.Runtime.CompilerServices;
using Gateway.Http.Sockets;

namespace Gateway.Http.Upstream;

/// <summary>One exchange's hold on a provider: its places at the gates and its connection. Reused from exchange to exchange.</summary>
public sealed class UpstreamLease(UpstreamPools pools)
{
    private readonly ConnectAttempt _connect = new(pools.Reactor);
    private UpstreamPool? _pool;
    private UpstreamGate? _gate;
    private UpstreamGate? _groupGate;
    private GateWaiter? _waiter;

    /// <summary>The rented connection, or null.</summary>
    public UpstreamConnection? Connection { get; private set; }

    /// <summary>Somebody called <see cref="Cancel"/>.</summary>
    public bool IsCanceled { get; private set; }

    /// <summary>Why no connection could be had.</summary>
    public ConnectFailure Failure { get; private set; }

    /// <summary>It waits for a place at the gate.</summary>
    public bool IsQueued => _waiter is not null;

    /// <summary>It waits for a place among those of the key's group.</summary>
    public bool IsQueuedForKey { get; private set; }

    /// <summary>When the gate was passed; a timestamp of the reactor's clock.</summary>
    public long GatePassedAt { get; private set; }

    /// <summary>Begins anew for another exchange, or for another attempt.</summary>
    public void Begin()
    {
        IsCanceled = false;
        Failure = default;
    }

    /// <summary>Takes a pooled connection, or a fresh one; false with <see cref="Failure"/> or <see cref="IsCanceled"/> set.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<bool> RentAsync(UpstreamEndpoint endpoint, bool fresh)
    {
        _pool = pools.For(endpoint);
        if (!await EnterGatesAsync(endpoint) || IsCanceled)
        {
            LeaveGates();
            return false;
        }

        GatePassedAt = pools.Reactor.Time.GetTimestamp();
        Connection = fresh ? null : _pool.TryTake();
        if (Connection is null && !await ConnectAsync(endpoint))
        {
            LeaveGates();
            return false;
        }

        Connection!.Begin();
        return true;
    }

    /// <summary>Ends whatever the exchange waits for at this provider.</summary>
    public void Cancel()
    {
        IsCanceled = true;

        // Whoever waits goes on within this call, and may have begun elsewhere when it returns: only one thing is ended.
        if (_waiter is { } waiter)
        {
            waiter.GiveUp();
        }
        else if (Connection is { } connection)
        {
            connection.Cancel();
        }
        else
        {
            _connect.Cancel();
        }
    }

    /// <summary>Gives the connection back: to the pool if it is clean, else it is closed.</summary>
    public void Return()
    {
        if (Connection is { } connection)
        {
            Connection = null;
            connection.Body.Release();
            _pool!.Return(connection);
        }

        LeaveGates();
    }

    /// <summary>Closes the connection but keeps the places at the gates, for another try.</summary>
    public void Drop()
    {
        Connection?.Close();
        Connection = null;
    }

    // The key's first: who waits there keeps no place from those with other keys.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> EnterGatesAsync(UpstreamEndpoint endpoint)
    {
        if (IsCanceled)
        {
            return false;
        }

        if (_groupGate is null && pools.GroupGateFor(endpoint) is { } ofGroup)
        {
            IsQueuedForKey = true;
            var isInside = await EnterAsync(ofGroup);
            IsQueuedForKey = false;
            if (!isInside)
            {
                return false;
            }

            _groupGate = ofGroup;
        }

        if (_gate is null && pools.GateFor(endpoint) is { } ofProvider)
        {
            if (!await EnterAsync(ofProvider))
            {
                return false;
            }

            _gate = ofProvider;
        }

        return true;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> EnterAsync(UpstreamGate gate)
    {
        _waiter = gate.EnterOrQueue(pools.Reactor);
        var isInside = _waiter is null || await _waiter.WaitAsync();
        _waiter = null;
        return isInside;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> ConnectAsync(UpstreamEndpoint endpoint)
    {
        var connection = await _connect.RunAsync(endpoint, pools.Dns);
        Failure = _connect.Failure;
        if (connection is null)
        {
            return false;
        }

        Connection = _pool!.Adopt(connection);
        return true;
    }

    private void LeaveGates()
    {
        _gate?.Leave();
        _groupGate?.Leave();
        _gate = _groupGate = null;
    }
}
