using System.Buffers.Binary;
using System.Security.Cryptography;
using Gateway.Core.Admission;
using Gateway.Core.Failover;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>What the handlers of all reactors share.</summary>
/// <param name="Snapshots">The configuration in force.</param>
/// <param name="Counters">One set of cells per reactor.</param>
/// <param name="Metrics">One writer per reactor.</param>
/// <param name="Observer">Learns of each finished exchange.</param>
/// <param name="Log">Where lines go.</param>
/// <param name="Events">The gateway's own events.</param>
/// <param name="Limits">Sizes of the HTTP grammar.</param>
/// <param name="Dns">Addresses of providers.</param>
/// <param name="Management">Answers what is not proxied.</param>
/// <param name="Load">How loaded the process is.</param>
/// <param name="Traces">Which exchanges leave a trace.</param>
public sealed record GatewayServices(
    SnapshotHolder Snapshots,
    GatewayCounters Counters,
    GatewayMetrics Metrics,
    IExchangeObserver Observer,
    ILogSink Log,
    GatewayEvents Events,
    HttpLimits Limits,
    DnsCache Dns,
    IManagementPages Management,
    LoadState Load,
    TraceSampling Traces)
{
    private readonly UpstreamGates _gates = new();

    internal UpstreamPools PoolsFor(Reactor reactor) => new(reactor, Limits, _gates, Dns);

    internal static Chance MakeChance() => new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    internal static RequestIds MakeRequestIds() => new(RandomNumberGenerator.GetBytes(RequestIds.SeedLength));
}
